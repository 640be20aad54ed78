"""The fuzz targets work: seeds are read, and what once did harm does none any more."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from fuzz.targets import FOUND, TARGETS, Target, harm

KEPT = sorted(path for path in FOUND.glob("*/*") if path.is_file())
NEEDS = {"pdf": "pypdf", "html": "trafilatura"}


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_read(name: str) -> None:
    seeds = list(TARGETS[name].seeds())
    assert seeds
    assert all(len(seed) <= 4 * TARGETS[name].longest for seed in seeds)
    assert not [problem for seed in seeds if (problem := harm(TARGETS[name], seed)) is not None]


@pytest.mark.parametrize("name", [name for name in TARGETS if find_spec(NEEDS.get(name, "json"))])
def test_a_seed_gets_through(name: str) -> None:
    """At least one seed is accepted: mutation begins behind the first gate."""
    assert any(_accepted(TARGETS[name], seed) for seed in TARGETS[name].seeds())


def _accepted(target: Target, seed: bytes) -> bool:
    try:
        target.fed(seed)
    except Exception:
        return False
    return True


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_did_harm_does_none(path: object) -> None:
    assert harm(TARGETS[path.parent.name], path.read_bytes()) is None  # type: ignore[attr-defined]


def test_harm_is_seen() -> None:
    def broken(data: bytes) -> None:
        raise KeyError(data)

    assert isinstance(harm(Target(broken), b"x"), KeyError)
