"""Documents on their way in: a file, a snapshot that is kept already, or, only when asked for, a web address."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.errors import QuestionRefused
from realpolitik.sources.reading import document_of, read_document
from realpolitik.sources.snapshot import SnapshotFolder

if TYPE_CHECKING:
    from realpolitik.sources.document import Document
    from realpolitik.sources.fetching import Fetched, Network
    from realpolitik.sources.snapshot import Snapshot

WEB = re.compile(r"https?://", re.I)
HASH = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True)
class Brought:
    """A document with the bytes it was read from."""

    document: Document
    data: bytes


def is_web(given: str) -> bool:
    """Is this a web address rather than a file?

    >>> is_web("https://example.org/a"), is_web("a.txt")
    (True, False)
    """
    return WEB.match(given) is not None


def brought(given: str | Path, folder: Path | None = None) -> Brought:
    """The document meant by a file name, or by the hash of a snapshot kept in the project's `folder`.

    Raises InputRefused for what cannot be read, QuestionRefused for a web address: nothing is fetched unasked.
    """
    name = str(given)
    if is_web(name):
        raise QuestionRefused(
            f"Nothing is fetched unasked. Keep the page first: rpol sources add {name[:200]} "
            "and then give the hash it prints (8 digits are enough)."
        )
    if folder and HASH.fullmatch(name) and not Path(name).exists():
        kept = SnapshotFolder(folder)
        document = kept.get(name)
        return Brought(document, kept.original(document.sha256))
    document = read_document(given)
    return Brought(document, Path(given).read_bytes())


def fetched(url: str, allow_private: bool = False, network: Network | None = None) -> tuple[Brought, Fetched]:
    """Fetch the document at a web address; where it came from and when is kept with it.

    Raises InputRefused for what may not be fetched, does not come, or cannot be read.
    """
    from realpolitik.sources.fetching import Allowed, fetch  # noqa: PLC0415

    found = fetch(url, Allowed(private=allow_private), network)
    document = document_of(found.data, found.name, encoding=found.charset or "utf-8")
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    about = {**document.metadata, "url": found.final, "fetched": when}
    if found.final != found.url:
        about["asked"] = found.url
    return Brought(replace(document, metadata=about), found.data), found


def kept(folder: Path, item: Brought) -> Snapshot:
    """Keep a snapshot in the project's folder."""
    return SnapshotFolder(folder).add(item.document, item.data)
