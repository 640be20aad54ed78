from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from realpolitik.compiled.marginals import cosine, followed, s_score, stated
from realpolitik.compiled.readings import swings
from realpolitik.compiled.ties import outside_moves, standing, ties_of
from realpolitik.errors import QuestionRefused
from realpolitik.project import Project
from realpolitik.project import leverage as ask

from .by_hand import TRUST

vectors = arrays(np.float64, (3, 5), elements=st.floats(-1, 1).map(lambda value: round(value, 3)))


def test_signorino_and_ritters_own_example() -> None:
    """Portfolios 3 3 2 2 and 2 2 3 3, shares .5 .3 .1 .1, widest 3: example 1 of the authors' program S.g."""
    one, two = np.array([[3.0, 3, 2, 2]]), np.array([[2.0, 2, 3, 3]])
    assert s_score(one, two, np.array([0.5, 0.3, 0.1, 0.1]), 3.0)[0] == pytest.approx(1 - 2 * (1 / 3))


@given(vectors, vectors)
def test_similarity_is_symmetric_and_bounded(one: np.ndarray, two: np.ndarray) -> None:
    weights = np.full(5, 0.2)
    scores = s_score(one, two, weights, 2.0)
    assert np.allclose(scores, s_score(two, one, weights, 2.0))
    assert np.allclose(s_score(one, one, weights, 2.0), 1.0)
    assert (np.abs(scores) <= 1 + 1e-12).all()
    known = cosine(one, two)
    assert np.allclose(known, cosine(two, one), equal_nan=True)
    assert (np.abs(known[np.isfinite(known)]) <= 1 + 1e-9).all()


@given(vectors, st.floats(0.1, 10))
def test_alignment_does_not_depend_on_how_much_one_cares_in_all(one: np.ndarray, size: float) -> None:
    other = one[::-1]
    assert np.allclose(cosine(one * size, other), cosine(one, other), equal_nan=True, atol=1e-9)


def test_marginal_values_of_plain_interests_are_their_weights(supplier: Project) -> None:
    tables = supplier.model.tables
    found = stated(supplier.ensemble())[0]
    customia = dict(zip(tables.factors, found[tables.actors.index("CUS")], strict=True))
    wanted = {"supply": 1.0, "loot": 0.5, "trust": -0.5, "order": 0.2}
    for name in tables.factors:
        assert customia[name] == pytest.approx(wanted.get(name, 0.0), abs=1e-9)


def test_the_slope_of_a_product_is_its_weight_times_the_rest(strait: Project) -> None:
    """Borduria: less (evidence and not PACT.drill=public); no drill stands at the start, the red line is far off."""
    tables, ensemble = strait.model.tables, strait.ensemble()
    actor, factor = tables.actors.index("BOR"), tables.factors.index("evidence")
    assert np.allclose(stated(ensemble)[:, actor, factor], swings(ensemble, actor, [factor])[:, 0], atol=1e-6)


def test_derived_factors_move_with_what_they_are_made_of(strait: Project) -> None:
    tables = strait.model.tables
    found = stated(strait.ensemble())[:, tables.actors.index("ISL")]
    assert (found[:, tables.factors.index("balance")] == 0.0).all()
    assert (found[:, tables.factors.index("arsenal")] > 0.0).all()


def test_what_follows_from_a_factor_that_moves_nothing_is_what_it_is_worth(supplier: Project) -> None:
    tables, ensemble = supplier.model.tables, supplier.ensemble()
    place = tables.factors.index("trust")
    assert np.allclose(followed(ensemble, 1.0)[:, :, place], stated(ensemble)[:, :, place], atol=1e-9)


def test_alignment_by_hand(supplier: Project) -> None:
    """Supplia (trust 1, order .5), Customia (supply 1, loot .5, trust -.5, order .2)."""
    row = next(row for row in ask.alignment(supplier).rows if (row["actor"], row["other"]) == ("SUP", "CUS"))
    expected = (-0.5 + 0.1) / (np.hypot(1.0, 0.5) * np.sqrt(1 + 0.25 + 0.25 + 0.04))
    assert row["alignment"] == pytest.approx(expected, abs=1e-6)
    assert row["theatres"]["south"] == pytest.approx(0.2 / np.hypot(0.5, 0.2), abs=1e-6)
    assert row["theatres"]["north"] < 0
    assert (row["shared"], row["opposed"]) == (("order",), ("trust",))
    assert row["parted_in"] == ("north",)


def test_the_picture_has_a_row_and_column_for_each_actor(strait: Project) -> None:
    result = ask.alignment(strait)
    table = result.arrays["alignment"].values
    assert np.allclose(table, table.T, equal_nan=True)
    assert (np.diag(table) == 1.0).all()
    assert result.arrays["by theatre"].values.shape[1:] == table.shape
    assert result.sentences
    assert result.trace


# Wedges


def test_a_favour_one_likes_and_the_other_does_not_is_a_wedge(supplier: Project) -> None:
    result = ask.wedges(supplier, ("SUP", "CUS"))
    parting = [row for row in result.rows if row["kind"] == "interest"]
    assert [(row["factor"], row["more"], row["less"]) for row in parting] == [("trust", "SUP", "CUS")]
    assert parting[0]["stake"] == pytest.approx(0.5)
    favour = next(row for row in result.rows if row["kind"] == "move" and row["move"] == "BYS.favour")
    assert favour["sort"] == "wedge"
    assert favour["splits"] == 1.0
    assert favour["reach"] == pytest.approx(150 * TRUST, abs=1.0)
    assert favour["price"]["BYS"] == pytest.approx(-90.0, abs=1.0)


def test_only_others_are_outsiders(small_case: Project) -> None:
    group = ("RUS", "PRK", "CHN")
    moves = outside_moves(small_case.model, group)
    assert moves
    assert not [move for move in moves if set(move.actors) & set(group)]


def test_ties_are_joint_options_and_deals_of_two_of_the_group(strait: Project) -> None:
    model = strait.model
    options, exchanges = ties_of(model, ("BOR", "PAT"))
    assert [model.tables.options[number] for number in options] == ["PACT.drill"]
    assert not exchanges
    assert ties_of(model, ("ALA", "PAT"))[1] == (0,)
    none = standing(model, ("ALA", "BOR"), strait.ensemble().run(), 0)
    assert np.isnan(none).all()


@pytest.mark.parametrize("partners", [("BOR",), ("BOR", "BOR"), ("BOR", "XYZ")])
def test_a_wedge_needs_two_known_partners(strait: Project, partners: tuple[str, ...]) -> None:
    with pytest.raises(QuestionRefused):
        ask.wedges(strait, partners)
