"""`rpol new`: five questions, then a commented file that passes the check and runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from realpolitik.language.vocabulary import KEYWORDS

QUESTIONS = (
    ("who", "Who decides? Names, with commas", "Aland, Borduria"),
    ("about", "What is it about? Things that can be more or less, with commas", "tension, control of the strait"),
    ("can", "What can each do? NAME: move, move; NAME: move", "Aland: arm, blockade; Borduria: sanction"),
    (
        "want",
        "What does each want? NAME: more X, less Y; NAME: ...",
        "Aland: more control of the strait; Borduria: less tension",
    ),
    ("happen", "What might happen by itself? Events, with commas", "incident at sea"),
)
_WISH = re.compile(r"(more|less)\s+(.+)")


@dataclass(frozen=True)
class Draft:
    """What the answers say: names by id, moves by actor id, wishes (actor id, direction, factor id), events."""

    actors: dict[str, str]
    factors: dict[str, str]
    moves: list[tuple[str, str, str]]
    wishes: list[tuple[str, str, str]]
    events: list[tuple[str, str]] = field(default_factory=list)


def default_answers() -> dict[str, str]:
    """The answers that `--yes` takes."""
    return {name: default for name, _, default in QUESTIONS}


def new_text(title: str, answers: dict[str, str], as_of: str) -> str:
    """A commented situation file from five answers; what they leave open is filled in and marked as a guess.

    >>> text = new_text("my case", default_answers(), "2024-01-01")
    >>> text.splitlines()[6]
    'situation: my case'
    """
    draft = read_answers({**default_answers(), **{k: v for k, v in answers.items() if v.strip()}})
    parts = (_head(title, as_of, draft), _actors(draft), _factors(draft), _options(draft), _influences(draft))
    return "\n".join((*parts, _interests(draft), _shocks(draft), _scenario(draft)))


def read_answers(answers: dict[str, str]) -> Draft:
    """Names, moves, wishes and events of the five answers."""
    actors = _ids(_split(answers["who"]), 3, str.upper)
    factors = _ids(_split(answers["about"]), 24, str.lower)
    moves = _moves(answers["can"], actors)
    wishes = _wishes(answers["want"], actors, factors)
    taken = {*factors, *actors}
    events = _ids([item for item in _split(answers["happen"]) if item], 24, str.lower, taken)
    return Draft(actors, factors, moves, wishes, list(events.items()))


def _split(text: str, mark: str = ",") -> list[str]:
    return [" ".join(part.split()) for part in text.split(mark) if part.strip()]


def _slug(text: str, width: int) -> str:
    plain = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")[:width].strip("_")
    return plain if plain[:1].isalpha() else f"x{plain}"


def _ids(names: list[str], width: int, case: Callable[[str], str], taken: set[str] | None = None) -> dict[str, str]:
    """Short unique ids for names."""
    out: dict[str, str] = {}
    for name in names:
        base = case(_slug(name, width))
        base = f"{base}_" if base.lower() in _RESERVED else base
        found, number = base, 2
        while found in out or found in (taken or ()):
            found, number = f"{base}{number}", number + 1
        out[found] = name
    return out


_RESERVED = {word.lower() for word in KEYWORDS}


def _by_actor(text: str, actors: dict[str, str]) -> dict[str, list[str]]:
    """`NAME: a, b; NAME: c` by actor id; without a name it goes to the first actor."""
    out: dict[str, list[str]] = {actor: [] for actor in actors}
    named = {name.lower(): actor for actor, name in actors.items()}
    for part in _split(text, ";"):
        who, colon, rest = part.partition(":")
        actor = named.get(who.strip().lower()) or (who.strip() if who.strip() in actors else next(iter(actors)))
        out[actor].extend(_split(rest if colon else part))
    return out


def _moves(text: str, actors: dict[str, str]) -> list[tuple[str, str, str]]:
    out = []
    for actor, moves in _by_actor(text, actors).items():
        for move, name in _ids(moves or ["act"], 24, str.lower).items():
            out.append((actor, move, name))
    return out


def _wishes(text: str, actors: dict[str, str], factors: dict[str, str]) -> list[tuple[str, str, str]]:
    out: list[tuple[str, str, str]] = []
    named = {name.lower(): factor for factor, name in factors.items()}
    for place, (actor, wishes) in enumerate(_by_actor(text, actors).items()):
        for wish in wishes:
            match = _WISH.fullmatch(wish)
            direction, thing = (match[1], match[2]) if match else ("more", wish)
            known = named.get(thing.lower(), _slug(thing, 24).lower())
            if known in factors and (actor, known) not in {(a, f) for a, _, f in out}:
                out.append((actor, direction, known))
        if not any(a == actor for a, _, _ in out):
            out.append((actor, "more" if place % 2 == 0 else "less", list(factors)[place % len(factors)]))
    wanted = {factor for _, _, factor in out}
    first = next(iter(actors))
    return out + [(first, "less", factor) for factor in factors if factor not in wanted]


def _head(title: str, as_of: str, draft: Draft) -> str:
    actor, move, name = draft.moves[0]
    factor = next(iter(draft.factors))
    return f"""# A first situation: change what is wrong, then
#   rpol check FILE   says what does not fit, and where
#   rpol run FILE     answers the questions below
# Sizes are words (slight, weak, moderate, strong, decisive) or numbers such as 0.1 to 0.3.
# 'guess' marks what your answers left open.

situation: {_quoted(title)}
as_of: {as_of}
horizon: 10 years
judged_by: me, {as_of}    # stands behind every entry without a claim

questions:
  - text: {_quoted(f"If {draft.actors[actor]} does this ({name}), who gains and who loses?")}
    ask:
{chr(10).join(f"      - gain({other} at 3 years | do({actor}.{move}))" for other in draft.actors)}
  - text: {_quoted(f"Where will {draft.factors[factor]} stand in three years?")}
    ask:
      - E[{factor} after 3 years]
"""


def _quoted(text: str) -> str:
    """A text in single quotes where YAML would read it otherwise.

    >>> _quoted("plain"), _quoted("a: b")
    ('plain', "'a: b'")
    """
    plain = re.fullmatch(r"[A-Za-z][\w ,.?()/-]*", text) and text.strip().lower() not in {"null", "true", "false", "~"}
    return text.strip() if plain else "'" + text.replace("'", "''") + "'"


def _actors(draft: Draft) -> str:
    lines = [f"  {actor}: {{name: {_flow(name)}}}" for actor, name in draft.actors.items()]
    return "actors:    # who decides\n" + "\n".join(lines) + "\n"


def _flow(text: str) -> str:
    return _quoted(text) if "," not in text and "(" not in text else "'" + text.replace("'", "''") + "'"


def _factors(draft: Draft) -> str:
    lines = [
        f"  {factor}: {{name: {_flow(name)}, from: none, to: as much as can be, now: 0.3 to 0.5}}    # guess"
        for factor, name in draft.factors.items()
    ]
    return "factors:    # what can be more or less; say what 0 ('from') and 1 ('to') mean\n" + "\n".join(lines) + "\n"


def _options(draft: Draft) -> str:
    lines = [
        f"  {actor}.{move}: {{name: {_flow(name)}, now: off, price: 1 to 5 points}}    # guess"
        for actor, move, name in draft.moves
    ]
    head = "options:    # what can be done; a price of 1 point is a hundredth of the actor's top interest"
    return head + "\n" + "\n".join(lines) + "\n"


def _influences(draft: Draft) -> str:
    factors, lines = list(draft.factors), []
    for place, (actor, move, _) in enumerate(draft.moves):
        wished = [(direction, factor) for who, direction, factor in draft.wishes if who == actor]
        direction, factor = wished[place % len(wished)] if wished else ("more", factors[0])
        verb = "raises" if direction == "more" else "lowers"
        lines.append(f"  - {actor}.{move} {verb} {factor}: moderate after 1 year    # guess")
    if len(factors) > 1:
        lines.append(f"  - {factors[0]} lowers {factors[1]}: weak after 6 months    # guess")
    return (
        "influences:    # CAUSE raises|lowers|moves EFFECT: size [after delay] [if condition]\n"
        + "\n".join(lines)
        + "\n"
    )


def _interests(draft: Draft) -> str:
    lines = []
    for actor in draft.actors:
        wishes = [(direction, factor) for who, direction, factor in draft.wishes if who == actor]
        lines.append(f"  {actor}:")
        for place, (direction, factor) in enumerate(wishes):
            lines.append(f"    - {'vital' if place == 0 else 'major'}: {direction} {factor}")
    return "interests:    # vital > major > minor\n" + "\n".join(lines) + "\n"


def _shocks(draft: Draft) -> str:
    if not draft.events:
        return ""
    factor, lines = next(iter(draft.factors)), []
    for event, name in draft.events:
        lines.append(f"  {event}:\n    name: {_quoted(name)}\n    chance: 5% to 20% per year    # guess")
        lines.append(f"    shifts: {{{factor}: 0.1 to 0.3}}    # guess")
    return "shocks:    # what may happen by itself\n" + "\n".join(lines) + "\n"


def _scenario(draft: Draft) -> str:
    actor, move, _ = draft.moves[-1]
    return f"scenarios:    # named what-ifs\n  what_if:\n    do: {actor}.{move}=on\n"
