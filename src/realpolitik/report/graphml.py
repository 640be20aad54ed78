"""A network as GraphML (http://graphml.graphdrawing.org), for graph programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.report.page.word import clean

NODE = {"name": "string", "kind": "string", "from": "string", "to": "string"}
EDGE = {
    "kind": "string",
    "sign": "int",
    "size": "double",
    "judgement": "boolean",
    "label": "string",
    "claims": "string",
}
SPACE = "http://graphml.graphdrawing.org/xmlns"


def graphml(nodes: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]], about: Mapping[str, str]) -> str:
    """`nodes` with `id`, `links` with `from` and `to`; `about` (notice, marking, digest) becomes data of the graph.

    >>> "<edge " in graphml([{"id": "a"}, {"id": "b"}], [{"from": "a", "to": "b"}], {})
    True
    """
    keys = "".join(_key("node", name, kind) for name, kind in NODE.items())
    keys += "".join(_key("edge", name, kind) for name, kind in EDGE.items())
    keys += "".join(_key("graph", name, "string") for name in about)
    told = "".join(_data("graph", name, value) for name, value in about.items())
    boxes = "".join(f'<node id="{_quoted(node["id"])}">{_fields("node", node, NODE)}</node>' for node in nodes)
    lines = "".join(
        f'<edge source="{_quoted(link["from"])}" target="{_quoted(link["to"])}">{_fields("edge", link, EDGE)}</edge>'
        for link in links
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><graphml xmlns="{SPACE}">{keys}<graph edgedefault="directed">'
        f"{told}{boxes}{lines}</graph></graphml>"
    )


def _key(of: str, name: str, kind: str) -> str:
    return f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'


def _quoted(text: Any) -> str:
    return clean(str(text)).replace('"', "&quot;")


def _data(of: str, name: str, value: Any) -> str:
    words = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    told = words.lower() if isinstance(value, bool) else words
    return f'<data key="{of}-{name}">{clean(told)}</data>'


def _fields(of: str, item: Mapping[str, Any], keys: Mapping[str, str]) -> str:
    if of == "edge":
        return "".join(_data(of, name, item[name]) for name in keys if name in item)
    return "".join(_data(of, name, item[name]) for name in keys if item.get(name))
