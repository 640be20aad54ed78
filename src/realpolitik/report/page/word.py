"""The report as a Word file: headings, links within, tables, claims as footnotes; each picture as its table.

Office Open XML (ECMA-376), written with the standard library. The same data gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from realpolitik.report.figures.figure import Table
from realpolitik.report.page import ooxml
from realpolitik.report.page.blocks import Block, Bullets, Fold, Grid, Head, Para, Picture, Span, para
from realpolitik.report.page.sections import sections

STAMP = (1980, 1, 1, 0, 0, 0)


def word_file(data: Mapping[str, Any]) -> bytes:
    """The report of `data` as the bytes of a .docx file."""
    writer = Writer(data.get("evidence", {}).get("claims", {}))
    about = data["about"]
    body = [writer.heading(about["title"], "Title"), writer.block(para(about["notice"], kind="note"))]
    for number, item in enumerate(sections(data), 1):
        body.append(writer.heading(f"{number} {item.title}", "Heading1", item.id))
        body += [writer.block(block) for block in item.blocks]
    parts = {
        "[Content_Types].xml": ooxml.TYPES,
        "_rels/.rels": ooxml.ROOT,
        "word/_rels/document.xml.rels": ooxml.RELATIONS,
        "word/styles.xml": ooxml.STYLES,
        "word/footnotes.xml": ooxml.footnotes(writer.notes),
        "word/header1.xml": ooxml.edge("hdr", clean(about["marking"])),
        "word/footer1.xml": ooxml.edge("ftr", clean(" | ".join(filter(None, (about["marking"], about["notice"]))))),
        "word/document.xml": ooxml.document("".join(body)),
    }
    return packed(parts)


def packed(parts: Mapping[str, str]) -> bytes:
    """Files as a ZIP archive without times of its own."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), text.encode(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def clean(text: str) -> str:
    """Text as XML may hold it: escaped, without control characters.

    >>> clean("a<b" + chr(1))
    'a&lt;b'
    """
    return escape("".join(letter for letter in text if letter >= " " or letter in "\n\t"))


def anchor(name: str) -> str:
    """A bookmark's name for an id: a letter and digits, as Word wants it.

    >>> anchor("why-1") == anchor("why-1"), len(anchor("why-1"))
    (True, 17)
    """
    return f"b{hashlib.sha256(name.encode()).hexdigest()[:16]}"


@dataclass
class Writer:
    """Blocks to WordprocessingML; footnotes are gathered as claims are met, each claim once."""

    claims: Mapping[str, Mapping[str, Any]]
    notes: list[str] = field(default_factory=list)
    cited: dict[str, int] = field(default_factory=dict)
    marks: int = 0

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Para():
                return self.paragraph(block)
            case Bullets(items=items, ordered=ordered):
                signs = (f"{number}. " if ordered else "\u2022 " for number in range(1, len(items) + 1))
                return "".join(self.paragraph(item, sign) for item, sign in zip(items, signs, strict=True))
            case Head(words=words, id=name):
                return self.heading(words, "Heading2", name)
            case Grid(table=table, caption=caption):
                return (self.heading(caption, "Heading3") if caption else "") + self.table(table)
            case Picture(figure=figure):
                return self.heading(figure.title, "Heading3") + self.table(figure.table)
            case Fold(summary=summary, blocks=blocks):
                return self.heading(summary, "Heading3") + self.together(blocks)

    def together(self, blocks: Iterable[Block]) -> str:
        """Blocks one after another."""
        return "".join(self.block(block) for block in blocks)

    def heading(self, words: str, style: str, name: str = "") -> str:
        """A heading with its bookmark."""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{self._marked(name)}{run(words)}</w:p>'

    def paragraph(self, item: Para, sign: str = "") -> str:
        """A paragraph; `sign` stands before a list's item."""
        style = {"lead": "Lead", "note": "Note", "question": "Heading3"}.get(item.kind, "List" if sign else "Normal")
        spans = "".join(map(self.span, item.spans))
        first = run(sign) if sign else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{self._marked(item.id)}{first}{spans}</w:p>'

    def span(self, span: Span) -> str:
        """Words, with a footnote for a claim and a link within the document."""
        told = run(span.words, span.kind)
        if span.claim in self.claims:
            return told + self._footnote(span.claim)
        return f'<w:hyperlink w:anchor="{anchor(span.link)}">{told}</w:hyperlink>' if span.link else told

    def table(self, table: Table) -> str:
        """A table whose first row repeats on each page."""
        head = _row(table.columns, "<w:trPr><w:tblHeader/></w:trPr>", "strong")
        rows = "".join(_row(row) for row in table.rows)
        return f"<w:tbl>{ooxml.TABLE}{head}{rows}</w:tbl><w:p/>"

    def _marked(self, name: str) -> str:
        if not name:
            return ""
        self.marks += 1
        mark = quoteattr(anchor(name))
        return f'<w:bookmarkStart w:id="{self.marks}" w:name={mark}/><w:bookmarkEnd w:id="{self.marks}"/>'

    def _footnote(self, name: str) -> str:
        if name not in self.cited:
            self.cited[name] = len(self.cited) + 1
            claim = self.claims[name]
            hedge = f', "{claim["hedge"]}"' if claim["hedge"] else ""
            self.notes.append(clean(f"{name}: {claim['speaker']}{hedge} ({claim['where']}): {claim['paraphrase']}"))
        return ooxml.reference(self.cited[name])


def run(words: str, kind: str = "") -> str:
    """Some words in one dress."""
    dress = {"strong": "<w:b/>", "soft": '<w:color w:val="565F5A"/>'}.get(kind, "")
    dress = f"<w:rPr>{dress}</w:rPr>" if dress else ""
    return f'<w:r>{dress}<w:t xml:space="preserve">{clean(words)}</w:t></w:r>'


def _row(cells: Sequence[str], properties: str = "", kind: str = "") -> str:
    told = "".join(
        f'<w:tc><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>{run(cell, kind)}</w:p></w:tc>' for cell in cells
    )
    return f"<w:tr>{properties}{told}</w:tr>"
