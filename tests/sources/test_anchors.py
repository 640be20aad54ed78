"""Anchors hold words to their place; snapshots hold documents to their bytes."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.errors import InputRefused
from realpolitik.sources.anchors import Status, anchor, anchor_from_dict, find_quote, reanchor, verify
from realpolitik.sources.atomic import write_atomically
from realpolitik.sources.document import Document, document_from_text
from realpolitik.sources.snapshot import SnapshotFolder

TEXT = "The envoy said the ore would come. The council heard him. The ore did not come."


def made(text: str = TEXT, quote: str = "the ore would come") -> tuple[Document, int, int]:
    return document_from_text(text), text.index(quote), text.index(quote) + len(quote)


def test_found_in_place_and_with_other_typography() -> None:
    document, start, end = made("He said \u201cwe\u00a0won\u2019t\u201d, twice.", "we\u00a0won\u2019t")
    kept = anchor(document, start, end)
    assert verify(kept, document).status is Status.FOUND
    assert verify(kept, document_from_text('He said "we won\'t", twice.')).status is Status.FOUND


def test_moved_is_reported_and_never_silently_followed() -> None:
    document, start, end = made()
    kept = anchor(document, start, end, keep_words=False)
    later = document_from_text("A new first line. " + TEXT)
    report = verify(kept, later)
    assert (report.status, report.anchor) == (Status.MOVED, kept)
    assert report.places == ((start + 18, end + 18),)
    assert verify(reanchor(report, later), later).status is Status.FOUND


def test_ambiguous_and_lost() -> None:
    document, start, end = made()
    kept = anchor(document, start, end)
    twice = document_from_text("x the ore would come y. z the ore would come w.")
    assert verify(kept, twice).status is Status.AMBIGUOUS
    assert len(verify(kept, twice).places) == 2
    lost = verify(kept, document_from_text(TEXT.replace("would", "will")))
    assert lost.status is Status.LOST
    with pytest.raises(InputRefused):
        reanchor(lost, document)


def test_context_tells_repeated_words_apart() -> None:
    text = "The first of them said yes to it at once. Two others said yes to that. Three said yes to all."
    start = text.index("yes to that")
    kept = anchor(document_from_text(text), start, start + 3)
    later = "Zero began. " + text
    report = verify(kept, document_from_text(later))
    assert (report.status, report.places[0][0]) == (Status.MOVED, start + 12)


def test_no_words_are_kept_unless_wanted() -> None:
    document, start, end = made()
    bare = anchor(document, start, end, keep_words=False)
    assert "ore" not in str(bare.as_dict())
    assert [item["type"] for item in bare.selectors()] == ["TextPositionSelector"]
    assert anchor(document, start, end).selectors()[1]["exact"] == "the ore would come"
    assert anchor_from_dict(bare.as_dict()) == bare


@given(st.text(alphabet="ab \u00a0\u201c\u00ad", min_size=3, max_size=30), st.data())
def test_an_anchor_always_verifies_on_its_own_document(text: str, data: st.DataObject) -> None:
    document = document_from_text(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if fold_empty(text[start:end]):
        with pytest.raises(InputRefused):
            anchor(document, start, end)
    else:
        assert verify(anchor(document, start, end), document).status is Status.FOUND


def fold_empty(words: str) -> bool:
    return not words.replace("\u00ad", "")


def test_quotes_are_found_literally_only() -> None:
    document = document_from_text("He said \u201cno\u201d and \u201cno\u201d.")
    assert len(find_quote(document, '"no"')) == 2
    assert find_quote(document, '"No"') == ()


def keep(folder: Path, name: str = "a.txt", words: bytes = b"Some words.") -> tuple[SnapshotFolder, str]:
    store = SnapshotFolder(folder)
    digest = sha256(words).hexdigest()
    store.add(Document(name, words.decode(), digest), words)
    return store, digest


def test_snapshots_come_back_and_twice_is_once(tmp_path: Path) -> None:
    store, digest = keep(tmp_path)
    keep(tmp_path)
    assert [item.sha256 for item in store] == [digest]
    assert store.get(digest[:12]).text == "Some words."
    assert store.verify() == ()


def test_names_like_paths_write_nothing_outside(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    store, _ = keep(project, "../../outside.txt")
    assert [item.name for item in store] == ["outside.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["project"]


def test_changed_snapshots_are_told(tmp_path: Path) -> None:
    store, digest = keep(tmp_path)
    (tmp_path / "sources" / digest / "original").write_bytes(b"Other words.")
    (tmp_path / "sources" / digest / "text").write_bytes(b"Other words.")
    assert [problem.message for problem in store.verify()] == [
        "a.txt: the kept bytes have changed.",
        "a.txt: the kept text has changed.",
    ]


def test_a_linked_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "sources").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputRefused, match="link"):
        keep(tmp_path)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept"
    write_atomically(path, b"old")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["kept"]


@pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX")
def test_who_may_read_a_file_is_left_to_the_umask_and_then_as_it_was(tmp_path: Path) -> None:
    plain, kept = tmp_path / "plain", tmp_path / "kept"
    plain.write_bytes(b"")
    write_atomically(tmp_path / "new", b"new")
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode
    kept.write_bytes(b"")
    kept.chmod(0o640)
    write_atomically(kept, b"new")
    assert kept.stat().st_mode & 0o777 == 0o640
