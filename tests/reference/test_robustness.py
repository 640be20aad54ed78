"""Names and order must not matter; moderate moves of all inputs must not turn the main signs."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from realpolitik.compiled.answers import Estimate, estimate
from realpolitik.compiled.contrasts import Contrast
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.dynamics.tables import Draws
from realpolitik.language.parser import parse_query
from realpolitik.project import Project, open_project
from realpolitik.project.locate import BUNDLED

pytestmark = [pytest.mark.slow, pytest.mark.reference]

TRIO = "TRIO.institution=institutionalised"
STIRRED = (
    "effect",
    "weight_of_interest",
    "price",
    "norm_price",
    "switch",
    "steadiness",
    "hazard",
    "param",
    "likelihood",
)


def asked(ensemble: Ensemble, text: str) -> Estimate:
    return estimate(ensemble, parse_query(text))


def stirred(project: Project, draws: int, share: float) -> Ensemble:
    """Every input at its median times 1 + up to `share` either way, all at once, each draw its own."""
    central = project.model.central()
    dealer = np.random.default_rng(7)
    rows = np.repeat(np.arange(len(central.index)), draws)
    arrays: dict[str, Any] = {item.name: getattr(central, item.name)[rows] for item in fields(Draws)}
    for name in STIRRED:
        arrays[name] = arrays[name] * (1.0 + share * dealer.uniform(-1.0, 1.0, arrays[name].shape))
    for name in ("param", "likelihood", "hazard"):
        arrays[name] = np.clip(arrays[name], 0.0, 1.0)
    arrays["index"] = np.tile(np.arange(draws), len(central.index)).astype(np.int32)
    arrays["weight"] = arrays["weight"] / draws
    ensemble = replace(project.ensemble(), runs={}, known={"draws": Draws(**arrays)}, known_scales={}, store=None)
    ensemble.settings = replace(ensemble.settings, draws=draws)
    return ensemble


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        (f"gain(CHN at 3 years | do({TRIO}))", -1),
        ("gain(UKR at 3 years | do(scenario pact)) - gain(CHN at 3 years | do(scenario pact))", -1),
        ("gain(EUR at 3 years | do(scenario pact)) - gain(CHN at 3 years | do(scenario pact))", -1),
        ("gain(CHN at 10 years | do(USA.rethink=on), under(US rethink: pull back))", 1),
        (
            "E[us_assets after 3 years | do(RUS.reentry=given, xfer_evidence=0.9)]"
            " - E[us_assets after 3 years | do(RUS.reentry=none)]",
            1,
        ),
    ],
)
def test_signs_survive_joint_moves_of_all_inputs_by_a_fifth(case: Project, text: str, sign: int) -> None:
    found = asked(stirred(case, 64, 0.2), text)
    kept = sign * found.values >= -1e-9
    assert float((kept * found.weights).sum()) >= 0.9
    assert sign * found.value > 0


def test_so_does_the_fading_of_the_pact_when_the_war_ends(case: Project) -> None:
    ensemble = stirred(case, 64, 0.2)
    contrast = Contrast(ensemble, case.held("shock war_ends"))
    number = case.model.tables.factors.index("rp_coop")
    change = (contrast.held.factors - contrast.status_quo.factors)[:, 8, number]
    none = 0.005  # where the war ends in both runs (the election) the two differ by less than can be read off
    assert float(((change <= none) * ensemble.draws.weight).sum()) >= 0.9
    assert float((change * ensemble.draws.weight).sum()) < 0


def renamed(folder: Path, seed: int) -> tuple[Path, dict[str, str]]:
    """A copy of the project with actors, institutions and factors under other names, and every section shuffled."""
    dealer = random.Random(seed)
    source = BUNDLED / "northeast-asia"
    yaml = YAML(typ="safe")
    data = yaml.load(source / "situation.yaml")
    state = yaml.load(source / "states" / "2024-07-11.yaml")
    old = [*data["actors"], *data["institutions"], *data["factors"]]
    new = {name: f"{''.join(dealer.choices('BCDFGHJKLMNPQRSTVWXZ', k=3))}q{number}" for number, name in enumerate(old)}
    pattern = re.compile(r"(?<![\w-])(" + "|".join(sorted(map(re.escape, new), key=len, reverse=True)) + r")(?![\w-])")
    folder.mkdir()
    (folder / "states").mkdir()
    for path, content in ((folder / "situation.yaml", data), (folder / "states" / "2024-07-11.yaml", state)):
        path.write_text(pattern.sub(lambda found: new[found[1]], _dumped(_shuffled(content, dealer))), encoding="utf-8")
    shutil.copy(source / "claims.yaml", folder / "claims.yaml")
    return folder, new


def _shuffled(data: dict[str, Any], dealer: random.Random) -> dict[str, Any]:
    """Actors, factors and options in another order (they carry no meaning); scenarios and questions stay."""
    made = dict(data)
    for name in ("actors", "factors", "options", "institutions", "shocks"):
        if name in made:
            items = list(made[name].items())
            dealer.shuffle(items)
            made[name] = dict(items)
    if "influences" in made:
        dealer.shuffle(made["influences"])
    return made


def _dumped(data: dict[str, Any]) -> str:
    from io import StringIO  # noqa: PLC0415

    stream, yaml = StringIO(), YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width, yaml.sort_base_mapping_type_on_output = False, 10_000, False
    yaml.dump(data, stream)
    return stream.getvalue()


@pytest.mark.parametrize("seed", range(20))
def test_names_and_order_do_not_matter(case: Project, tmp_path: Path, seed: int) -> None:
    folder, new = renamed(tmp_path / "other", seed)
    other = open_project(folder, draws=64, cache=False)
    mine = replace(case, settings=replace(case.settings, draws=64), _ensembles={})
    held = f"{new['TRIO']}.institution=institutionalised"
    for actor in ("CHN", "KOR", "USA"):
        first = asked(mine.ensemble(), f"gain({actor} at 3 years | do({TRIO}))")
        second = asked(other.ensemble(), f"gain({new[actor]} at 3 years | do({held}))")
        error = np.hypot(first.error, second.error)
        assert abs(first.value - second.value) < 4.5 * error, (actor, first.value, second.value, error)
