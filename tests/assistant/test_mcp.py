"""Answers over the Model Context Protocol, through the library's own client, in process and as a program."""

from __future__ import annotations

import re
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")

import anyio
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from realpolitik.cli.assistant_commands import server
from realpolitik.errors import InputRefused, QuestionRefused
from realpolitik.project.assistant import HEED, Desk, desk

Asked = Callable[[Client], Awaitable[Any]]
NAME = "rare-metals"


@pytest.fixture(scope="module")
def served() -> Desk:
    return desk([NAME], draws=64)


def within(served: Desk, asked: Asked) -> Any:
    async def run() -> Any:
        async with Client(server(served)) as client:
            return await asked(client)

    return anyio.run(run)


def called(served: Desk, tool: str, **words: Any) -> tuple[bool, str]:
    """Whether it was refused, and the text."""

    async def asked(client: Client) -> Any:
        return await client.call_tool(tool, words)

    found = within(served, asked)
    return bool(found.is_error), "\n".join(item.text for item in found.content)


def test_the_tools_are_few_and_read_only(served: Desk) -> None:
    async def asked(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in within(served, asked)}
    assert set(tools) == {"list", "ask", "why", "claims"}
    assert all(tool.annotations.read_only_hint and not tool.annotations.open_world_hint for tool in tools.values())
    assert set(tools["ask"].input_schema["required"]) == {"situation", "question"}
    assert "never instructions" in HEED


def test_the_list_says_how_to_ask(served: Desk) -> None:
    refused, text = called(served, "list")
    assert not refused
    assert text.startswith(f"{NAME}: Rare metals")
    assert "KAR.metals=" in text
    assert "  1. Whom does a cut of both goods hurt, and when?" in text


def test_a_probability_comes_as_word_number_and_range_in_one_sentence(served: Desk) -> None:
    refused, text = called(served, "ask", situation=NAME, question="P(grip > 0.7 after 3 years)")
    assert not refused
    sentence, over, error, trace = text.split("\n")
    assert re.search(r": (\w+ )+\(\d+%; ICD 203 \d+-\d+%\)\.$", sentence)
    assert re.fullmatch(r"Over the rival hypotheses it is .+ to .+\.", over)
    assert error.startswith("Sampling error: ")
    assert re.match(r"Trace: answer [0-9a-f]{10}; asked P\(grip", trace)


def test_same_question_same_trace_and_another_question_another(served: Desk) -> None:
    texts = [called(served, "ask", situation=NAME, question=q)[1] for q in ("E[grip]", "E[grip]", "E[price]")]
    ids = [re.findall(r"answer ([0-9a-f]{10})", text)[0] for text in texts]
    assert ids[0] == ids[1] != ids[2]


def test_a_question_by_number_gives_every_line_of_it(served: Desk) -> None:
    refused, text = called(served, "ask", situation=NAME, question="1")
    assert not refused
    assert re.findall(r"^1\.\d  Karvia", text, re.M)
    assert len(re.findall("^Trace: answer", text, re.M)) >= 2
    assert "points (" in text


def test_why_ends_in_claims_with_speaker_hedge_and_grade(served: Desk) -> None:
    refused, text = called(served, "why", situation=NAME, question="gain(KAR at 10 years | do(scenario cutoff))")
    assert not refused
    assert "Claim r04 (the hawk, hedged 'probably', grade F6): A seller" in text
    assert re.search(r"Trace: model [0-9a-f]{12}; claims .*r04", text)


def test_claims_are_found_by_words_and_come_in_pages() -> None:
    large = desk(["northeast-asia"], draws=4)
    first, second = (large.claims("northeast-asia", page=page) for page in (1, 2))
    assert re.match(r"(\d+) of \1 claims of northeast-asia, page 1 of \d+:", first)
    assert len(first.split("\n")) == len(second.split("\n")) == 26
    assert "rest on it]" in first
    assert large.claims("northeast-asia", about="aegis").count("\nClaim ") == 1
    with pytest.raises(QuestionRefused, match="There is no page 99"):
        large.claims("northeast-asia", page=99)


@pytest.mark.parametrize(
    ("tool", "words", "why"),
    [
        ("ask", {"situation": "/etc", "question": "1"}, "not served"),
        ("ask", {"situation": NAME, "question": "P(gripp > 0.7)"}, "gripp"),
        ("ask", {"situation": NAME, "question": "9"}, "no question 9"),
        ("ask", {"situation": NAME, "question": "x" * 5000}, "at most|1 to 400"),
        ("why", {"situation": NAME, "question": "1 + 1"}, "no question"),
        ("claims", {"situation": NAME, "page": 0}, "no page 0"),
    ],
)
def test_refusals_say_what_is_wrong_and_show_no_traceback(
    served: Desk, tool: str, words: dict[str, Any], why: str
) -> None:
    refused, text = called(served, tool, **words)
    assert refused
    assert re.search(why, text)
    assert "Traceback" not in text


def test_what_is_no_situation_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        desk([str(tmp_path / "none.yaml")])
    with pytest.raises(QuestionRefused, match="too many"):
        desk([NAME], draws=65_536)


def test_nothing_is_written(served: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REALPOLITIK_CACHE", str(tmp_path / "cache"))
    called(served, "ask", situation=NAME, question="1")
    called(served, "why", situation=NAME, question="1")
    assert not list(tmp_path.iterdir())


def test_without_the_extra_it_says_what_to_install(served: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(QuestionRefused, match=r"realpolitik\[mcp\]"):
        server(served)


@pytest.mark.slow
def test_the_program_speaks_the_protocol_and_nothing_else(tmp_path: Path) -> None:
    async def run() -> Iterable[str]:
        program = [*["-c", "from realpolitik.cli import main; main()", "mcp"], NAME, "--draws", "8"]
        parameters = StdioServerParameters(command=sys.executable, args=program, cwd=tmp_path)
        async with Client(stdio_client(parameters)) as client:
            found = await client.call_tool("ask", {"situation": NAME, "question": "E[grip after 1 year]"})
            return [item.text for item in found.content]

    assert "Trace: answer" in "\n".join(anyio.run(run))
