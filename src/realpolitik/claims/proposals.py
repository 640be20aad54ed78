"""Proposed claims: kept in the ledger, and in claims.yaml only once somebody has accepted them.

The workbench and the command line share these rules, so a proposal made with one can be decided with the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from realpolitik.claims.claim_text import with_claim
from realpolitik.claims.ledger import ClaimsLedger, Read, Step, write_claims
from realpolitik.claims.matching import Matched
from realpolitik.errors import QuestionRefused, did_you_mean

READER = "rpol read"
FIELDS = (
    "paraphrase", "speaker", "hedge", "chain", "kind", "date", "event_date", "reliability", "credibility", "place",
    "anchor", "supports", "contradicts", "repeats", "elaborates", "note",
)  # fmt: skip
"""What a proposal may say of a claim; the order in which claims.yaml shows it."""


def open_steps(read: Read) -> dict[str, Step]:
    """The last state of each proposal that is neither accepted nor withdrawn, by id, in the order proposed."""
    last: dict[str, Step] = {}
    proposed: dict[str, None] = {}
    closed: set[str] = set()
    for step in read.steps:
        keys = step.keys or (last[step.claim].keys if step.claim in last else {})
        note = step.note or (last[step.claim].note if step.claim in last else "")
        last[step.claim] = Step(**{**vars(step), "keys": keys, "note": note})
        if step.act == "proposed":
            proposed[step.claim] = None
        elif step.act in ("accepted", "withdrawn"):
            closed.add(step.claim)
    return {name: last[name] for name in proposed if name not in closed}


def now() -> str:
    """This moment, to the second, in UTC."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def free_names(taken: Iterable[str], count: int, letter: str = "p") -> list[str]:
    """The next free ids.

    >>> free_names({"p-001"}, 2)
    ['p-002', 'p-003']
    """
    known, number = set(taken), 1
    out: list[str] = []
    while len(out) < count:
        name = f"{letter}-{number:03d}"
        out += [] if name in known else [name]
        number += 1
    return out


def keys_of(found: Matched, date: str = "") -> dict[str, str]:
    """What a statement says, as keys of a claim; links to the claims it matches."""
    said = found.statement
    links: dict[str, list[str]] = {}
    for match in found.matches:
        links.setdefault("repeats" if match.how == "same" else match.how, []).append(match.claim)
    denial = {"note": f"A denial: the speaker says it is not so ({said.said_with})."} if said.denied else {}
    keys = {
        "paraphrase": said.words,
        "speaker": said.speaker or "nobody named",
        "hedge": said.hedge,
        "chain": " > ".join(part.replace(">", " ") for part in said.chain),
        "kind": "fact event",
        "date": date,
        "place": said.place,
        "anchor": said.anchor,
        **{name: ", ".join(ids) for name, ids in links.items()},
        **denial,
    }
    return {key: value for key, value in keys.items() if value}


def propose(
    folder: Path, found: Sequence[Matched], taken: Iterable[str], date: str = "", by: str = READER
) -> list[str]:
    """Keep statements as proposals in the ledger; their ids, "" for what repeats the article itself."""
    ledger = ClaimsLedger(folder)
    wanted = [item for item in found if not item.repeats]
    names = iter(free_names({*taken, *(step.claim for step in ledger.read().steps)}, len(wanted)))
    ids = []
    for item in found:
        ids.append("" if item.repeats else next(names))
        if ids[-1]:
            ledger.append(Step(ids[-1], "proposed", by, now(), _why(item), keys_of(item, date)))
    return ids


def _why(item: Matched) -> str:
    return "; ".join(f"{m.how} {m.claim} ({m.score:.2f}, {m.because})" for m in item.matches) or "new"


def decide(
    folder: Path, name: str, act: str, by: str, changed: Mapping[str, str] | None = None, note: str = ""
) -> Step:
    """Accept, edit or withdraw a proposal. Accepting writes it into claims.yaml, then into the ledger.

    Raises `QuestionRefused` for a proposal that is not open or a key that is none.
    """
    ledger = ClaimsLedger(folder)
    found = open_steps(ledger.read())
    if name not in found:
        raise QuestionRefused(f"There is no open proposal '{name}'.  {did_you_mean(name, found)}".strip())
    unknown = [key for key in changed or {} if key not in FIELDS]
    if unknown:
        raise QuestionRefused(f"'{unknown[0]}' is no key of a claim.  {did_you_mean(unknown[0], FIELDS)}".strip())
    keys = {key: value for key, value in {**found[name].keys, **(changed or {})}.items() if value}
    if act == "accepted":
        path = folder / "claims.yaml"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        write_claims(path, with_claim(text, name, {key: keys[key] for key in (*FIELDS, *keys) if key in keys}))
    step = Step(name, act, by, now(), note, keys)
    ledger.append(step)
    return step
