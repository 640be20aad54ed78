"""The compiled kernel means what the literal one means, with the same bits however it is run."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from random_models import Case, quiet_case, random_case

from realpolitik.dynamics import engine, literal, native
from realpolitik.dynamics.native import binding
from realpolitik.dynamics.tables import Draws, Held, Hold, Paths, Plan, Tables

pytestmark = pytest.mark.skipif(not native.available(), reason="the compiled kernel is not built here")

CHOICES = ("levels", "fired", "honoured", "formed")
NUMBERS = ("factors", "utility")
MARGIN = 1e-4


def run(case: Case, depth: int, **how: str) -> Paths:
    return native.simulate(case.tables, case.draws, case.plan, seed=case.seed, depth=depth, **how)


def defined(case: Case, depth: int) -> Paths:
    return literal.simulate(case.tables, case.draws, case.plan, seed=case.seed, depth=depth)


def until_close_call(paths: Paths, n: int) -> int:
    """The first period in which a decision of draw n was too close to compare."""
    close = np.flatnonzero(paths.margin[n] < MARGIN)
    return int(close[0]) if len(close) else paths.margin.shape[1]


def assert_agrees(case: Case, depth: int, tolerance: float, **how: str) -> None:
    expected, found = defined(case, depth), run(case, depth, **how)
    for n in range(len(case.draws.index)):
        end = until_close_call(expected, n)
        for name in CHOICES:
            np.testing.assert_array_equal(getattr(found, name)[n, :end], getattr(expected, name)[n, :end], err_msg=name)
        for name in NUMBERS:
            one, other = getattr(found, name)[n, :end], getattr(expected, name)[n, :end]
            np.testing.assert_allclose(one, other, rtol=0, atol=tolerance, err_msg=name)


def same_bytes(one: Paths, other: Paths) -> bool:
    return all(getattr(one, item.name).tobytes() == getattr(other, item.name).tobytes() for item in fields(Paths))


@pytest.mark.parametrize("depth", [0, 1])
@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_the_definition(seed: int, depth: int) -> None:
    assert_agrees(random_case(seed), depth, 1e-9)


@pytest.mark.parametrize("depth", [0, 1])
@pytest.mark.parametrize("seed", range(10))
def test_greedy_quiet_paths_are_equal_to_rounding(seed: int, depth: int) -> None:
    assert_agrees(quiet_case(seed), depth, 1e-12)


@pytest.mark.parametrize("precision", ["f64", "f32"])
@pytest.mark.parametrize("depth", [0, 1])
def test_every_instruction_set_gives_the_same_bytes(precision: str, depth: int) -> None:
    known = [name for name in native.variants() if name.startswith(precision)]
    assert f"{precision}_base" in known
    for seed in range(8):
        case = random_case(seed, draws=40)
        paths = [run(case, depth, precision=precision, variant=name[4:]) for name in known]
        assert all(same_bytes(paths[0], other) for other in paths[1:])


@pytest.mark.parametrize("depth", [0, 1])
def test_blocks_of_any_size_give_the_same_bytes(depth: int) -> None:
    for seed in range(6):
        case = random_case(seed, draws=70)
        whole = run(replace(case, plan=replace(case.plan, replay=None)), depth)
        for size in (1, 7, 32, 33):
            for first in range(0, 70, size):
                part = slice(first, first + size)
                plan = replace(case.plan, replay=None)
                some = run(Case(case.tables, case.draws.rows(part), plan, case.seed), depth)
                assert all(
                    np.array_equal(getattr(some, item.name), getattr(whole, item.name)[part]) for item in fields(Paths)
                )


def test_any_number_of_threads_gives_the_same_bytes() -> None:
    case = random_case(3, draws=150)
    how = {"seed": case.seed, "depth": 1, "kernel": "native", "block": 32}
    paths = [engine.simulate(case.tables, case.draws, case.plan, threads=n, **how) for n in (1, 2, 8)]
    assert same_bytes(paths[0], paths[1])
    assert same_bytes(paths[0], paths[2])


@pytest.mark.parametrize("seed", range(12))
def test_single_precision_stays_close(seed: int) -> None:
    assert_agrees(quiet_case(seed), 0, 1e-4, precision="f32")


# look-ahead that is not exact


def differing(case: Case, depth: int, lookahead: str) -> tuple[int, float]:
    """Choices that differ at each draw's first difference, and about how many were made until then."""
    truth, found = run(case, depth), run(case, depth, lookahead=lookahead)
    unequal = truth.levels != found.levels
    differs = unequal.any(axis=2)
    first = np.where(differs.any(axis=1), differs.argmax(axis=1), differs.shape[1] - 1)
    wrong = sum(int(unequal[n, t].sum()) for n, t in enumerate(first))
    return wrong, float(((first + 1)[:, None] / case.tables.option_review).sum())


@pytest.mark.parametrize(("lookahead", "depth"), [("coarse", 0), ("coarse", 1), ("screened", 1), ("quick", 1)])
def test_approximate_look_ahead_keeps_99_choices_of_100(lookahead: str, depth: int) -> None:
    counts = [differing(random_case(seed, draws=32), depth, lookahead) for seed in range(8)]
    wrong, made = np.sum(counts, axis=0)
    assert made > 500
    assert wrong <= 0.01 * made


def test_without_replies_nothing_is_screened() -> None:
    case = random_case(2, draws=40)
    assert same_bytes(run(case, 0, lookahead="screened"), run(case, 0))


def test_quick_look_ahead_gives_the_same_bytes_however_it_is_run() -> None:
    case = random_case(5, draws=70)
    case = replace(case, plan=Plan(holds=case.plan.holds))
    whole = run(case, 1, lookahead="quick")
    for name in (name for name in native.variants() if name.startswith("f64")):
        assert same_bytes(run(case, 1, lookahead="quick", variant=name[4:]), whole)
    for first in range(0, 70, 7):
        part = slice(first, first + 7)
        some = run(Case(case.tables, case.draws.rows(part), case.plan, case.seed), 1, lookahead="quick")
        assert all(np.array_equal(getattr(some, item.name), getattr(whole, item.name)[part]) for item in fields(Paths))


def test_only_the_native_kernel_is_quick() -> None:
    with pytest.raises(engine.KernelMissingError, match="Only the native kernel"):
        engine.choose("batched", lookahead="quick")


# what is refused


def changed(tables: Tables, name: str, at: int, value: float) -> Tables:
    column = getattr(tables, name).copy()
    column.flat[at] = value
    return replace(tables, **{name: column})


def refusal(case: Case, **how: Plan | Tables | Draws) -> str:
    given = {"tables": case.tables, "draws": case.draws, "plan": case.plan} | how
    with pytest.raises(native.KernelInputError) as caught:
        native.simulate(given["tables"], given["draws"], given["plan"], seed=case.seed, depth=0)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("node_op", 99),
        ("node_a", 10**6),
        ("link_target", -1),
        ("option_now", 77),
        ("slot_start", 5),
        ("party_actor", 1000),
        ("actor_foresight", 25),
        ("actor_view", 9),
        ("top_weight", 0.0),
        ("factor_central", np.nan),
        ("interest_node", -3),
        ("option_review", 0),
    ],
)
def test_a_malformed_table_is_refused_by_name(name: str, value: float) -> None:
    case = random_case(4)
    said = refusal(case, tables=changed(case.tables, name, 0, value))
    assert said.startswith(f"{name}[0]: ")


def test_an_array_of_the_wrong_length_is_refused() -> None:
    case = random_case(4)
    short = replace(case.tables, link_node=case.tables.link_node[:-1])
    assert "wrong length" in refusal(case, tables=short)


def test_draws_that_are_not_numbers_or_do_not_fit_are_refused() -> None:
    case = random_case(4)
    start = case.draws.start.copy()
    start[1, 0] = np.nan
    assert "start" in refusal(case, draws=replace(case.draws, start=start))
    assert "expected" in refusal(case, draws=replace(case.draws, alpha=case.draws.alpha[:, :-1]))


def test_a_hold_of_nothing_is_refused() -> None:
    case = random_case(4)
    for hold in (Hold(Held.OPTION, 99), Hold(Held.OPTION, 0, value=50), Hold(Held.FACTOR, 0, value=1.5)):
        assert "hold" in refusal(case, plan=Plan(holds=(hold,)))


def test_a_replay_of_a_level_that_does_not_exist_is_refused() -> None:
    case = random_case(4)
    shape = (len(case.draws.index), case.tables.periods + 1, len(case.tables.option_now))
    assert "replay" in refusal(case, plan=Plan(replay=np.full(shape, 100, dtype=np.int8)))
    assert "shape" in refusal(case, plan=Plan(replay=np.zeros((1, 1, 1), dtype=np.int8)))


def test_an_unknown_variant_is_refused() -> None:
    case = random_case(4)
    with pytest.raises(native.KernelInputError, match="no variant f64_mmx runs here"):
        run(case, 0, variant="mmx")


def scrambled(tables: Tables, rng: np.random.Generator) -> Tables:
    """Tables with a few entries, or the length, of one array changed at random."""
    fields_of_c = [name for name, _ in binding.table_fields() if getattr(tables, name).size]
    name = fields_of_c[rng.integers(len(fields_of_c))]
    column = getattr(tables, name).copy()
    if rng.random() < 0.1 and column.ndim == 1:
        return replace(tables, **{name: column[: rng.integers(len(column))]})
    for _ in range(rng.integers(1, 4)):
        wild = rng.choice([-(2**31), -2, -1, 0, 1, 2, 3, 255, 2**31 - 1, int(rng.integers(0, 40))])
        column.flat[rng.integers(column.size)] = np.array(wild).astype(column.dtype)
    return replace(tables, **{name: column})


def test_scrambled_tables_are_refused_or_run_but_never_crash() -> None:
    rng, refused = np.random.default_rng(5), 0
    for seed in range(400):
        case = random_case(seed % 20, draws=2)
        tables = scrambled(case.tables, rng)
        try:
            native.simulate(tables, case.draws, replace(case.plan, replay=None), seed=1, depth=seed % 2)
        except native.KernelInputError:
            refused += 1
    assert 100 < refused < 400


# streams of draws


def blocks(draws: Draws, size: int) -> list[Draws]:
    return [draws.rows(slice(first, first + size)) for first in range(0, len(draws.index), size)]


def test_a_stream_adds_up_to_what_its_draws_say() -> None:
    case = random_case(6, draws=96)
    plan = Plan(holds=case.plan.holds)
    found = native.totals(case.tables, blocks(case.draws, 32), plan, seed=1, depth=0, precision="f64")
    paths = native.simulate(case.tables, case.draws, plan, seed=1, depth=0)
    weight = case.draws.weight / case.draws.weight.sum()
    np.testing.assert_allclose(found.mean("factors"), np.einsum("n,nti->ti", weight, paths.factors), atol=1e-12)
    np.testing.assert_allclose(found.mean("utility"), np.einsum("n,nti->ti", weight, paths.utility), atol=1e-12)
    slot = case.tables.slot_start[0] + case.tables.option_now[0]
    at_home = np.einsum("n,nt->t", weight, paths.levels[:, :, 0] == case.tables.option_now[0])
    np.testing.assert_allclose(found.mean("levels")[:, slot], at_home, atol=1e-12)
    np.testing.assert_allclose(found.histograms.sum(axis=-1), found.weight, rtol=1e-12)


def test_a_stream_is_the_same_for_any_number_of_threads() -> None:
    case = random_case(6, draws=96)
    plan = Plan(holds=case.plan.holds)
    ways = [native.totals(case.tables, blocks(case.draws, 16), plan, seed=1, depth=0, threads=n) for n in (1, 3)]
    for item in fields(native.Totals):
        np.testing.assert_array_equal(getattr(ways[0], item.name), getattr(ways[1], item.name))


def test_a_stream_refuses_a_replay_and_an_empty_stream() -> None:
    case = random_case(6)
    replay = np.zeros((3, case.tables.periods + 1, len(case.tables.option_now)), dtype=np.int8)
    with pytest.raises(ValueError, match="replay"):
        native.totals(case.tables, [case.draws], Plan(replay=replay), seed=1, depth=0)
    with pytest.raises(ValueError, match="no draws"):
        native.totals(case.tables, [], Plan(), seed=1, depth=0)
