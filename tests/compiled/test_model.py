from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from realpolitik.compiled import Model
from realpolitik.compiled.combinations import combinations
from realpolitik.dynamics.tables import Draws, Keeps, Kind, Tables
from realpolitik.language.parser import parse_term


def test_arrays_are_read_only_and_rectangular(strait: Model) -> None:
    draws = strait.draws(0, 16, seed=1)
    for record in (strait.tables, draws):
        for item in fields(record):
            array = getattr(record, item.name)
            if isinstance(array, np.ndarray):
                assert not array.flags.writeable, item.name
    for item in fields(Draws):
        assert len(getattr(draws, item.name)) == 16 * 2, item.name


def test_two_readings_make_two_combinations_with_their_credence(strait: Model) -> None:
    assert [combo.weight for combo in strait.combos] == pytest.approx([0.6, 0.4])
    draws = strait.draws(0, 16, seed=1)
    assert draws.weight.sum() == pytest.approx(1.0)
    assert draws.weight[draws.combination == 0].sum() == pytest.approx(0.6)


def test_a_reading_replaces_the_base_interest_with_its_key(strait: Model) -> None:
    draws = strait.draws(0, 16, seed=1)
    arsenal = [
        number
        for number, fills in enumerate(strait.columns.fills["weight_of_interest"])
        if any(fill.input is not None and fill.input.element == "ALA: arsenal" for fill in fills)
    ]
    assert len(arsenal) == 2
    weights = draws.weight_of_interest[:, arsenal]
    shown, used = draws.combination == 0, draws.combination == 1
    assert (weights[shown, 0] == 0).all()
    assert ((weights[shown, 1] > 0.05) & (weights[shown, 1] < 0.4)).all()
    assert (weights[used, 1] == 0).all()
    assert (weights[used, 0] > 0.6).all()


def test_structure_of_factors(strait: Model) -> None:
    tables = strait.tables
    kind = dict(zip(tables.factors, tables.factor_kind, strict=True))
    assert kind["balance"] == Kind.DERIVED
    assert kind["grain"] == Kind.STOCK
    assert tables.factor_keeps[tables.factors.index("arsenal")] == Keeps.RISES
    start = strait.draws(0, 64, seed=1).start
    assert (start[:, tables.factors.index("grain")] == 0.4).all()
    arsenal = start[:, tables.factors.index("arsenal")]
    assert np.quantile(arsenal, [0.05, 0.95]) == pytest.approx([0.3, 0.5], abs=0.02)


def test_who_is_hidden_from_sees_another_view(strait: Model) -> None:
    tables = strait.tables
    arsenal = tables.factors.index("arsenal")
    views = dict(zip(tables.actors, tables.actor_view, strict=True))
    assert views["ALA"] == 0
    assert views["BOR"] == views["PAT"] == views["ISL"] == 1
    assert tables.view_hidden_factor[:, arsenal].tolist() == [0, 1]
    assert tables.factor_seen_as[arsenal] == tables.factors.index("evidence")


def test_the_dependence_is_share_times_what_is_not_replaced(strait: Model) -> None:
    draws = strait.draws(0, 64, seed=1)
    assert draws.param.shape[1] == 2
    assert (draws.param[:, 0] > 0.4).all()
    assert (draws.param[:, 1] < 0.5).all()


def test_words_of_one_table_are_correlated_by_three_tenths(strait: Model) -> None:
    from realpolitik.compiled.sampling import Sampler  # noqa: PLC0415

    sampler = Sampler(5, np.arange(4096), {})
    pairs = [np.corrcoef(sampler.scored(f"a{i}", "size"), sampler.scored(f"b{i}", "size"))[0, 1] for i in range(12)]
    assert np.mean(pairs) == pytest.approx(0.3, abs=0.03)
    other = np.corrcoef(sampler.scored("a0", "size"), sampler.scored("c", "weight"))[0, 1]
    assert abs(other) < 0.1


def test_a_hedged_link_exists_in_its_share_of_draws_and_once_for_the_same_claims() -> None:
    from realpolitik.compiled.sampling import Sampler  # noqa: PLC0415
    from realpolitik.language.quantity import read_quantity  # noqa: PLC0415

    credences = {"c1": read_quantity("0.4", "level"), "c2": read_quantity("0.7", "level")}
    sampler = Sampler(5, np.arange(4096), credences)
    assert sampler.exists(("c1",)).mean() == pytest.approx(0.4, abs=0.001)
    assert sampler.exists(("c1", "c2")).mean() == pytest.approx(0.7, abs=0.001)
    assert (sampler.exists(("c2", "c1")) == sampler.exists(("c1", "c2"))).all()
    assert (sampler.exists(("unknown",)) == 1).all()


def test_draws_do_not_depend_on_how_many_are_taken(strait: Model) -> None:
    whole, part = strait.draws(0, 32, seed=9), strait.draws(8, 16, seed=9, total=32)
    for item in fields(Draws):
        mine = getattr(whole, item.name)[np.isin(whole.index, np.arange(8, 16))]
        assert np.array_equal(mine, getattr(part, item.name)), item.name


def test_one_digest_for_one_model(strait: Model) -> None:
    from realpolitik.compiled import compile  # noqa: A004, PLC0415

    again = compile(strait.situation)
    assert again.digest == strait.digest
    assert len(strait.digest) == 64


def test_central_draws_have_every_input_at_its_median(strait: Model) -> None:
    central = strait.central()
    assert len(central.index) == 2
    assert central.start[0, strait.tables.factors.index("arsenal")] == pytest.approx(0.3974, abs=0.01)


def test_derived_factors_are_nodes(strait: Model) -> None:
    number = strait.tables.factors.index("balance")
    assert strait.tables.factor_node[number] >= 0
    assert strait.terms.compile(parse_term("balance"), "smooth") == strait.tables.factor_node[number]


def test_indices_stay_inside_their_tables(strait: Model) -> None:
    tables: Tables = strait.tables
    nodes = len(tables.node_op)
    for name in ("link_node", "pull_node", "interest_node", "promise_node", "norm_node", "red_node", "flow_node"):
        values = getattr(tables, name)
        assert ((values >= 0) & (values < nodes)).all(), name
    for name in ("link_target", "pull_target", "effect_factor", "flow_target"):
        values = getattr(tables, name)
        assert ((values >= 0) & (values < len(tables.factors))).all(), name
    assert len(combinations(strait.situation)) == 2


def test_a_credence_written_on_a_link_counts_instead_of_its_claims() -> None:
    from realpolitik.compiled import compile  # noqa: A004, PLC0415
    from realpolitik.situation.builder import Builder  # noqa: PLC0415

    made = Builder("Two rivals", as_of="2024-01-01", judged_by="R. Example, 2024-01-05")
    made.actor("AAA", name="Aland")
    made.factor("tension", from_="calm", to="war", now=0.4)
    made.option("AAA.arm", price="1 point")
    made.influence("AAA.arm raises tension", "strong", credence=0.25)
    made.interest("AAA", "vital", "less tension")
    draws = compile(made.build()).draws(0, 1024, seed=1)
    assert (draws.effect[:, 0] != 0).mean() == pytest.approx(0.25, abs=0.001)
