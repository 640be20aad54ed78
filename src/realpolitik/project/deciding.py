"""Keeping what an article proposes, and deciding it: claims into claims.yaml, changes into judgements/reading.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik.claims.ledger import ClaimsLedger, Step
from realpolitik.claims.proposals import READER, decide, free_names, now, open_steps, propose
from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.project.evidence import evidence_of, folder_of
from realpolitik.project.layering import Layer, laid_over, merged
from realpolitik.project.reading import Article, Told, answered, article_of, is_own
from realpolitik.sources.atomic import write_atomically
from realpolitik.sources.folding import without_controls

if TYPE_CHECKING:
    from realpolitik.analyses.recognise import Proposal
    from realpolitik.claims.matching import Matched
    from realpolitik.project.project import Project
    from realpolitik.sources.document import Document

LEDGER = "changes-ledger.jsonl"
LAYER = "reading"
HEAD = (
    "# What accepted reports change: laid over the situation with --judgements reading.\n"
    "# Written from changes-ledger.jsonl by 'rpol claims accept'; changes made here by hand are lost.\n"
)


@dataclass(frozen=True)
class Kept:
    """What was kept of an article: the ids of its claims ("" for a repeat within it) and of its changes."""

    claims: tuple[str, ...]
    changes: tuple[str, ...]


def keep(
    project: Project, article: Article, data: bytes, items: Sequence[Matched], changes: Sequence[Proposal]
) -> Kept:
    """Keep a snapshot of the article and propose its claims and changes; nothing is accepted by this.

    Raises `QuestionRefused` for a project that comes with the package.
    """
    from realpolitik.claims.source_text import with_source  # noqa: PLC0415
    from realpolitik.sources.snapshot import SnapshotFolder  # noqa: PLC0415

    folder = own_folder(project)
    SnapshotFolder(folder).add(article.document, data)
    path = folder / "sources.yaml"
    listed = with_source(path.read_text("utf-8") if path.is_file() else "", article.name, described(article))
    write_atomically(path, listed.encode("utf-8"))
    evidence = evidence_of(project)
    date = str(article.date or "")
    names = propose(folder, items, evidence.register.claims, date)
    ledger = ClaimsLedger(folder, LEDGER)
    ids = free_names({step.claim for step in ledger.read().steps}, len(changes), "u")
    for name, change in zip(ids, changes, strict=True):
        keys = {**asdict(change), "because": names[change.because], "reads": list(change.reads)}
        ledger.append(Step(name, "proposed", READER, now(), change.words, keys))
    return Kept(tuple(names), tuple(ids))


def described(article: Article) -> dict[str, str | int]:
    """What sources.yaml says of an article."""
    document = article.document
    title = document.metadata.get("title", "") or document.name
    return {
        "title": without_controls(" ".join(title.split()))[:200],
        "outlet": without_controls(article.outlet),
        "date": str(article.date or ""),
        "sha256": document.sha256,
        "characters": len(document.text),
        "paragraphs": len(document.paragraphs),
        "url": document.metadata.get("url", ""),
    }


def own_folder(project: Project) -> Path:
    """The folder of a project of the user's own."""
    if not is_own(project):
        raise QuestionRefused(
            f"'{project.name}' comes with the program and is not written to. Copy its folder, then read into the copy."
        )
    return folder_of(project)


def proposals(folder: Path) -> tuple[dict[str, Step], dict[str, Step]]:
    """The open proposals: claims and changes, by id."""
    return open_steps(ClaimsLedger(folder).read()), open_steps(ClaimsLedger(folder, LEDGER).read())


def accept(folder: Path, names: Sequence[str], act: str, by: str, changed: Mapping[str, str], note: str = "") -> None:
    """Accept, edit or withdraw proposals, claims before the changes that rest on them. All names are checked first.

    Raises `QuestionRefused` for a name that is not open, or a change whose claim is not accepted.
    """
    claims, changes = proposals(folder)
    for name in names:
        if name not in claims and name not in changes:
            known = [*claims, *changes]
            raise QuestionRefused(f"There is no open proposal '{name}'.  {did_you_mean(name, known)}".strip())
    if act == "accepted":
        _check_grounds(folder, [changes[name] for name in names if name in changes], names)
    for name in names:
        if name in claims:
            decide(folder, name, act, by, changed, note)
    for name in names:
        if name in changes:
            _decide_change(folder, changes[name], act, by, changed, note)


def _check_grounds(folder: Path, changes: Sequence[Step], names: Sequence[str]) -> None:
    accepted = {step.claim for step in ClaimsLedger(folder).read().steps if step.act == "accepted"}
    for step in changes:
        claim = str(step.keys["because"])
        if claim not in accepted and claim not in names:
            raise QuestionRefused(
                f"{step.claim} rests on {claim}, which is not accepted. Accept both: {claim} {step.claim}"
            )


def _decide_change(folder: Path, step: Step, act: str, by: str, changed: Mapping[str, str], note: str) -> None:
    unknown = [key for key in changed if key not in ("value", "day")]
    if unknown:
        raise QuestionRefused(f"'{unknown[0]}' is no part of a change: set value=... or day=...")
    ledger = ClaimsLedger(folder, LEDGER)
    ledger.append(Step(step.claim, act, by, now(), note or step.note, {**step.keys, **changed}))
    if act == "accepted":
        write_layer(folder)


def accepted_changes(folder: Path) -> dict[str, Step]:
    """The changes that were accepted, by id, in that order."""
    steps = ClaimsLedger(folder, LEDGER).read().steps
    return {step.claim: step for step in steps if step.act == "accepted"}


def layer_of_step(step: Step) -> Layer:
    """A change as a piece of a situation file, citing its claim."""
    from realpolitik.analyses.recognise import layer_of  # noqa: PLC0415

    keys: Mapping[str, Any] = step.keys
    kind, target, value, day, claim = (str(keys[name]) for name in ("kind", "target", "value", "day", "because"))
    return layer_of(kind, target, value, day, claim)


def write_layer(folder: Path) -> Path:
    """Write every accepted change into judgements/reading.yaml; its path."""
    from io import StringIO  # noqa: PLC0415

    from realpolitik.situation.canonical import text_yaml  # noqa: PLC0415

    steps = accepted_changes(folder)
    out = StringIO()
    text_yaml().dump(merged([layer_of_step(step) for step in steps.values()]), out)
    lines = [
        f"# {name}: {step.keys['words']} ({step.keys['because']}; {step.by}, {step.on[:10]})\n"
        for name, step in steps.items()
    ]
    path = folder / "judgements" / f"{LAYER}.yaml"
    path.parent.mkdir(exist_ok=True)
    write_atomically(path, (HEAD + "".join(lines) + out.getvalue()).encode("utf-8"))
    return path


def article_in(project: Project, document: Document, outlet: str = "", date: str = "") -> Article:
    """A document as an article of this project; one that was read before keeps its name."""
    taken = {name: source.sha256 for name, source in evidence_of(project).sources.items()}
    return article_of(document, taken, outlet, date)


def accept_and_run(
    situation: str | Path | None, names: Sequence[str], by: str, note: str = "", *, run: bool = True,
    foresight: bool = False, draws: int = 256, told: Told = lambda text: None,
) -> tuple[list[str], dict[str, Any]]:  # fmt: skip
    """Accept proposals, and say what moved between before and after: in words, and as plain data.

    Raises as `accept` does, and `InputRefused` where a change does not fit the situation; then nothing is accepted.
    """
    from realpolitik.analyses.moved import sentences  # noqa: PLC0415
    from realpolitik.project import open_project  # noqa: PLC0415

    project = open_project(situation, draws=draws, judgements=_layers(situation))
    folder = own_folder(project)
    claims, changes = proposals(folder)
    chosen = [changes[name] for name in names if name in changes]
    layers = [_tried(step) for step in chosen]
    moves, asked = answered(project, layers if run else [], told, foresight)
    if layers and not run:
        laid_over(project, [merged(layers)])
    accept(folder, names, "accepted", by, {}, note)
    whys = [_why(step, claims) for step in chosen]
    lines = [f"{', '.join(names)}: accepted."]
    lines += [f"Written to {LAYER}.yaml of judgements: use --judgements {LAYER}."] if chosen else []
    lines += (
        list(sentences(moves, whys, asked))
        if run and chosen
        else []
        if chosen
        else ["No input changed: nothing moves."]
    )
    return lines, {"accepted": list(names), "by": by, "moved": [asdict(item) for item in moves], "because": whys}


def _layers(situation: str | Path | None) -> tuple[str, ...]:
    from realpolitik.project.locate import locate  # noqa: PLC0415

    path = locate(situation)
    folder = path if path.is_dir() else path.parent
    return (LAYER,) if (folder / "judgements" / f"{LAYER}.yaml").is_file() else ()


def _tried(step: Step) -> Layer:
    """The change without its claim, which is not accepted yet."""
    from realpolitik.analyses.recognise import layer_of  # noqa: PLC0415

    return layer_of(*(str(step.keys[name]) for name in ("kind", "target", "value", "day")))


def _why(step: Step, claims: Mapping[str, Step]) -> str:
    claim = str(step.keys["because"])
    said = str(claims[claim].keys.get("paraphrase", "")) if claim in claims else str(step.keys["words"])
    return f"{claim}: '{said[:120]}'"
