"""The fixed parts of a Word file (ECMA-376, part 1): types, relations, styles, and the frames of its documents."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = ("document.main", "styles", "footnotes", "header", "footer")
FILES = ("document", "styles", "footnotes", "header1", "footer1")

TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(
        f'<Override PartName="/word/{file}.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{part}+xml"/>'
        for file, part in zip(FILES, PARTS, strict=True)
    )
    + "</Types>"
)
ROOT = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{KIND}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="r{number}" Type="{KIND}/{kind}" Target="{kind}{suffix}.xml"/>'
        for number, (kind, suffix) in enumerate(
            (("styles", ""), ("footnotes", ""), ("header", "1"), ("footer", "1")), 1
        )
    )
    + "</Relationships>"
)


def _style(name: str, words: str, size: int, more: str = "", spacing: str = '<w:spacing w:after="80"/>') -> str:
    based = "" if name == "Normal" else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{" w:default=" + chr(34) + "1" + chr(34) if not based else ""}>'
        f'<w:name w:val="{words}"/>{based}<w:pPr>{spacing}</w:pPr><w:rPr>{more}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
STYLES = (
    f"{HEAD}<w:styles {W}>"
    + _style("Normal", "Normal", 20, FONT)
    + _style("Title", "Title", 36, "<w:b/>")
    + _style(
        "Heading1",
        "heading 1",
        28,
        "<w:b/>",
        '<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>',
    )
    + _style(
        "Heading2",
        "heading 2",
        23,
        "<w:b/>",
        '<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>',
    )
    + _style(
        "Heading3",
        "heading 3",
        20,
        "<w:b/>",
        '<w:keepNext/><w:spacing w:before="160" w:after="60"/><w:outlineLvl w:val="2"/>',
    )
    + _style("Lead", "Lead", 23)
    + _style("Note", "Note", 17, '<w:color w:val="565F5A"/>')
    + _style("List", "List", 20, "", '<w:spacing w:after="40"/><w:ind w:left="360" w:hanging="240"/>')
    + _style("Cell", "Cell", 16, "", '<w:spacing w:after="0"/>')
    + _style("FootnoteText", "footnote text", 16)
    + "</w:styles>"
)
TABLE = (
    '<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders><w:bottom w:val="single" w:sz="4"/>'
    '<w:insideH w:val="single" w:sz="2" w:color="C9CEC9"/></w:tblBorders></w:tblPr>'
)


def document(body: str) -> str:
    """The main document around its body, A4 with header and footer."""
    page = (
        '<w:sectPr><w:headerReference w:type="default" r:id="r3"/><w:footerReference w:type="default" r:id="r4"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1020" w:bottom="1134" w:left="1020" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    return f"{HEAD}<w:document {W} {R}><w:body>{body}{page}</w:body></w:document>"


def edge(kind: str, words: str) -> str:
    """A header (hdr) or footer (ftr) of one line; `words` are escaped already."""
    line = f'<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    return f"{HEAD}<w:{kind} {W}>{line}</w:{kind}>"


def reference(number: int) -> str:
    """The raised number that stands for a footnote."""
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return f'<w:r>{raised}<w:footnoteReference w:id="{number}"/></w:r>'


def footnotes(notes: Sequence[str]) -> str:
    """The footnotes, numbered from 1; -1 and 0 are the lines between text and notes. Texts are escaped already."""
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for number, kind, mark in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    told = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f"<w:r>{raised}<w:footnoteRef/></w:r>"
        f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(notes, 1)
    )
    return f"{HEAD}<w:footnotes {W}>{rules}{told}</w:footnotes>"
