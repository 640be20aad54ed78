"""Odd conflicts through the command line, against a reading of the same JSON written for this test alone.

States, moves and orders are made anew from the file by loops; only the definitions of stability are shared.
"""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from realpolitik.cli.conflict_commands import register
from realpolitik.games.concepts import CONCEPTS
from realpolitik.games.literal import LiteralGame, Relation

app = typer.Typer()
register(app)
NAMES = ("Ä", "B b", "Ça-δ", "日本")
Data = dict[str, Any]
Vector = tuple[int, ...]


def options(data: Data) -> list[tuple[int, str, int]]:
    """Owner, name and number of levels of every option."""
    return [
        (
            i,
            option if isinstance(option, str) else option["name"],
            2 if isinstance(option, str) else len(option["levels"]),
        )
        for i, maker in enumerate(data["decision_makers"])
        for option in maker["options"]
    ]


def matches(pattern: str, vector: Vector) -> bool:
    fits = {"-": lambda x: True, "N": lambda x: x == 0, "Y": lambda x: x > 0}
    return all(fits.get(c, lambda x, c=c: x == int(c))(x) for c, x in zip(pattern, vector, strict=True))


def states(data: Data) -> dict[str, list[Vector]]:
    sizes = [levels for _, _, levels in options(data)]
    every = [v[::-1] for v in itertools.product(*(range(n) for n in reversed(sizes)))]
    if "state_numbering" in data:
        listed = data["state_numbering"]["states"].items()
        return {label: [v for p in patterns for v in every if matches(p, v)] for label, patterns in listed}
    weights = [1, *itertools.accumulate(sizes, lambda a, b: a * b)]
    kept = [v for v in every if not any(matches(p, v) for p in data.get("infeasible", ()))]
    return {str(sum(x * w for x, w in zip(v, weights, strict=False))): [v] for v in kept}


def moves(data: Data, found: dict[str, list[Vector]]) -> list[list[set[int]]]:
    owned, labels = options(data), list(found)
    oneway = {item["option"]: item["allowed"] for item in data.get("irreversible", ())}

    def may(i: int, old: Vector, new: Vector) -> bool:
        changed = [(k, a, b) for k, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
        way = {"N->Y": lambda a, b: b > a, "Y->N": lambda a, b: b < a}
        return all(owned[k][0] == i and way.get(oneway.get(k, ""), lambda a, b: True)(a, b) for k, a, b in changed)

    out = [
        [
            {t for t, b in enumerate(labels) if t != s and any(may(i, v, w) for v in found[a] for w in found[b])}
            for s, a in enumerate(labels)
        ]
        for i in range(len(data["decision_makers"]))
    ]
    for name, s, t in data.get("removed_moves", ()):
        out[NAMES.index(name)][labels.index(s)].discard(labels.index(t))
    return out


def holds(statement: Any, vector: Vector) -> bool:
    if isinstance(statement, str):
        return matches(statement, vector)
    ((word, parts),) = statement.items()
    if word == "not":
        return not holds(parts, vector)
    told = [holds(part, vector) for part in parts]
    return {"and": all(told), "or": any(told), "if": told[0] or not told[-1], "iff": told[0] == told[-1]}[word]


def relation(order: Data, found: dict[str, list[Vector]]) -> Relation:
    labels = list(found)
    if order["type"] == "prioritized":
        k = len(order["statements"])
        worth = [
            sum(2 ** (k - j) for j, x in enumerate(order["statements"], 1) if holds(x, found[a][0])) for a in labels
        ]
        return Relation.from_ranks(worth)
    place = {
        a: -n for n, tied in enumerate(order["best_to_worst"]) for a in (tied if isinstance(tied, list) else [tied])
    }
    return Relation.from_ranks([place[a] for a in labels])


def nested(rng: random.Random, width: int, depth: int) -> Any:
    if depth == 0:
        return "".join(rng.choice("YN-") for _ in range(width))
    word = rng.choice(["not", "and", "or", "if", "iff"])
    if word == "not":
        return {word: nested(rng, width, depth - 1)}
    return {word: [nested(rng, width, depth - 1) for _ in range(2 if word in ("if", "iff") else rng.randint(1, 3))]}


def odd(seed: int) -> Data:
    """One of: levels, infeasible patterns, one-way and removed moves, merged states; ties, or deep statements."""
    rng = random.Random(seed)
    sizes = rng.choice([[3], [1, 0, 2], [2, 2], [1, 1, 1], [2, 1, 1]])
    names = [iter(f"o{i}{k}" for k in range(n)) for i, n in enumerate(sizes)]
    makers = [{"name": NAMES[i], "options": list(row)} for i, row in enumerate(names)]
    data: Data = {"name": f"odd «{seed}»", "decision_makers": makers}
    width = sum(sizes)
    if seed % 4 == 0:
        makers[0]["options"][0] = {"name": "o00", "levels": ["none", "some", "all"]}
    elif seed % 4 == 1:
        vectors = ["".join(v) for v in itertools.product("NY", repeat=width)]
        rng.shuffle(vectors)
        groups = [vectors[n : n + rng.choice([1, 1, 2])] for n in range(0, len(vectors), 2)]
        data["state_numbering"] = {"states": {f"Zustand {n}": group for n, group in enumerate(groups)}}
    else:
        data["infeasible"] = ["".join(rng.choice("YN-") for _ in range(width)) for _ in range(seed % 3)]
        data["irreversible"] = [
            {"option": k, "allowed": rng.choice(["N->Y", "Y->N"])} for k in range(width) if rng.random() < 0.4
        ]
    return finished(data, rng, width)


def finished(data: Data, rng: random.Random, width: int) -> Data:
    labels = list(states(data))
    if labels and rng.random() < 0.5:
        data["removed_moves"] = [[NAMES[0], rng.choice(labels), rng.choice(labels)] for _ in range(4)]
    data["preferences"] = {}
    for maker in data["decision_makers"]:
        rng.shuffle(labels)
        cuts = sorted({0, len(labels), *(rng.randint(0, len(labels)) for _ in range(len(labels)))})
        ranking = {"type": "ranking", "best_to_worst": [labels[a:b] for a, b in itertools.pairwise(cuts)]}
        deep = {
            "type": "prioritized",
            "statements": [nested(rng, width, rng.randint(1, 6)) for _ in range(rng.randint(1, 5))],
        }
        data["preferences"][maker["name"]] = deep if rng.random() < 0.5 else ranking
    return data


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(48))
def test_what_is_printed_is_what_the_file_says(seed: int, tmp_path: Path) -> None:
    data = odd(seed)
    found = states(data)
    if not found:
        pytest.skip("these patterns leave no state")
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    rule = ("legal-sequences", "once-each", "single-move")[seed % 3]
    done = CliRunner().invoke(app, ["stability", str(path), "--json", "--convention", rule])
    assert done.exception is None, done.exception
    printed = json.loads(done.stdout)
    assert printed["states"] == list(found)
    game = LiteralGame(moves(data, found), [relation(order, found) for order in data["preferences"].values()], rule)
    for concept, rows in game.verdicts().items():
        for name, row in zip(data["preferences"], rows, strict=True):
            assert [printed["per_state"][a][name][concept] for a in found] == row, (concept, name)
    assert set(CONCEPTS) == set(printed["equilibria"])
    members = [m for n in range(1, len(game.moves) + 1) for m in itertools.combinations(range(len(game.moves)), n)]
    for concept, held in printed["coalitions"]["equilibria"].items():
        assert held == [a for s, a in enumerate(found) if all(game.coalition_stable(concept, m, s) for m in members)]
