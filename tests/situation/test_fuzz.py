"""No input makes the reader raise anything but a refusal, or take long."""

import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.claims.written import yaml_events, yaml_text
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import MapNode, to_data
from realpolitik.errors import InputRefused
from realpolitik.situation.reader import read_root

GOOD = [path.read_bytes() for path in sorted((Path(__file__).parent / "good").glob("*.yaml"))]
PIECES = [
    *(b": ", b"\n", b"  ", b"- ", b"{", b"}", b"[", b"]", b"'", b'"', b"#", b"&a", b"*a", b"!!x", b"|", b">", b"?"),
    *(b"<<: ", b"\t", b"\0", b"\xff", b"0.5 to 0.1", b"(c1)", b"not ", b"if ", b"---\n", b"%", b"\xe2\x80\xa8"),
    *(b"to ", b"="),
]


def read(data):
    """Read bytes as the command does; the findings, whatever they are."""
    found = Collector()
    try:
        root = yaml_text.read_bytes(data, found, "f.yaml")
        if isinstance(root, MapNode):
            read_root(root, found)
    except InputRefused as refusal:
        return refusal.findings
    return found.sorted()


def checked(data):
    start = time.process_time()
    findings = read(data)
    assert time.process_time() - start < 1
    assert all(item.message and item.position.line >= 0 for item in findings)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes(data):
    checked(data)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5).map(str.encode), max_size=60).map(b"".join))
def test_random_pieces_of_yaml(data):
    checked(data)


@st.composite
def mutations(draw):
    """A good file with up to three places cut out, doubled, or overwritten."""
    data = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        inserted = draw(st.sampled_from(PIECES) | st.just(data[start:end] * 2) | st.just(b""))
        data = data[:start] + inserted + data[end:]
    return data


@settings(max_examples=120, deadline=None)
@given(mutations())
def test_mutated_good_files(data):
    checked(data)


@settings(max_examples=100, deadline=None)
@given(mutations())
def test_both_yaml_readers_agree(data):
    text = data.decode("utf-8", "replace").replace("\0", "")
    if yaml_events._UNSURE.search(text):
        return
    quick = yaml_events.events_in_c(text)
    if quick is None:
        return
    seen = []
    for events in (lambda _: iter(quick), yaml_events.events_in_python):
        yaml_text_events, yaml_text.events = yaml_text.events, events
        found = Collector()
        try:
            seen.append((to_data(yaml_text.read_text(text, found, "f")), found.sorted()))
        except InputRefused as refusal:
            seen.append(("refused", refusal.findings))
        finally:
            yaml_text.events = yaml_text_events
    assert seen[0] == seen[1]
