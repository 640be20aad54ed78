"""Reading documents: words kept, hostile files refused."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.errors import InputRefused
from realpolitik.sources.document import document_from_text, split_paragraphs
from realpolitik.sources.folding import fold
from realpolitik.sources.readers.pdf import read_pdf
from realpolitik.sources.reading import Limits, read_document

HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def docx(body: str, head: str = HEAD) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", head + body + "</w:body></w:document>")
    return out.getvalue()


def pdf(stream: bytes, filters: str = "") -> bytes:
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n" % (len(stream), filters.encode()) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    xref = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % xref
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + tail


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@given(st.text(alphabet=st.sampled_from("ab \u00a0\u00ad\u201c\u2019\u2026\r\n\ufb03\u202e\u2028"), max_size=60))
def test_every_folded_character_knows_its_original(text: str) -> None:
    folded = fold(text)
    assert len(folded.starts) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    for at, char in enumerate(folded.text):
        start, end = folded.to_original(at, at + 1)
        assert char in fold(text[start:end] if text[start] != "\r" else "\n").text


@given(st.text(alphabet="ab \n\r", max_size=40))
def test_paragraphs_are_the_lines_with_words(text: str) -> None:
    found = split_paragraphs(text)
    assert [text[p.start : p.end] for p in found] == [line.strip() for line in io_lines(text) if line.strip()]
    assert [p.number for p in found] == list(range(1, len(found) + 1))


def io_lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def test_text_and_markdown_are_kept_to_the_letter(tmp_path: Path) -> None:
    words = "Aland\u00a0said \u201cno\u201d.\r\n\r\nSecond."
    document = read_document(put(tmp_path, "a.md", words.encode()))
    assert document.text == words
    assert document.media_type == "text/markdown"
    assert [p.line for p in document.paragraphs] == [1, 3]


def test_a_page_gives_its_article_without_menus(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Ore talks</title><script>alert(1)</script></head><body><nav>Home</nav><article>"
        "<h1>Ore talks</h1>" + "<p>The minister said the talks had failed after two days of bargaining.</p>" * 4
    ) + "</article><footer>Imprint</footer></body></html>"
    document = read_document(put(tmp_path, "a.html", page.encode()))
    assert "talks had failed" in document.text
    assert not {"alert", "Home", "Imprint"} & set(document.text.replace("(", " ").split())
    assert document.metadata["title"] == "Ore talks"


def test_word_documents_give_paragraphs(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>One &amp; two.</w:t></w:r></w:p><w:p><w:r><w:t>Three.</w:t></w:r></w:p>"
    document = read_document(put(tmp_path, "a.docx", docx(body)))
    assert [document.text[p.start : p.end] for p in document.paragraphs] == ["One & two.", "Three."]


def test_pdf_gives_its_text(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    document = read_document(put(tmp_path, "a.pdf", pdf(b"BT /F1 12 Tf 50 700 Td (The talks failed.) Tj ET")))
    assert document.text == "The talks failed."


def test_pdf_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputRefused, match=r"realpolitik\[documents\]"):
        read_pdf(pdf(b"BT ET"), "a.pdf", Limits())


def test_pdf_bomb_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    bomb = zlib.compress(zlib.compress(b"(a)Tj " * 40_000_000, 9), 9)
    path = put(tmp_path, "bomb.pdf", pdf(bomb, "/Filter[/FlateDecode/FlateDecode]"))
    with pytest.raises(InputRefused):
        read_document(path, Limits(seconds=20, characters=1_000_000))


def test_zip_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="unpack"):
        read_document(put(tmp_path, "bomb.docx", docx("<w:p/>" + " " * 30_000_000)))


def test_billion_laughs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="entities"):
        read_document(put(tmp_path, "l.docx", docx("&a;", '<!DOCTYPE x [<!ENTITY a "ha">]>' + HEAD)))


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"%PDF-1.7 broken", docx("<w:p>"), b"a\x00b", b"a\xffb"])
def test_broken_files_are_refused_with_a_reason(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        read_document(put(tmp_path, "broken", data))
    assert caught.value.findings[0].hint


def test_other_archives_and_damaged_members_are_refused(tmp_path: Path) -> None:
    good = bytearray(docx("<w:p><w:r><w:t>" + "Words. " * 50 + "</w:t></w:r></w:p>"))
    good[60:80] = b"\xff" * 20
    with pytest.raises(InputRefused):
        read_document(put(tmp_path, "damaged.docx", bytes(good)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../evil.txt", "x")
    with pytest.raises(InputRefused, match="no Word document"):
        read_document(put(tmp_path, "other.docx", out.getvalue()))
    assert not (tmp_path.parent.parent / "evil.txt").exists()


def test_large_files_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as handle:
        handle.truncate(200_000_000)
    with pytest.raises(InputRefused, match="200,000,000"):
        read_document(path)


def test_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    for name in (tmp_path, tmp_path / "none.txt", "a\x00b"):
        with pytest.raises(InputRefused):
            read_document(name)


@pytest.mark.skipif(os.name == "nt", reason="named pipes")
def test_a_pipe_is_refused_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputRefused, match="regular"):
        read_document(tmp_path / "pipe")


def test_deeply_nested_pages_are_read_without_a_crash(tmp_path: Path) -> None:
    page = "<html><body>" + "<div>" * 100_000 + "Deep words." + "</div>" * 100_000
    document = read_document(put(tmp_path, "deep.html", page.encode()))
    assert document.text == "Deep words."
    assert "deep" in document.notes[0]


def test_direction_controls_are_told_and_ignored() -> None:
    document = document_from_text("Al\u202eand said no.")
    assert "U+202E" in document.notes[0]
    assert document.canonical.text == "Aland said no."
