"""Preference statements over the options: patterns joined by OR, or NOT, AND, OR, IF, IFF over patterns and
options.

Three ways to write one: a list of patterns (joined by OR); an object such as `{"if": ["Y--", {"not":
"--Y"}]}`, where
`if` reads "the first holds if the second does"; a text such as `"NOT 'Sue' IF 'Open the weir'"`, names in
quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from realpolitik.conflicts.findings import Findings
from realpolitik.conflicts.located import Node
from realpolitik.conflicts.model import Option, Vector
from realpolitik.conflicts.patterns import read_pattern
from realpolitik.errors import did_you_mean

Statement = Callable[[Vector], bool]

_TOKEN = re.compile(r"\s*(?:(?P<name>'[^']*'|\"[^\"]*\")|(?P<word>[()]|[^\s()'\"]+))")
_MAX_TOKENS = 200
_MAX_DEPTH = 20


def read_statement(node: Node, options: Sequence[Option], findings: Findings) -> Statement | None:
    """One statement as a function of an option vector; reports what is wrong with it."""
    if isinstance(node.value, list):
        return _joined([read_statement(item, options, findings) for item in node.items], any, node, findings)
    if isinstance(node.value, dict):
        return _operator(node, options, findings)
    if isinstance(node.value, str) and re.fullmatch(r"[YN\-0-9]*", node.value):
        pattern = read_pattern(node, options, findings)
        return pattern.matches if pattern else None
    if isinstance(node.value, str):
        return _Infix(node, options, findings).read()
    findings.error(node, f"Expected a statement (patterns, an operator, or a text), found {node.kind()}.")
    return None


def _joined(
    parts: Sequence[Statement | None], rule: Callable[[list[bool]], bool], node: Node, findings: Findings
) -> Statement | None:
    if not parts:
        findings.error(node, "An empty statement says nothing.")
    known = [part for part in parts if part]
    if len(known) < len(parts) or not parts:
        return None
    return lambda vector: rule([part(vector) for part in known])


def _operator(node: Node, options: Sequence[Option], findings: Findings) -> Statement | None:
    if "option" in node.fields:
        return _option(node, options, findings)
    if len(node.fields) != 1:
        findings.error(node, "Expected one operator: not, and, or, if, iff, or an option.")
        return None
    word, operand = next(iter(node.fields.items()))
    name = word.lower()
    if name not in _RULES:
        findings.error(node, f"'{word}' is no operator.", did_you_mean(name, [*_RULES, "option"]))
        return None
    items = operand.items if isinstance(operand.value, list) else [operand]
    if len(items) != _ARITY.get(name, len(items)):
        findings.error(operand, f"'{name}' takes {_ARITY[name]} statement(s), found {len(items)}.")
        return None
    return _joined([read_statement(item, options, findings) for item in items], _RULES[name], operand, findings)


_RULES: dict[str, Callable[[list[bool]], bool]] = {
    "not": lambda p: not p[0],
    "and": all,
    "or": any,
    "if": lambda p: p[0] or not p[1],
    "iff": lambda p: p[0] == p[1],
}
_ARITY = {"not": 1, "if": 2, "iff": 2}


def _option(node: Node, options: Sequence[Option], findings: Findings) -> Statement | None:
    names = [option.name for option in options]
    which = node.fields["option"]
    k = which.value if isinstance(which.value, int) and not isinstance(which.value, bool) else None
    if k is None or not 0 <= k < len(options):
        k = findings.index(which, names, "option")
    if k is None:
        return None
    level = node.fields.get("level")
    if level is None:
        return lambda vector: vector[k] > 0
    wanted = findings.index(level, options[k].levels, f"level of '{names[k]}'")
    return None if wanted is None else lambda vector: vector[k] == wanted


class _Infix:
    """NOT binds tighter than AND, AND than OR, OR than IF and IFF; parentheses as usual."""

    def __init__(self, node: Node, options: Sequence[Option], findings: Findings) -> None:
        self.node, self.options, self.findings = node, options, findings
        found = _TOKEN.finditer(str(node.value))
        self.tokens = [(m["name"], m["word"] or "") for m in found]
        self.next = self.depth = 0

    def read(self) -> Statement | None:
        if _TOKEN.sub("", str(self.node.value)).strip():
            return self.fail("a quotation mark is missing.")
        if not self.tokens or len(self.tokens) > _MAX_TOKENS:
            self.findings.error(self.node, f"A statement has 1 to {_MAX_TOKENS} words, found {len(self.tokens)}.")
            return None
        statement = self.conditional()
        if statement and self.next < len(self.tokens):
            return self.fail(f"'{self.given()}' is not expected here.")
        return statement

    def given(self) -> str:
        name, word = self.tokens[self.next]
        return name or word

    def fail(self, message: str) -> Statement | None:
        text = f"In the statement {self.node.value!r}: {message}"
        self.findings.error(self.node, text, "Write e.g. \"NOT 'Sue' IF 'Open the weir'\".")
        return None

    def takes(self, *words: str) -> str:
        word = self.tokens[self.next][1].lower() if self.next < len(self.tokens) else ""
        if word not in words:
            return ""
        self.next += 1
        return word

    def conditional(self) -> Statement | None:
        left = self.chain("or", lambda: self.chain("and", self.negation))
        word = self.takes("if", "iff")
        if not left or not word:
            return left
        return self.combine(word, [left, self.conditional()])

    def chain(self, word: str, part: Callable[[], Statement | None]) -> Statement | None:
        parts = [part()]
        while parts[-1] and self.takes(word):
            parts.append(part())
        return self.combine(word, parts)

    def combine(self, word: str, parts: list[Statement | None]) -> Statement | None:
        known = [part for part in parts if part]
        if len(known) < len(parts):
            return None
        return known[0] if len(known) == 1 else (lambda vector: _RULES[word]([p(vector) for p in known]))

    def negation(self) -> Statement | None:
        if not self.takes("not"):
            return self.atom()
        inner = self.negation()
        return inner and (lambda vector: not inner(vector))

    def atom(self) -> Statement | None:
        if self.takes("("):
            self.depth += 1
            inner = self.conditional() if self.depth <= _MAX_DEPTH else self.fail("too many '('.")
            self.depth -= 1
            return inner if not inner or self.takes(")") else self.fail("a ')' is missing.")
        if self.next >= len(self.tokens):
            return self.fail("it ends too early.")
        name, word = self.tokens[self.next]
        self.next += 1
        if name is None and re.fullmatch(r"[YN\-0-9]+", word):
            return read_statement(Node(word, self.node.at), self.options, self.findings)
        option = Node({"option": Node(name[1:-1] if name else word, self.node.at)}, self.node.at)
        return _option(option, self.options, self.findings)
