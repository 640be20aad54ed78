"""Results about evidence as plain text: the walk, names, coverage, key assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.report.claims_text import verdict_words
from realpolitik.report.tables import wrapped
from realpolitik.results.result import Result

Row = Mapping[str, Any]
LISTED = 12


def walk_text(result: Result, width: int = 96) -> str:
    """The documents, paragraph by paragraph."""
    lines: list[str] = []
    titles = {item["id"]: item for item in result.about["documents"]}
    last = ""
    for row in result.rows:
        if row["document"] != last:
            last = str(row["document"])
            lines += [*([""] if lines else []), *_head(titles[last], width)]
        lines += _paragraph(row, width)
    lines += ["", *(line for sentence in result.sentences for line in wrapped(sentence, width, ""))]
    return "\n".join(lines).rstrip()


def _head(document: Row, width: int) -> list[str]:
    title = ", ".join(filter(None, (document["id"].upper(), document.get("outlet"), document.get("date"))))
    lines = wrapped(title, width, "")
    lines += wrapped(str(document.get("title", "")), width, "  ") if document.get("title") else []
    return lines + (wrapped(f"Your copy: {document['copy']}.", width, "  ") if document["copy"] else [])


def _paragraph(row: Row, width: int) -> list[str]:
    place = f"{row['document']}, paragraph {row['paragraph']}"
    if not row["claims"]:
        return ["", *wrapped(f"{place}: no claim. {row['silent'] or 'Nobody has said why.'}", width, "")]
    count = len(row["claims"])
    lines = ["", f"{place}: {count} claim{'s' if count > 1 else ''}, the model rests on {row['modelled']}"]
    return lines + [line for claim in row["claims"] for line in _claim(claim, width)]


def _claim(claim: Row, width: int) -> list[str]:
    head = f"{claim['id']}  {claim['paraphrase']}"
    hedge = f', "{claim["hedge"]}"' if claim["hedge"] else ""
    chain = " > ".join(claim["chain"]) if claim["chain"] else claim["speaker"]
    lines = wrapped(head, width, "  ")
    lines += wrapped(f"said: {chain}{hedge}, graded {claim['grade']}", width, "      ")
    lines += wrapped(f"“{claim['quote']}”", width, "      ") if claim["quote"] else []
    lines += _listed("here:", claim["elements"], width)
    lines += wrapped(f"no entry rests on it: {claim['why_not']}", width, "      ") if claim["why_not"] else []
    if claim["verdict"] != "-":
        same = claim.get("reason") == claim["why_not"]
        said = "untestable" if same and claim["verdict"] == "untestable" else verdict_words(claim)
        lines += wrapped(f"model: {said}", width, "      ")
    return lines


def _listed(lead: str, items: list[str], width: int, most: int = 4) -> list[str]:
    more = [f"and {len(items) - most} more (--json)"] if len(items) > most else []
    return [line for item in (*items[:most], *more) for line in wrapped(f"{lead} {item}", width, "      ")]


def find_text(result: Result, width: int = 96) -> str:
    """What a name is here."""
    return "\n".join(line for row in result.rows for line in _found(row, width)).rstrip()


def _found(row: Row, width: int) -> Iterator[str]:
    yield from wrapped(f"{row['name']}: {row['what']}", width, "")
    if row["why_absent"]:
        yield from wrapped(f"Not in the model: {row['why_absent']}", width, "  ")
    elif not row["acts"]:
        yield "  In no entry of the model."
    lead = {"acts": "Where it acts", "named": "Where it is here", "speaks": "What rests on it"}[row["role"]]
    if row["acts"]:
        yield f"  {lead}"
    for label in row["acts"][:LISTED]:
        yield from wrapped(label, width, "    ")
    if len(row["acts"]) > LISTED:
        yield f"    and {len(row['acts']) - LISTED} more (--json)"
    if row["claims"]:
        places = "; ".join(f"{name} {', '.join(map(str, found))}" for name, found in row["paragraphs"].items())
        yield from wrapped(f"Claims (paragraphs: {places})", width, "  ")
    for claim in row["claims"][:LISTED]:
        hedge = f', "{claim["hedge"]}"' if claim["hedge"] else ""
        yield from wrapped(f"{claim['id']}  {claim['speaker']}{hedge}: {claim['paraphrase']}", width, "    ")
    if len(row["claims"]) > LISTED:
        yield f"    and {len(row['claims']) - LISTED} more (--json)"
    yield ""


def coverage_text(result: Result, width: int = 96) -> str:
    """Both counts, then what no entry of the model rests on, with the reason."""
    lines = [line for sentence in result.sentences for line in wrapped(sentence, width, "")]
    loose = [row for row in result.rows if row["of"] == "claim" and row["covered_by"] != "entries of the model"]
    if loose:
        lines += ["", "CLAIMS ON WHICH NO ENTRY RESTS"]
    for row in loose:
        by = f"covered by {row['covered_by']}"
        reason = (
            f": {row['why_not']}" if row["why_not"] else f" ({len(row['by'])}): {row['by'][0]}" if row["by"] else ""
        )
        lines += wrapped(f"{row['id']}  {by}{reason}", width, "  ")
    unsigned = [row for row in result.rows if row["covered_by"] == "nobody"]
    lines += ["", "INPUTS NOBODY STANDS BEHIND"] if unsigned else []
    lines += [line for row in unsigned for line in wrapped(f"{row['id']}  {row['at']}", width, "  ")]
    return "\n".join(lines)


def assumptions_text(result: Result, width: int = 96, every: bool = False) -> str:
    """The judgements told apart from chance (or all of them), then how many are not."""
    lines = wrapped(result.sentences[0], width, "")
    telling = [row for row in result.rows if row["told_apart"]]
    for rank, row in enumerate(telling, 1):
        signed = ", ".join(filter(None, (row["author"] or "unsigned", row["date"])))
        lines += ["", *wrapped(f"{rank}  {row['input']}  {row['value']}", width, "")]
        lines += wrapped(f"answer {row['answer']}, {row['asked']}: {effect(row)}", width, "   ")
        lines += wrapped(f"{signed}, {row['at']}", width, "   ")
    fixed = sum(bool(row.get("fixed")) for row in result.rows)
    rest = len(result.rows) - len(telling) - fixed
    for row in (row for row in result.rows if every and not row["told_apart"]):
        signed = ", ".join(filter(None, (row["author"] or "unsigned", row["date"], row["at"])))
        lines += wrapped(f"-  {row['input']}  {row['value']}  ({signed})", width, "")
    told = (
        f"{rest} more vary without being told apart from chance at this number of draws; {fixed} are single numbers, "
        f"which no draw varies{'' if every else ' (--all lists them)'}."
    )
    lines += ["", *wrapped(told, width, "")]
    return "\n".join(lines)


def effect(row: Row) -> str:
    """How far an answer moves from the lower to the upper third of an input."""
    scale = 100.0 if row["unit"] in ("probability", "share") else 1.0
    unit = "percentage points" if scale == 100.0 else row["unit"]
    return f"{scale * row['swing']:+.3g} {unit} low to high third (rank correlation {row['correlation']:+.2f})"
