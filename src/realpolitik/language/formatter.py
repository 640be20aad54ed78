"""Writing expressions in their one canonical form; reading it back gives the same expression."""

from __future__ import annotations

import re
from decimal import Decimal

from realpolitik.language import expression as ast
from realpolitik.language.vocabulary import KEYWORDS

BARE = re.compile(r"[^\W\d]\w*(?:\.\w+)*(?:-[^\W\d]\w*)*")
RESERVED = frozenset(
    {
        "and",
        "or",
        "not",
        "is",
        "goal",
        "at",
        "by",
        "after",
        "until",
        "within",
        "ever",
        "always",
        "through",
        "vs",
        "scaled",
    }
)
OR, AND, NOT, COMPARE, SUM, PRODUCT, ATOM = range(7)


def format_expression(node: ast.Expression) -> str:
    """The canonical text of an expression.

    >>> format_expression(ast.Compare(ast.Name("AAA.arm"), "=", ast.Name("on")))
    'AAA.arm=on'
    """
    return _write(node)[0]


def _write(node: ast.Expression) -> tuple[str, int]:
    """Text and binding strength."""
    if isinstance(node, ast.Or | ast.And | ast.Not):
        return _write_logic(node)
    if isinstance(node, ast.Compare | ast.Is | ast.Arithmetic):
        return _write_binary(node)
    if isinstance(node, ast.Call):
        return _write_call(node)
    if isinstance(node, ast.Query):
        return _write_query(node), ATOM
    if isinstance(node, ast.Number):
        return _number(node), ATOM
    if isinstance(node, ast.Hold):
        return _hold(node), ATOM
    if isinstance(node, ast.Name | ast.Moment):
        return (node.text if isinstance(node, ast.Moment) else quoted(node.text)), ATOM
    raise TypeError(f"no way to write {type(node).__name__}")


def _inside(node: ast.Expression, strength: int) -> str:
    """Text of a part, in brackets where it binds less than its surroundings."""
    text, own = _write(node)
    return text if own >= strength else f"({text})"


def _write_logic(node: ast.Or | ast.And | ast.Not) -> tuple[str, int]:
    if isinstance(node, ast.Not):
        return f"not {_inside(node.item, NOT)}", NOT
    word, own = ("or", OR) if isinstance(node, ast.Or) else ("and", AND)
    return f" {word} ".join(_inside(item, own + 1) for item in node.items), own


def _write_binary(node: ast.Compare | ast.Is | ast.Arithmetic) -> tuple[str, int]:
    if isinstance(node, ast.Is):
        words = ("is", "not" if node.negated else "", node.bound, _verdict_word(node.word))
        return " ".join((_inside(node.left, SUM), *(word for word in words if word))), COMPARE
    if isinstance(node, ast.Compare):
        tight = node.op == "=" and isinstance(node.left, ast.Name) and isinstance(node.right, ast.Name)
        space = "" if tight else " "
        return f"{_inside(node.left, SUM)}{space}{node.op}{space}{_inside(node.right, SUM)}", COMPARE
    own = SUM if node.op in "+-" else PRODUCT
    return f"{_inside(node.left, own)} {node.op} {_inside(node.right, own + 1)}", own


def _write_call(node: ast.Call) -> tuple[str, int]:
    if node.name == "before":
        return " before ".join(_inside(item, OR) for item in node.arguments), -1
    if node.name == "goal":
        return " ".join(
            ("goal", *(quoted(item.text, KEYWORDS) for item in node.arguments if isinstance(item, ast.Name)))
        ), ATOM
    named = [f"{key}={_inside(value, SUM)}" for key, value in node.keywords]
    return f"{node.name}({', '.join([*(_write(item)[0] for item in node.arguments), *named])})", ATOM


def _write_query(node: ast.Query) -> str:
    when = f"{node.when.kind} {node.when.moment}".strip() if node.when else ""
    left = " ".join(part for part in (_write(node.subject)[0] if node.subject else "", when, *node.options) if part)
    right = _setting(node.setting)
    inside = f"{left} | {right}".lstrip() if right else left
    return f"E[{inside}]" if node.function == "E" else f"{node.function}({inside})"


def _setting(setting: ast.Setting) -> str:
    parts = []
    if setting.do:
        parts.append(f"do({', '.join(_hold(item) for item in setting.do)})")
    if setting.secretly:
        parts.append(f"do secretly({', '.join(_hold(item) for item in setting.secretly)})")
    if setting.given is not None:
        parts.append(f"given({_write(setting.given)[0]})")
    parts.extend(
        f"{word}({', '.join(texts)})"
        for word, texts in (("under", setting.under), ("without", setting.without))
        if texts
    )
    return ", ".join(parts)


def _hold(node: ast.Hold) -> str:
    """One thing held."""
    text = quoted(node.target, KEYWORDS)
    text = text if node.kind == "hold" else f"{node.kind} {text}"
    if node.value is not None:
        text += f"={_write(node.value)[0]}"
    text += f" from {node.start}" if node.start else ""
    return text + (f" until {node.end}" if node.end else "")


def _number(node: ast.Number) -> str:
    """A number so that it reads back to the same bits."""
    if not node.unit:
        return repr(int(node.value)) if node.value.is_integer() and abs(node.value) < 1e15 else repr(node.value)
    hundred = format(Decimal(repr(node.value)) * 100, "f")
    plain = hundred.rstrip("0").rstrip(".") if "." in hundred else hundred
    if node.unit == "%":
        return f"{plain or '0'}%"
    return f"{plain or '0'} {'point' if plain == '1' else 'points'}"


def quoted(name: str, reserved: frozenset[str] = RESERVED) -> str:
    """A name as it may stand in an expression: bare, or in quotes where it holds other signs or is a keyword there.

    >>> quoted("AAA.arm"), quoted("fuel for ore"), quoted("not")
    ('AAA.arm', '"fuel for ore"', '"not"')
    """
    if BARE.fullmatch(name) and name not in reserved:
        return name
    return f"'{name}'" if '"' in name else f'"{name}"'


def _verdict_word(word: str) -> str:
    """The words after `is`, bare where each of them may stand alone."""
    plain = all(BARE.fullmatch(part) and part not in KEYWORDS - {"most", "least"} for part in word.split())
    return word if plain else quoted(word, KEYWORDS)
