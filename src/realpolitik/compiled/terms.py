"""From expressions to nodes: every term of a situation as a small program over earlier nodes.

Parts made of option atoms only are crisp: they are reduced as Boolean algebra by Shannon expansion over the options in
file order before anything else, so that `A and A` is `A` and the value under expected levels is the multilinear
extension. See docs/decisions/0002-formal-core-made-exact.md, points 1 to 3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from realpolitik.dynamics.tables import Op
from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language.expression import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Name,
    Not,
    Number,
    Or,
)
from realpolitik.situation.model import Factor, Option

Use = Literal["influence", "smooth", "trigger"]
Key = tuple[int, int, int, float]

_ORDERS: Mapping[str, Callable[[int, int], bool]] = {
    "=": int.__eq__,
    "!=": int.__ne__,
    "<": int.__lt__,
    "<=": int.__le__,
    ">": int.__gt__,
    ">=": int.__ge__,
}
_ARITHMETIC = {"+": Op.ADD, "-": Op.SUB, "*": Op.MUL}


@dataclass
class Nodes:
    """The growing list of nodes; equal nodes are shared."""

    keys: list[Key] = field(default_factory=list)
    index: dict[Key, int] = field(default_factory=dict)

    def add(self, op: Op, a: int = -1, b: int = -1, c: float = 0.0) -> int:
        """The number of this node, made if it is new."""
        key = (int(op), a, b, c)
        if key not in self.index:
            self.index[key] = len(self.keys)
            self.keys.append(key)
        return self.index[key]

    def constant(self, value: float) -> int:
        """A constant node."""
        return self.add(Op.CONST, c=float(value))


@dataclass
class TermCompiler:
    """Compiles expressions over one situation's factors and options.

    `derived` maps a derived factor to the node of its formula; `withheld` an option to the share that takes effect.
    """

    factors: Mapping[str, Factor]
    options: Mapping[str, Option]
    nodes: Nodes = field(default_factory=Nodes)
    derived: dict[str, int] = field(default_factory=dict)
    withheld: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.factor_index = {name: i for i, name in enumerate(self.factors)}
        self.option_index = {name: i for i, name in enumerate(self.options)}
        self.slot_start, total = {}, 0
        for name, option in self.options.items():
            self.slot_start[name] = total
            total += len(option.levels)

    def compile(self, term: Expression, use: Use) -> int:
        """The node whose value is `term`, for an influence, for an interest or formula, or for a trigger."""
        crisp = self.boolean(term)
        if crisp is not None:
            return self._expand(crisp, use)
        match term:
            case Not(item=item):
                return self.nodes.add(Op.NOT, self.compile(item, use))
            case And(items=items):
                return self._fold(items, use, Op.MUL, And)
            case Or(items=items):
                return self._fold(items, use, Op.OR, Or)
            case Arithmetic(op=op, left=left, right=right) if op in _ARITHMETIC:
                return self.nodes.add(_ARITHMETIC[op], self.compile(left, use), self.compile(right, use))
        return self._atom(term, use)

    def _atom(self, term: Expression, use: Use) -> int:
        match term:
            case Number(value=value):
                return self.nodes.constant(value)
            case Name():
                return self._name(term, use)
            case Compare():
                return self._compare(term, use)
            case Call():
                return self._call(term, use)
        raise ExpressionError("This cannot stand in a term.", term.column, "Use names, comparisons, and, or, not.")

    # --- crisp parts ---------------------------------------------------------------------------------------------

    def boolean(self, term: Expression) -> Crisp | None:
        """The term as a Boolean function of option levels, or None where it has any other atom."""
        match term:
            case Name(text=text) if text in self.options and len(self.options[text].levels) == 2:
                return Crisp((text,), lambda levels: levels[text] == 1)
            case Compare(left=Name(text=text), op=op, right=Name(text=word)) if text in self.options:
                wanted, holds = self.level(text, word, term.column), _ORDERS[op]
                return Crisp((text,), lambda levels: holds(levels[text], wanted))
            case Not(item=item):
                inner = self.boolean(item)
                return None if inner is None else Crisp(inner.options, lambda levels: not inner.holds(levels))
            case And(items=items) | Or(items=items):
                parts = [self.boolean(item) for item in items]
                return _join(parts, all if isinstance(term, And) else any)
        return None

    def level(self, option: str, word: str, column: int = 0) -> int:
        """The index of a level by its name; an unknown one is an error that names the nearest."""
        levels = self.options[option].levels
        if word in levels:
            return levels.index(word)
        raise ExpressionError(f"'{word}' is no level of {option}.", column, did_you_mean(word, levels))

    def _expand(self, crisp: Crisp, use: Use) -> int:
        order = sorted(set(crisp.options), key=self.option_index.__getitem__)
        return self._shannon(crisp, order, {}, use)

    def _shannon(self, crisp: Crisp, order: list[str], levels: dict[str, int], use: Use) -> int:
        if not order:
            return self.nodes.constant(float(crisp.holds(levels)))
        name, rest = order[0], order[1:]
        children = [
            self._shannon(crisp, rest, {**levels, name: level}, use) for level in range(len(self.options[name].levels))
        ]
        if len(set(children)) == 1:
            return children[0]
        return self._weighted(name, children, use)

    def _weighted(self, option: str, children: list[int], use: Use) -> int:
        """Sum over groups of levels with the same child: (sum of their weights) * child."""
        zero, one = self.nodes.constant(0.0), self.nodes.constant(1.0)
        total: int | None = None
        for child in sorted(set(children), key=children.index):
            if child == zero:
                continue
            weight = self._group([lv for lv, c in enumerate(children) if c == child], option, use)
            part = weight if child == one else self.nodes.add(Op.MUL, weight, child)
            total = part if total is None else self.nodes.add(Op.ADD, total, part)
        return zero if total is None else total

    def _group(self, levels: list[int], option: str, use: Use) -> int:
        """The weight of being at any of `levels`: the shorter sum, or one less the other."""
        others = [level for level in range(len(self.options[option].levels)) if level not in levels]
        now = self.options[option].now
        if (now in levels) if self._withholds(option, use) else len(others) < len(levels):
            return self.nodes.add(Op.NOT, self._sum(others, option, use))
        return self._sum(levels, option, use)

    def _sum(self, levels: list[int], option: str, use: Use) -> int:
        nodes = [self.slot(option, level, use) for level in levels]
        total = nodes[0]
        for node in nodes[1:]:
            total = self.nodes.add(Op.ADD, total, node)
        return total

    def _withholds(self, option: str, use: Use) -> bool:
        return use == "influence" and option in self.withheld

    def slot(self, option: str, level: int, use: Use) -> int:
        """The weight of one level; of a withheld good, what takes effect (never asked at its status quo level)."""
        node = self.nodes.add(Op.SLOT, self.slot_start[option] + level)
        if self._withholds(option, use):
            return self.nodes.add(Op.MUL, node, self.withheld[option])
        return node

    # --- other parts ---------------------------------------------------------------------------------------------

    def _name(self, term: Name, use: Use) -> int:
        if term.text in self.derived:
            return self.derived[term.text]
        if term.text in self.factor_index:
            return self.nodes.add(Op.FACTOR, self.factor_index[term.text])
        if term.text in self.option_index:
            return self._share(term.text, use)
        hint = did_you_mean(term.text, [*self.factors, *self.options])
        raise ExpressionError(f"'{term.text}' is no factor or option.", term.column, hint)

    def _share(self, option: str, use: Use) -> int:
        """A bare option of more than two levels: index of its level / (m - 1), by weight."""
        if not self._withholds(option, use):
            return self.nodes.add(Op.SHARE, self.option_index[option])
        count, now = len(self.options[option].levels), self.options[option].now
        total = self.nodes.constant(now / (count - 1))
        for level in range(count):
            if level != now:
                step = self.nodes.constant((level - now) / (count - 1))
                part = self.nodes.add(Op.MUL, self.slot(option, level, use), step)
                total = self.nodes.add(Op.ADD, total, part)
        return total

    def _fold(self, items: tuple[Expression, ...], use: Use, op: Op, kind: type[And] | type[Or]) -> int:
        """A product or a union; its crisp items are reduced together first."""
        crisp = [item for item in items if self.boolean(item) is not None]
        rest = [item for item in items if self.boolean(item) is None]
        parts = ([self.compile(kind(tuple(crisp)), use)] if crisp else []) + [self.compile(i, use) for i in rest]
        total = parts[0]
        for part in parts[1:]:
            total = self.nodes.add(op, total, part)
        return total

    def _compare(self, term: Compare, use: Use) -> int:
        left, right = self._side(term.left, term.right, use), self._side(term.right, term.left, use)
        if term.op in ("=", "!="):
            raise ExpressionError("Levels of factors are compared with < or >.", term.column, "Use >, >=, < or <=.")
        if term.op.startswith("<"):
            left, right = right, left
        if use != "trigger":
            return self.nodes.add(Op.ABOVE, left, right)
        return self.nodes.add(Op.TRIGGER_AT_LEAST if "=" in term.op else Op.TRIGGER_ABOVE, left, right)

    def _side(self, side: Expression, other: Expression, use: Use) -> int:
        """One side of a comparison; a number beside a factor with a unit is read in that unit."""
        if isinstance(side, Number) and isinstance(other, Name) and other.text in self.factors:
            factor = self.factors[other.text]
            return self.nodes.constant((side.value - factor.low) / (factor.high - factor.low))
        return self.compile(side, use)

    def _call(self, term: Call, use: Use) -> int:
        parts = [self.compile(item, use) for item in term.arguments]
        if term.name == "contest":
            power = dict(term.keywords).get("m", Number(1.0))
            return self.nodes.add(Op.CONTEST, parts[0], parts[1], power.value if isinstance(power, Number) else 1.0)
        op = {"sum": Op.ADD, "min": Op.MIN, "max": Op.MAX, "product": Op.MUL}.get(term.name)
        if op is None or not parts:
            raise ExpressionError(
                f"'{term.name}' cannot stand in a term.", term.column, "Use sum, min, max, product, contest."
            )
        total = parts[0]
        for part in parts[1:]:
            total = self.nodes.add(op, total, part)
        return self.nodes.add(Op.CLIP01, total) if term.name == "sum" else total


@dataclass(frozen=True)
class Crisp:
    """A Boolean function of the levels of some options."""

    options: tuple[str, ...]
    holds: Callable[[Mapping[str, int]], bool]


def _join(parts: list[Crisp | None], combine: Callable[[list[bool]], bool]) -> Crisp | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    options = tuple(dict.fromkeys(name for part in known for name in part.options))
    return Crisp(options, lambda levels: combine([part.holds(levels) for part in known]))


def has_atom(term: Expression, names: Mapping[str, object] | None = None) -> bool:
    """True where the term has a comparison, or a bare name among `names` (options)."""
    match term:
        case Compare():
            return True
        case Name(text=text):
            return names is not None and text in names
        case Not(item=item):
            return has_atom(item, names)
        case And(items=items) | Or(items=items):
            return any(has_atom(item, names) for item in items)
        case Arithmetic(left=left, right=right):
            return has_atom(left, names) or has_atom(right, names)
        case Call(arguments=arguments):
            return any(has_atom(item, names) for item in arguments)
    return False
