"""One hash for what a situation says, whatever its layout, comments and order of sections."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from realpolitik.claims.written.nodes import MapNode, to_data
from realpolitik.language.quantity import Quantity
from realpolitik.situation.keys import SECTIONS


def canonical_text(root: MapNode, credences: Mapping[str, Quantity]) -> str:
    """The meaning of all layers as text: sections in the order of the format, notes left out, spacing made one."""
    data = to_data(root)
    assert isinstance(data, dict)
    ordered = [
        [section.name, data[section.name]] for section in SECTIONS if section.name in data and section.name != "note"
    ]
    claims = {name: [item.text, round(item.low, 12), round(item.high, 12)] for name, item in credences.items()}
    return json.dumps([ordered, claims], ensure_ascii=False, separators=(",", ":"))


def digest_of(root: MapNode, credences: Mapping[str, Quantity]) -> str:
    """SHA-256 (hexadecimal) of the canonical text.

    >>> from realpolitik.claims.written.nodes import from_data
    >>> digest_of(from_data({"situation": "a", "note": "x"}), {}) == digest_of(from_data({"situation": "a"}), {})
    True
    """
    return hashlib.sha256(canonical_text(root, credences).encode()).hexdigest()
