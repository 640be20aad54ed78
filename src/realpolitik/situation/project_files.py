"""Which files make one situation: a single file or a project folder, the layers below it, a state, judgements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import MapNode, Node, TextNode
from realpolitik.claims.written.yaml_text import read_file, refuse
from realpolitik.errors import Position, did_you_mean
from realpolitik.situation.layers import merge

MAIN = "situation.yaml"
DEEPEST = 16
BUNDLED = Path(__file__).resolve().parent.parent / "projects"


@dataclass(frozen=True)
class Files:
    """Everything read: the merged file, the claims (None: no such file), the paths as shown, and each file's author."""

    root: MapNode
    claims: Node | None
    path: str
    layers: tuple[str, ...] = ()
    authors: Mapping[str, Node] = field(default_factory=dict)


def read_files(path: Path, found: Collector, state: str | None = None, judgements: tuple[str, ...] = ()) -> Files:
    """The merged file at `path` (a file, or a folder with situation.yaml), with a state and judgements laid over it.

    `state` is a date of states/DATE.yaml; None means the latest where there is any, "" none at all.

    Raises:
        InputRefused: a file cannot be read at all, or the layers run in a circle.
    """
    folder = path if path.is_dir() else path.parent
    main = path / MAIN if path.is_dir() else path
    if path.is_dir() and not main.is_file():
        refuse(found, f"the folder has no {MAIN}.", Position(shown(path)), "Run 'rpol new' to begin one.")
    authors: dict[str, Node] = {}
    root, layers = _stacked(main, found, (), authors)
    is_project = path.is_dir() or main.name == MAIN
    for extra in _extras(folder, found, state, judgements) if is_project else ():
        over, below = _stacked(extra, found, (), authors)
        root = merge(root, over.without("based_on"), found)
        layers = (*layers, *below)
    mains = (Path(layer) for layer in layers if Path(layer).name == MAIN)
    files = (folder / "claims.yaml", *(main.with_name("claims.yaml") for main in mains))
    claims = next((file for file in files if file.is_file()), None)
    node = read_file(claims, found, shown(claims)) if claims else None
    return Files(root, node, shown(main), layers, authors)


def shown(path: Path) -> str:
    """A path as messages show it: relative to where the command runs, where that is shorter."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _stacked(
    path: Path, found: Collector, above: tuple[Path, ...], authors: dict[str, Node]
) -> tuple[MapNode, tuple[str, ...]]:
    """The file with everything below it (`based_on`) merged, lowest first; `authors` gathers each file's own."""
    node = read_file(path, found, shown(path))
    if not isinstance(node, MapNode):
        refuse(found, "the file is no mapping of keys.", node.position, "Begin with 'situation: TITLE'.")
    assert isinstance(node, MapNode)
    chain = (*above, path.resolve())
    author = node.get("judged_by")
    if author is not None:
        authors[shown(path)] = author
    root, layers = MapNode((), node.position), tuple[str, ...]()
    for name in _below(node, found):
        base = _base(path.parent, name.value)
        _check_base(base, name, chain, found)
        states = sorted((base.parent / "states").glob("*.yaml")) if base.name == MAIN else []
        for part in (base, *states[-1:]):
            lower, names = _stacked(part, found, chain, authors)
            root, layers = merge(root, lower.without("based_on"), found), (*layers, *names)
    if not root.entries:
        return node.without("based_on"), (*layers, shown(path))
    return merge(root, node.without("based_on"), found), (*layers, shown(path))


def _base(folder: Path, name: str) -> Path:
    """The file a layer lies on: one beside it, a project folder's, or a bundled project's."""
    beside, bundled = (folder / name).resolve(), BUNDLED / name / MAIN
    if beside.is_dir():
        return beside / MAIN
    return bundled if not beside.exists() and bundled.is_file() else beside


def _below(node: MapNode, found: Collector) -> tuple[TextNode, ...]:
    value = node.get("based_on")
    items = () if value is None else (value,) if isinstance(value, TextNode) else getattr(value, "items", ())
    names = tuple(item for item in items if isinstance(item, TextNode) and item.value) if not callable(items) else ()
    if value is not None and not names:
        found.error("'based_on' names no file.", value.position, "Write 'based_on: other.yaml'.", "based_on")
    return names


def _check_base(base: Path, name: TextNode, chain: tuple[Path, ...], found: Collector) -> None:
    if base in chain:
        loop = " -> ".join(item.name for item in (*chain[chain.index(base) :], base))
        refuse(found, f"files are based on each other in a circle: {loop}.", name.position, "Cut it.", "loop")
    if len(chain) >= DEEPEST:
        refuse(found, f"more than {DEEPEST} layers.", name.position, "Merge some of them.", "loop")
    if not base.is_file():
        near = [item.name for item in base.parent.glob("*.yaml")] if base.parent.is_dir() else []
        refuse(found, f"there is no file '{name.value}'.", name.position, did_you_mean(name.value, near), "based_on")


def _extras(folder: Path, found: Collector, state: str | None, judgements: tuple[str, ...]) -> list[Path]:
    states = sorted((folder / "states").glob("*.yaml"))
    chosen = [states[-1]] if states and state is None else []
    if state:
        chosen = [_named(folder / "states", state, found, "state")]
    return chosen + [_named(folder / "judgements", name, found, "judgement") for name in judgements]


def _named(folder: Path, name: str, found: Collector, what: str) -> Path:
    path = folder / f"{name}.yaml"
    if not path.is_file():
        known = [item.stem for item in folder.glob("*.yaml")]
        hint = did_you_mean(name, known) or f"There are: {', '.join(sorted(known)) or 'none'}."
        refuse(found, f"there is no {what} '{name}'.", Position(shown(folder)), hint)
    return path
