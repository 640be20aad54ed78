"""`rpol read`: what does an article say, what is it to our claims, what would it change, and what would then move?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik.claims.matching import Matched, match_all, matcher
from realpolitik.claims.statements import Statement, statements
from realpolitik.project.evidence import evidence_of, folder_of
from realpolitik.project.layering import Layer, laid_over, merged
from realpolitik.project.locate import BUNDLED

if TYPE_CHECKING:
    from realpolitik.analyses.moved import Ensembles, Moved
    from realpolitik.analyses.recognise import Proposal
    from realpolitik.project.project import Project
    from realpolitik.results.result import Result
    from realpolitik.situation.evidence import Evidence
    from realpolitik.sources.attribution.model import Attribution
    from realpolitik.sources.document import Document

Told = Callable[[str], None]
Seen = tuple[tuple[Matched, ...], tuple["Proposal", ...]]
MOST_ALONE = 4
FORESIGHT_DRAWS = 64


@dataclass(frozen=True)
class Article:
    """A document that is read: `name` as sources.yaml would call it, who published it, when."""

    document: Document
    name: str
    outlet: str = ""
    date: dt.date | None = None


def article_of(document: Document, taken: Mapping[str, str], outlet: str = "", date: str = "") -> Article:
    """An article with a name of its own; `taken`: names of documents -> SHA-256. The date is the text's where none is
    given. Raises `ExpressionError` for a date that is none.
    """
    from realpolitik.language.time import read_date  # noqa: PLC0415

    base = re.sub(r"[^a-z0-9]+", "-", Path(document.name).stem.casefold()).strip("-")[:40] or "document"
    number, name = 1, base
    while taken.get(name, document.sha256) != document.sha256:
        number, name = number + 1, f"{base}-{number + 1}"
    known = {digest: ident for ident, digest in taken.items()}
    when = read_date(date) if date else _dated(document)
    return Article(document, known.get(document.sha256, name), outlet or document.metadata.get("publisher", ""), when)


def _dated(document: Document) -> dt.date | None:
    from realpolitik.sources.attribution.dates import document_date  # noqa: PLC0415

    stated = document.metadata.get("date", "")[:10]
    try:
        return dt.date.fromisoformat(stated) if stated else document_date(document.text)
    except ValueError:
        return document_date(document.text)


def party_names(evidence: Evidence) -> dict[str, str]:
    """What a party of the situation may be called -> its id."""
    situation = evidence.situation
    found: dict[str, str] = {}
    for actor in situation.actors.values():
        found |= {name: actor.id for name in (actor.name, actor.leader, *actor.aliases) if name}
    for body in situation.institutions.values():
        found |= {name: body.id for name in (body.name, *body.aliases) if name}
    return found


def matched(evidence: Evidence, said: Sequence[Statement]) -> tuple[Matched, ...]:
    """Every statement with the claims it matches."""
    claims = evidence.register.claims
    quotes = {name: quote for name, claim in claims.items() if (quote := evidence.leaf(claim).quote)}
    return match_all(matcher(claims, party_names(evidence), quotes), said)


def read_article(
    project: Project,
    article: Article,
    *,
    seen: Seen | None = None,
    run: bool = True,
    foresight: bool = False,
    told: Told = lambda text: None,
) -> Result:
    """What an article says and would change; nothing is written.

    Rows: `claim` (one for each statement, with its matches), `change` (what is proposed because of it), `answer` (what
    would move if all of it were accepted; left out without `run`). `seen`: from `look`.
    `foresight`: also the questions that turn on it.
    """
    from realpolitik.results.result import Result  # noqa: PLC0415

    evidence = evidence_of(project)
    items, changes = seen or look(project, article)
    rows = [_claim_row(number, item) for number, item in enumerate(items)]
    rows += [_change_row(change) for change in changes]
    layers = [change.layer for change in changes]
    moves, asked = answered(project, layers, told, foresight) if run else ((), 0)
    rows += [{"row": "answer", **asdict(item)} for item in moves]
    about = {"situation": evidence.situation.title, "document": article.name, "sha256": article.document.sha256,
             "outlet": article.outlet, "date": str(article.date or ""), "ran": run and bool(changes)}  # fmt: skip
    whole = (*_told(items, changes), *_moves(items, changes, moves, asked, run))
    return Result("read", f"What does {article.document.name} say here?", tuple(rows), whole, {}, about)


def look(project: Project, article: Article, found: Sequence[Attribution] | None = None) -> Seen:
    """The statements of an article with the claims they match, and the changes they propose.

    `found`: attributions, where not those of the offline rules.
    """
    from realpolitik.analyses.recognise import Recogniser  # noqa: PLC0415
    from realpolitik.claims.wording import wording_of  # noqa: PLC0415
    from realpolitik.sources.attribution.extract import extract  # noqa: PLC0415

    evidence = evidence_of(project)
    said = statements(article.document, extract(article.document.text) if found is None else found, article.name,
                      article.outlet)  # fmt: skip
    items = matched(evidence, said)
    texts = [claim.paraphrase for claim in evidence.register.claims.values()]
    wording = wording_of(texts, party_names(evidence))
    return items, Recogniser(evidence.situation, wording, article.date).proposals(items)


def answered(
    project: Project, layers: Sequence[Layer], told: Told = lambda text: None, foresight: bool = False
) -> tuple[tuple[Moved, ...], int]:
    """What would move with all of `layers` laid over the project, and how many answers there are.

    Nothing is run where there is no layer. Raises `InputRefused` where the layers do not fit the file.
    """
    from realpolitik.analyses.moved import answers, moved  # noqa: PLC0415

    if not layers:
        return (), sum(len(question.ask) for question in project.situation.questions)
    before = answers(_ensembles(project), lambda text: told(f"before: {text}"), foresight)
    whole = laid_over(project, [merged(layers)])
    after = answers(_ensembles(whole), lambda text: told(f"after: {text}"), foresight)
    several = layers if 1 < len(layers) <= MOST_ALONE else ()
    alone = [answers(_ensembles(laid_over(project, [one])), told, foresight) for one in several] or [after]
    return moved(before, after, alone), len(before)


def _ensembles(project: Project) -> Ensembles:
    draws = min(FORESIGHT_DRAWS, project.settings.draws)
    return lambda depth: project.ensemble(depth=1, draws=draws) if depth else project.ensemble()


def is_own(project: Project) -> bool:
    """True for a project the user may write to: not one that comes with the package."""
    return BUNDLED not in folder_of(project).resolve().parents


def _claim_row(number: int, item: Matched) -> dict[str, Any]:
    said = item.statement
    return {
        "row": "claim",
        "number": number,
        "words": said.words,
        "speaker": said.speaker,
        "country": said.country,
        "chain": said.chain,
        "hedge": said.hedge,
        "denied": said.denied,
        "paragraph": said.paragraph,
        "how": item.how,
        "repeats": item.repeats,
        "disputes": list(item.disputes),
        "matches": [asdict(match) for match in item.matches],
        "place": said.place,
        "anchor": said.anchor,
    }


def _change_row(change: Proposal) -> dict[str, Any]:
    return {"row": "change", **asdict(change), "layer": change.layer, "observation": change.observation}


def _told(items: Sequence[Matched], changes: Sequence[Proposal]) -> tuple[str, ...]:
    counts = {how: sum(item.how == how for item in items) for how in ("same", "supports", "contradicts", "new")}
    same = f"{counts['same']} repeat what is known" if counts["same"] != 1 else "1 repeats what is known"
    first = (
        f"{len(items)} statements: {counts['supports']} support claims, {counts['contradicts']} contradict claims, "
        f"{same}, {counts['new']} are new."
    )
    none = "No change is proposed: nothing here reports that something of the situation has happened."
    return (first, *(_proposed(items, change) for change in changes)) if changes else (first, none)


def _proposed(items: Sequence[Matched], change: Proposal) -> str:
    against = [items[number].statement for number in change.disputed]
    denied = "; ".join(f"denied in paragraph {item.paragraph} by {item.speaker or 'nobody named'}" for item in against)
    return f"Proposed: {change.words}" + (f"; {denied}." if denied else ".")


def _moves(
    items: Sequence[Matched], changes: Sequence[Proposal], found: Sequence[Moved], asked: int, run: bool
) -> tuple[str, ...]:
    from realpolitik.analyses.moved import sentences  # noqa: PLC0415

    if not run:
        return ()
    if not changes:
        return ("Nothing moves.",)
    whys = [
        f"paragraph {items[c.because].statement.paragraph}: '{items[c.because].statement.words[:120]}'" for c in changes
    ]
    return tuple(sentences(found, whys, asked))
