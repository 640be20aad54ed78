"""HTML: the words of the article, one block a line; never recursive, so nesting cannot exhaust the stack."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from realpolitik.sources.readers.plain import decode
from realpolitik.sources.reading import Extracted, Limits, Reader, refuse

BLOCKS = re.compile(
    "address|article|aside|blockquote|br|dd|details|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|"
    "nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
SKIPPED = re.compile("aside|button|footer|form|head|iframe|math|nav|noscript|object|script|select|style|svg|template")
DEEP = 200
CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{2,20})", re.I)


def html_reader(encoding: str = "utf-8") -> Reader:
    """A reader of pages in `encoding`; what the page itself declares decides over it."""
    return lambda data, name, limits: read_html(data, name, limits, encoding)


def read_html(data: bytes, name: str, limits: Limits, encoding: str = "utf-8") -> Extracted:
    """The article of a page: found by trafilatura (extra `documents`), else `<article>` or `<main>`.

    Raises InputRefused for pages that cannot be decoded or are too large.
    """
    if len(data) > limits.text_bytes:
        message = f"The page has {len(data):,} bytes; at most {limits.text_bytes:,} are read."
        raise refuse(name, message, "Save the article alone.")
    match = CHARSET.search(data[:4096])
    page = decode(data, name, match.group(1).decode("ascii") if match else encoding)
    collector = _Words()
    collector.feed(page)
    collector.close()
    metadata = {key: value for key, value in collector.metadata.items() if value}
    if collector.deepest <= DEEP and len(data) < 2_000_000:
        article = _article(page)
        if article:
            return Extracted(article, metadata)
    else:
        metadata["reader"] = "plain"
    notes = (f"Elements nest {collector.deepest} deep.",) if collector.deepest > DEEP else ()
    return Extracted(collector.words(), metadata, notes)


def _article(page: str) -> str:
    try:
        import trafilatura  # noqa: PLC0415
    except ImportError:
        return ""
    found = trafilatura.extract(page, include_comments=False, include_tables=True)
    return found if isinstance(found, str) else ""


class _Words(HTMLParser):
    """Collects text block by block, apart for the whole page and for its article or main part."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.metadata: dict[str, str] = {}
        self.deepest = self._depth = self._skip = self._inside = 0
        self._title = False
        self._all: list[str] = []
        self._main: list[str] = []

    def words(self) -> str:
        chosen = "".join(self._main).strip() or "".join(self._all)
        lines = (" ".join(line.split()) for line in chosen.split("\n"))
        return "\n\n".join(line for line in lines if line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            self._meta({key: value or "" for key, value in attrs})
        if tag in {"meta", "link", "img", "input", "br", "hr", "wbr"}:
            self._break(tag)
            return
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        self._title = tag == "title"
        self._skip += SKIPPED.fullmatch(tag) is not None
        self._inside += tag in {"article", "main"}
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._depth = max(0, self._depth - 1)
        self._title = False
        if SKIPPED.fullmatch(tag):
            self._skip = max(0, self._skip - 1)
        self._break(tag)
        if tag in {"article", "main"}:
            self._inside = max(0, self._inside - 1)

    def handle_data(self, data: str) -> None:
        if self._title:
            self.metadata.setdefault("title", " ".join(data.split()))
        if not self._skip:
            self._put(" ".join(data.split("\n")))

    def _break(self, tag: str) -> None:
        if BLOCKS.fullmatch(tag) and not self._skip:
            self._put("\n")

    def _put(self, piece: str) -> None:
        self._all.append(piece)
        if self._inside:
            self._main.append(piece)

    def _meta(self, values: dict[str, str]) -> None:
        key = (values.get("name") or values.get("property") or "").lower()
        wanted = {
            "author": "author",
            "article:published_time": "date",
            "date": "date",
            "og:site_name": "publisher",
        }
        if key in wanted:
            self.metadata.setdefault(wanted[key], values.get("content", "")[:300])
