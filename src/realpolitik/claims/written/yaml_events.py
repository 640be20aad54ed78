"""The event stream of a YAML text: by libyaml where its Python binding is at hand (ten times faster), else in Python.

Both read the same files alike (a test holds them together). What libyaml refuses is read again in Python, which decides
and whose errors are the ones shown, so that messages do not depend on what is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

__all__ = ["YAMLError", "events", "events_in_c", "events_in_python"]

# Where the two could differ (versions, escapes of YAML 1.2 only, rare line breaks), the Python reader decides.
_UNSURE = re.compile(r"^%|\\/|[\x85\u2028\u2029\ufeff\t]|(?:^|[\s,{\[])\?(?:\s|$)|[\[{,]\s*:|:[\]},]", re.MULTILINE)
MOST_EVENTS = 100_000


def events(text: str) -> Iterator[Any]:
    """The events of the text.

    Raises:
        YAMLError: it is no YAML.
    """
    quick = None if _UNSURE.search(text) else events_in_c(text)
    return events_in_python(text) if quick is None else iter(quick)


def events_in_python(text: str) -> Iterator[Any]:
    """The events as ruamel.yaml (YAML 1.2) gives them, one by one."""
    return YAML(typ="safe", pure=True).parse(text)  # type: ignore[no-any-return]


def events_in_c(text: str) -> list[Any] | None:
    """The events as libyaml gives them, at most 100,000; None where it is not at hand or refuses the text."""
    try:
        binding: Any = import_module("yaml")
        loader = binding.CLoader
    except (ImportError, AttributeError):
        return None
    try:
        return list(islice(binding.parse(text, Loader=loader), MOST_EVENTS))
    except binding.YAMLError:
        return None
