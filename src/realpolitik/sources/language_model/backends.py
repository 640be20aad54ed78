"""Who answers: an OpenAI-compatible endpoint, Anthropic's, or an answer that was kept.

One request over HTTPS (plain HTTP only to this machine or a private address), no redirects, limits on time and size.
The key comes from the environment variable RPOL_MODEL_KEY and is kept nowhere.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from realpolitik.errors import QuestionRefused
from realpolitik.sources.language_model.asking import SCHEMA, TASK

KEY = "RPOL_MODEL_KEY"
LARGEST = 4_000_000
TOKENS = 16_000


class Backend(Protocol):
    """Something that answers a message with a text."""

    def answer(self, message: str) -> str:
        """The raw answer."""


@dataclass(frozen=True)
class Replay:
    """An answer that was kept, or written by hand for a test."""

    kept: str

    def answer(self, message: str) -> str:
        """The same answer, whatever is asked."""
        return self.kept


@dataclass(frozen=True)
class OpenAI:
    """Any endpoint with `/chat/completions` (local servers too)."""

    endpoint: str
    model: str
    seconds: float = 120.0

    def answer(self, message: str) -> str:
        """Raises `QuestionRefused` where nothing usable comes back."""
        shape = {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": SCHEMA}}
        said = [{"role": "system", "content": TASK}, {"role": "user", "content": message}]
        body = {"model": self.model, "messages": said, "temperature": 0, "response_format": shape}
        key = os.environ.get(KEY, "")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        found = posted(f"{self.endpoint.rstrip('/')}/chat/completions", body, headers, self.seconds)
        return _dug(found, "choices", 0, "message", "content")


@dataclass(frozen=True)
class Anthropic:
    """The Messages interface; the answer comes as the input of a tool with our schema."""

    endpoint: str
    model: str
    seconds: float = 120.0

    def answer(self, message: str) -> str:
        """Raises `QuestionRefused` where nothing usable comes back."""
        tool = {"name": "claims", "description": "Record the attributed statements.", "input_schema": SCHEMA}
        body = {
            "model": self.model, "max_tokens": TOKENS, "system": TASK, "tools": [tool],
            "tool_choice": {"type": "tool", "name": "claims"}, "messages": [{"role": "user", "content": message}],
        }  # fmt: skip
        headers = {"x-api-key": os.environ.get(KEY, ""), "anthropic-version": "2023-06-01"}
        found = posted(f"{self.endpoint.rstrip('/')}/v1/messages", body, headers, self.seconds)
        parts = found.get("content", []) if isinstance(found, dict) else []
        used = [part.get("input") for part in parts if isinstance(part, dict) and part.get("type") == "tool_use"]
        if not used:
            raise QuestionRefused("The model's answer has no structured part. Ask again, or another model.")
        return json.dumps(used[0], ensure_ascii=False)


def host_of(endpoint: str) -> str:
    """The host an endpoint names. Raises `QuestionRefused` unless it is HTTPS, or HTTP to a private address.

    >>> host_of("http://localhost:8080/v1"), host_of("https://api.example.org/v1")
    ('localhost', 'api.example.org')
    """
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query:
        raise QuestionRefused(f"'{endpoint[:80]}' is no endpoint: expected https://HOST/PATH.")
    if parts.scheme == "http" and not is_near(host):
        raise QuestionRefused(f"'{endpoint[:80]}' would send the text in the open: use https.")
    return host


def is_near(host: str) -> bool:
    """True for this machine and private addresses.

    >>> is_near("127.0.0.1"), is_near("192.168.0.9"), is_near("example.org")
    (True, True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_private
    except ValueError:
        return False


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **more: Any) -> None:
        """Never: the text was promised to one host."""


def posted(url: str, body: Any, headers: dict[str, str], seconds: float) -> Any:
    """The JSON that comes back. Raises `QuestionRefused` with the reason where none does."""
    host = host_of(url)
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    request = urllib.request.Request(url, data, {**headers, "Content-Type": "application/json"})
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=seconds) as answer:
            raw = answer.read(LARGEST + 1)
    except urllib.error.HTTPError as problem:
        more = f"  Set {KEY} to your key." if problem.code in (401, 403) else ""
        raise QuestionRefused(f"{host} refused: HTTP {problem.code}.{more}") from None
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise QuestionRefused(f"{host} cannot be asked: {problem}.") from None
    if len(raw) > LARGEST:
        raise QuestionRefused(f"{host} answers with more than {LARGEST:,} bytes; nothing was read.")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise QuestionRefused(f"{host} answers with no JSON. Is the endpoint right?") from None


def _dug(found: Any, *path: str | int) -> str:
    try:
        for step in path:
            found = found[step]
    except (LookupError, TypeError):
        found = None
    if not isinstance(found, str):
        raise QuestionRefused("The model's answer has no text. Ask again, or another model.")
    return found
