"""From lark's tree to expressions: one small function per rule of `grammar.lark`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from lark import Token, Transformer_NonRecursive, Tree, v_args
from lark.tree import Meta

from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language import expression as ast
from realpolitik.language.calls import Phrase, Words, function, question
from realpolitik.language.time import read_moment
from realpolitik.language.vocabulary import FUNCTIONS, QUESTIONS

ANY_DAY = dt.date(2000, 1, 1)


def at(meta: Meta) -> int:
    """The column (from 1) where a node begins."""
    return int(getattr(meta, "start_pos", 0)) + 1


def unquoted(token: Token) -> str:
    """A name without its quotation marks, spaces tidied."""
    text = str(token)
    return " ".join((text[1:-1] if token.type == "STRING" else text).split())


@v_args(meta=True)
class Builder(Transformer_NonRecursive[Token, Any]):
    """Builds the nodes; `text` is what was parsed, for pieces kept as written."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    # values

    def number(self, meta: Meta, items: list[Any]) -> ast.Number:
        """`0.5`, `60%`, `3 points`."""
        unit = str(items[1]) if len(items) > 1 else ""
        value = float(items[0])
        if value > 1e300:
            raise ExpressionError(f"'{items[0]}' is too large.", at(meta))
        if not unit:
            return ast.Number(value, column=at(meta))
        return ast.Number(float(Decimal(str(items[0])) / 100), "%" if unit == "%" else "points", column=at(meta))

    def name(self, meta: Meta, items: list[Any]) -> ast.Name:
        """A name, perhaps in quotes."""
        text = unquoted(items[0])
        if not text:
            raise ExpressionError("a name in quotes is empty.", at(meta))
        return ast.Name(text, column=at(meta))

    def moment_value(self, meta: Meta, items: list[Any]) -> ast.Moment:
        """A date."""
        return ast.Moment(self._moment(items, meta), column=at(meta))

    def signed(self, meta: Meta, items: list[Any]) -> ast.Expression:
        """`-x` is `0 - x`; a signed number is a number."""
        sign, item = items
        if sign == "+":
            return item  # type: ignore[no-any-return]
        if isinstance(item, ast.Number):
            return ast.Number(-item.value, item.unit, column=at(meta))
        return ast.Arithmetic("-", ast.Number(0.0, column=at(meta)), item, column=at(meta))

    def arithmetic(self, meta: Meta, items: list[Any]) -> ast.Arithmetic:
        """`a + b` and the like."""
        return ast.Arithmetic(str(items[1]), items[0], items[2], column=at(meta))  # type: ignore[arg-type]

    # conditions

    def comparison(self, meta: Meta, items: list[Any]) -> ast.Compare:
        """`a < b`."""
        return ast.Compare(items[0], str(items[1]), items[2], column=at(meta))  # type: ignore[arg-type]

    def negation(self, meta: Meta, items: list[Any]) -> ast.Not:
        """`not a`."""
        return ast.Not(items[0], column=at(meta))

    def conjunction(self, meta: Meta, items: list[Any]) -> ast.And:
        """`a and b`."""
        return ast.And(tuple(items), column=at(meta))

    def disjunction(self, meta: Meta, items: list[Any]) -> ast.Or:
        """`a or b`."""
        return ast.Or(tuple(items), column=at(meta))

    def before(self, meta: Meta, items: list[Any]) -> ast.Call:
        """`a before b`."""
        return ast.Call("before", tuple(items), column=at(meta))

    def goal(self, meta: Meta, items: list[Any]) -> ast.Call:
        """`goal AAA`."""
        return ast.Call("goal", tuple(items), column=at(meta))

    def is_not(self, meta: Meta, items: list[Any]) -> str:
        """The `not` of `is not`."""
        return "not"

    def at_least(self, meta: Meta, items: list[Any]) -> str:
        """`at least`."""
        return "at least"

    def at_most(self, meta: Meta, items: list[Any]) -> str:
        """`at most`."""
        return "at most"

    def words(self, meta: Meta, items: list[Any]) -> Words:
        """Several words."""
        joined = Words(" ".join(unquoted(item) for item in items).strip())
        if not joined:
            raise ExpressionError("a name in quotes is empty.", at(meta))
        return joined

    def verdict(self, meta: Meta, items: list[Any]) -> ast.Is:
        """`query is [not] [at least] word`."""
        said = items[1:-1]
        bound: ast.Bound = "at least" if "at least" in said else "at most" if "at most" in said else ""
        return ast.Is(items[0], str(items[-1]), "not" in said, bound, column=at(meta))

    # times

    def moment(self, meta: Meta, items: list[Any]) -> str:
        """A date or a duration, kept as written."""
        return self._moment(items, meta)

    def _moment(self, items: list[Any], meta: Meta) -> str:
        text = " ".join(str(item) for item in items)
        try:
            read_moment(text, ANY_DAY)
        except ExpressionError as error:
            raise ExpressionError(error.message, at(meta), error.hint) from None
        return text

    def when_moment(self, meta: Meta, items: list[Any]) -> ast.When:
        """`at 3 years`."""
        kind = str(items[0])
        return ast.When("by" if kind == "within" else kind, items[1])  # type: ignore[arg-type]

    def when_ever(self, meta: Meta, items: list[Any]) -> ast.When:
        """`ever`."""
        return ast.When("ever")

    def when_always(self, meta: Meta, items: list[Any]) -> ast.When:
        """`always`."""
        return ast.When("always")

    # modifiers

    def by_itself(self, meta: Meta, items: list[Any]) -> Phrase:
        """`by itself`."""
        return Phrase("by itself")

    def through_reactions(self, meta: Meta, items: list[Any]) -> Phrase:
        """`through reactions`."""
        return Phrase("through reactions")

    def versus_free(self, meta: Meta, items: list[Any]) -> Phrase:
        """`vs free`."""
        return Phrase("vs free")

    def scaled(self, meta: Meta, items: list[Any]) -> Phrase:
        """`scaled sum`."""
        return Phrase(f"scaled {items[0]}")

    # settings

    def level(self, meta: Meta, items: list[Any]) -> ast.Expression:
        """What a thing is held at."""
        if len(items) == 1:
            return items[0]  # type: ignore[no-any-return]
        return self.signed(meta, items)

    def kind(self, meta: Meta, items: list[Any]) -> str:
        """`shock`, `exchange` or `scenario`."""
        return str(items[0])

    def from_moment(self, meta: Meta, items: list[Any]) -> tuple[str, str]:
        """`from 2025`."""
        return "start", items[-1]

    def until_moment(self, meta: Meta, items: list[Any]) -> tuple[str, str]:
        """`until 2026`."""
        return "end", items[-1]

    def hold_level(self, meta: Meta, items: list[Any]) -> ast.Hold:
        """`A=on from 2025`."""
        value = next((item for item in items[1:] if isinstance(item, ast.Expression)), None)
        span: dict[str, str] = dict(item for item in items[1:] if isinstance(item, tuple))
        return ast.Hold("hold", items[0].text, value, column=at(meta), **span)

    def hold_named(self, meta: Meta, items: list[Any]) -> ast.Hold:
        """`shock NAME`."""
        span: dict[str, str] = dict(item for item in items[2:] if isinstance(item, tuple))
        return ast.Hold(items[0], str(items[1]), None, column=at(meta), **span)

    def openly(self, meta: Meta, items: list[Any]) -> tuple[str, tuple[Any, ...]]:
        """`do(...)`."""
        return "do", tuple(items)

    def secretly(self, meta: Meta, items: list[Any]) -> tuple[str, tuple[Any, ...]]:
        """`do secretly(...)`."""
        return "secretly", tuple(items)

    def given(self, meta: Meta, items: list[Any]) -> tuple[str, tuple[Any, ...]]:
        """`given(...)`."""
        return "given", tuple(items)

    def under(self, meta: Meta, items: list[Any]) -> tuple[str, tuple[Any, ...]]:
        """`under(group: reading)`."""
        return "under", items[0]

    def without(self, meta: Meta, items: list[Any]) -> tuple[str, tuple[Any, ...]]:
        """`without(KEY)`."""
        return "without", items[0]

    def scenario_bare(self, meta: Meta, items: list[Any]) -> tuple[str, tuple[Any, ...]]:
        """A scenario by its name alone."""
        return "do", (ast.Hold("scenario", str(items[0]), column=at(meta)),)

    def raw(self, meta: Meta, items: list[Any]) -> str:
        """Text kept as written."""
        text = " ".join(self.text[meta.start_pos : meta.end_pos].split())
        quoted = len(items) == 1 and isinstance(items[0], Token) and items[0].type == "STRING"
        return unquoted(items[0]) if quoted else text

    def raws(self, meta: Meta, items: list[Any]) -> tuple[str, ...]:
        """Several pieces of text."""
        return tuple(items)

    def raw_group(self, meta: Meta, items: list[Any]) -> str:
        """Text in brackets."""
        return ""

    def setting(self, meta: Meta, items: list[Any]) -> tuple[ast.Setting, list[Phrase]]:
        """Everything right of the bar; modifiers written there are handed on."""
        parts: dict[str, list[Any]] = {"do": [], "secretly": [], "given": [], "under": [], "without": []}
        for key, values in (item for item in items if isinstance(item, tuple)):
            parts[key].extend(values)
        given = parts.pop("given")
        condition = ast.And(tuple(given), column=given[0].column) if len(given) > 1 else (given or [None])[0]
        held = ast.Setting(given=condition, **{key: tuple(values) for key, values in parts.items()})
        return held, [item for item in items if isinstance(item, Phrase)]

    # calls

    def arguments(self, meta: Meta, items: list[Any]) -> list[ast.Expression]:
        """What stands left of the bar."""
        return items

    def call(self, meta: Meta, items: list[Any]) -> ast.Expression:
        """A question or a function."""
        name, rest = str(items[0]), items[1:]
        subjects = next((item for item in rest if isinstance(item, list)), [])
        if name in QUESTIONS:
            return question(name, subjects, rest, at(meta))
        if len(rest) > bool(subjects) or name not in FUNCTIONS:
            message = f"'{name}' is no function." if name not in FUNCTIONS else f"{name}(...) takes no time and no bar."
            hint = did_you_mean(name, [*QUESTIONS, *FUNCTIONS])
            raise ExpressionError(message, at(meta), hint if name not in FUNCTIONS else "")
        return function(name, subjects, at(meta))

    def condition_only(self, meta: Meta, items: list[Any]) -> ast.Expression:
        """The whole text."""
        return items[0]  # type: ignore[no-any-return]

    def query_only(self, meta: Meta, items: list[Any]) -> ast.Expression:
        """The whole text."""
        return items[0]  # type: ignore[no-any-return]

    def event_only(self, meta: Meta, items: list[Any]) -> tuple[ast.Expression, ast.When | None]:
        """A condition and its time."""
        return items[0], (items[1] if len(items) > 1 else None)


def build(tree: Tree[Token], text: str) -> Any:
    """The expression (or event) a tree of lark stands for."""
    return Builder(text).transform(tree)
