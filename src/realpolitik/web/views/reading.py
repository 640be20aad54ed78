"""Texts and sheets on their way in: an article read, a first draft of a situation, sheets for several analysts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from realpolitik.errors import QuestionRefused
from realpolitik.results.result import plain
from realpolitik.web import files
from realpolitik.web.state import listed, mapping, text
from realpolitik.web.views.asked import tables
from realpolitik.web.views.results import telling
from realpolitik.web.worker import Job

if TYPE_CHECKING:
    from realpolitik.sources.document import Document

LONGEST = 400_000
DRAWS = 256
RULES = ("quantiles", "linear")


def read(bench: Any, request: Request, body: dict[str, Any]) -> Job:
    """What an article says, what it is to our claims, what would move; kept as proposals where that is wanted."""
    from realpolitik.project import deciding  # noqa: PLC0415
    from realpolitik.project.reading import look, read_article  # noqa: PLC0415

    key = request.path_params["key"]
    desk, own = bench.shelf.desk(key), bench.shelf.entry(key).own
    document = _document(body)
    outlet, date = text(body.get("outlet"), "outlet", 200), text(body.get("date"), "date", 20)

    def job(cancel: Any, tell: Any) -> Iterator[dict[str, Any]]:
        told = telling(cancel, tell)
        project = desk.quick(DRAWS)
        with desk.heeding(cancel):
            article = deciding.article_in(project, document, outlet, date)
            found = look(project, article)
            made = read_article(project, article, seen=found, told=lambda words: told(words, 0, 0))
        data = text(body.get("text"), "text", LONGEST).encode()
        kept = deciding.keep(project, article, data, *found) if own and body.get("keep") is True else None
        rows = [row for row in made.rows if row["row"] != "answer"]
        yield plain({"question": made.question, "sentences": made.sentences, "rows": rows,
                     "kept": vars(kept) if kept else None})  # fmt: skip

    return job


def _document(given: Any) -> Document:
    """A pasted text as a document."""
    from realpolitik.sources.reading import document_of  # noqa: PLC0415

    item = mapping(given, "article")
    written, name = text(item.get("text"), "text", LONGEST), text(item.get("name"), "name", 80).strip()
    if not written.strip():
        raise QuestionRefused("There is no text to read.")
    return document_of(written.encode(), f"{name or 'article'}.txt")


def draft(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """A first draft of a situation, in a folder of its own on the shelf; every size is left to fill in."""
    from realpolitik.project import drafting  # noqa: PLC0415
    from realpolitik.project.reading import article_of  # noqa: PLC0415

    name = text(body.get("name"), "name", 40)
    if not files.NAME.fullmatch(name):
        raise QuestionRefused("A name has small letters, digits and hyphens, for example 'my-case'.")
    if name in bench.shelf.entries() or (bench.shelf.folder / name).exists():
        raise QuestionRefused(f"'{name}' is taken; choose another name.")
    read, taken = [], dict[str, str]()
    for item in listed(body.get("articles"), "articles"):
        document = _document(item)
        if document.sha256 not in taken.values():
            article = article_of(document, taken)
            taken[article.name] = document.sha256
            read.append((article, str(item["text"]).encode()))
    told = drafting.draft(read, bench.shelf.folder / name, dt.date.today().isoformat())
    return {"key": name, "told": [told[0].replace(str(bench.shelf.folder / name), name)]}


def sheet(bench: Any, request: Request, body: dict[str, Any]) -> Job:
    """A blank sheet of the inputs that matter most, or of all."""
    key = request.path_params["key"]
    desk = bench.shelf.desk(key)

    def job(cancel: Any, tell: Any) -> Iterator[dict[str, Any]]:
        from realpolitik.project.elicitation import blank_sheet  # noqa: PLC0415
        from realpolitik.report.sheets import csv_text  # noqa: PLC0415

        with desk.heeding(cancel):
            made = blank_sheet(desk.quick(DRAWS), every=body.get("every") is True, show=body.get("show") is True)
        yield {"file": csv_text(made), "name": f"{key}-sheet.csv", "inputs": len(made) - 1}

    return job


def merge(bench: Any, request: Request, body: dict[str, Any]) -> Job:
    """Several sheets as one layer of judgements, to keep in judgements/; where they differ, by what it moves."""
    from realpolitik.project import dissent, elicitation  # noqa: PLC0415
    from realpolitik.project.layering import laid_over  # noqa: PLC0415
    from realpolitik.report.sheets import read_csv  # noqa: PLC0415

    project = bench.shelf.desk(request.path_params["key"]).project
    rule = text(body.get("rule"), "rule", 20) or RULES[0]
    if rule not in RULES:
        raise QuestionRefused(f"'rule' is {' or '.join(RULES)}.")
    given = [mapping(item, "sheet") for item in listed(body.get("sheets"), "sheets")]
    sheets = {text(item.get("name"), "name", 200): read_csv(text(item.get("text"), "text", LONGEST)) for item in given}

    def job(cancel: Any, tell: Any) -> Iterator[dict[str, Any]]:
        told = telling(cancel, tell)
        told("what each says", 0, 2)
        rows = elicitation.judged(project, sheets)
        said = elicitation.by_input(rows)
        texts = {name: elicitation.pooled(project.model.inputs[name], each, rule) for name, each in said.items()}  # type: ignore[arg-type]
        layer = elicitation.panel_layer(project, rows, rule, dt.date.today().isoformat())  # type: ignore[arg-type]
        laid_over(project, [layer])
        told("what the disputes move", 1, 2)
        found = dissent.ranked(project, dissent.disputes(rows), 8)
        pooled = [{"input": name, "pooled": words} for name, words in texts.items()]
        yield plain({"file": elicitation.panel_text(layer, rows, rule, texts), "name": "panel.yaml",  # type: ignore[arg-type]
                     "sentences": dissent.sentences(found), "tables": tables(pooled)})  # fmt: skip

    return job


VIEWS = (("/api/draft", "POST", draft),)
STREAMS = (
    ("/api/s/{key}/read", read),
    ("/api/s/{key}/elicit/sheet", sheet),
    ("/api/s/{key}/elicit/merge", merge),
)
