"""What makes a check true, false or open."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from realpolitik.analyses.verdicts import Verdict
from realpolitik.compiled.answers import estimate
from realpolitik.compiled.checking.truth import Bench, Outcome, joined, truth
from realpolitik.language.parser import parse_query
from realpolitik.project import Project

Says = Callable[..., Verdict]


def outcome(held: bool | None, *, turn: str = "", wide: float = 0.0) -> Outcome:
    return Outcome(held, 1.0, 1.0 - wide, 1.0 + wide, "", "level", turns_on=(turn,) if turn else ())


@pytest.mark.parametrize(
    ("parts", "both", "either"),
    [
        ((True, True), True, True),
        ((True, False), False, True),
        ((False, False), False, False),
        ((True, None), None, True),
        ((False, None), False, None),
        ((None, None), None, None),
    ],
)
def test_and_or_are_kleene(parts: tuple[bool | None, ...], both: bool | None, either: bool | None) -> None:
    made = [outcome(part) for part in parts]
    assert joined(made, breaks=False).truth is both
    assert joined(made, breaks=True).truth is either


def test_an_open_whole_names_what_each_open_part_turns_on() -> None:
    made = joined([outcome(None, turn="a"), outcome(True), outcome(None, turn="b")], breaks=False)
    assert made.turns_on == ("a", "b")


def test_the_number_shown_is_that_of_the_part_that_decides(says: Says) -> None:
    found = says("weight(BOR, tension) < 0 and E[arsenal after 1 year | do(ALA.arm)] < 0.2")
    assert found.verdict == "fails"
    assert found.number is not None
    assert found.number > 0.3


def test_comparison_of_probabilities_is_open_within_two_standard_errors(says: Says, strait: Project) -> None:
    p = strait.ask("P(PACT.drill=public by 3 years)").rows[0]["value"]
    assert 0.5 < p < 0.99
    assert says(f"P(PACT.drill=public by 3 years) > {p - 0.005:.4f}").turns_on == ("sampling error",)
    assert says(f"P(PACT.drill=public by 3 years) < {p - 0.4:.4f}").verdict == "fails"
    assert says(f"P(PACT.drill=public by 3 years) > {p - 0.4:.4f}").verdict == "holds"


def test_same_difference_has_no_error(says: Says) -> None:
    assert says("E[tension at 3 years] > E[tension at 3 years]").verdict == "fails"
    assert says("E[tension at 3 years] >= E[tension at 3 years]").verdict == "holds"


def test_unhedged_claims_need_two_thirds_of_untied_draws(strait: Project) -> None:
    ensemble = strait.ensemble()
    level = strait.ask("E[tension at 3 years]").rows[0]
    middle = float(np.median(_values(ensemble, "E[tension at 3 years]")))
    assert truth(Bench(ensemble), parse_query(f"E[tension at 3 years] > {middle:.6f}")).truth is None
    assert truth(Bench(ensemble), parse_query(f"E[tension at 3 years] > {level['low'] - 0.01:.6f}")).truth is True


def _values(ensemble: object, text: str) -> np.ndarray:
    return estimate(ensemble, parse_query(text)).values  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hedge", "quantile", "verdict", "above"),
    [
        ("may", 0.6, "holds", False),  # true in 40% of draws: inside 20 to 60%
        ("may", 0.1, "holds", True),  # true in 90%: more certain than the author
        ("likely", 0.25, "holds", False),
        ("likely", 0.95, "fails", False),
    ],
)
def test_hedges_are_held_against_the_share_of_draws(
    strait: Project, says: Says, hedge: str, quantile: float, verdict: str, above: bool
) -> None:
    edge = float(np.quantile(_values(strait.ensemble(), "E[tension at 3 years]"), quantile))
    found = says(f"E[tension at 3 years] > {edge:.6f}", hedge)
    assert (found.verdict, found.above) == (verdict, above)
    assert found.hedge == hedge
    assert found.band is not None
    assert found.share == pytest.approx(1.0 - quantile, abs=0.08)


def test_true_on_the_mean_but_rarer_than_the_hedge_is_contested(strait: Project, says: Says) -> None:
    values = _values(strait.ensemble(), "E[tension at 3 years]")
    edge = values.mean() - 0.0001
    share = (values > edge).mean()
    assert 0.2 < share < 0.8
    found = says(f"E[tension at 3 years] > {edge:.6f}", "would")
    assert found.verdict == "contested"
    assert "true in" in found.turns_on[0]


def test_a_word_about_a_claim_is_the_authors_hedge_else_our_lexicon(says: Says, strait: Project) -> None:
    text = "P(tension < 2 at 3 years) is likely"  # certain: 100%
    about, own = says(text, "likely"), says(text, None)
    assert about.verdict == "holds"
    assert about.above
    assert own.verdict == "fails"  # ICD 203: likely ends at 80%


def test_words_of_doubt_hold_from_above(says: Says) -> None:
    assert says("P(tension > 2 at 3 years) is unlikely").verdict == "holds"
    assert says("P(tension < 2 at 3 years) is unlikely").verdict == "fails"


def test_who_needs_two_thirds_without_a_hedge(says: Says, strait: Project) -> None:
    shares = strait.ask("loser(| do(ALA.arm))").rows[0]["shares"]
    leader = max(shares, key=shares.get)
    found = says(f"loser(| do(ALA.arm) ) is {leader}", "may")
    assert found.number == pytest.approx(shares[leader])
    assert says(f"loser(| do(ALA.arm)) is not {leader}", "may").verdict != found.verdict
    never = min(shares, key=shares.get)
    assert shares[never] < 0.05
    assert says(f"loser(| do(ALA.arm)) is {never}").verdict == "fails"


def test_dates_orders_and_goals(says: Says) -> None:
    assert says("first(evidence > 0.3 | do(ALA.arm)) < 2060-01").verdict == "holds"
    assert says("P(arsenal > 2 before evidence > 0.1) > 0.5").verdict == "fails"
    earlier = says("P(arsenal > 0.45 before evidence > 0.6 by 5 years | do(ALA.arm)) > 0.5")
    assert earlier.verdict == "holds"


def test_ratio_of_means(says: Says, strait: Project) -> None:
    held, free = (strait.ask(f"E[tension at 3 years{setting}]").rows[0]["value"] for setting in (" | do(ALA.arm)", ""))
    found = says("ratio(E[tension at 3 years | do(ALA.arm)], E[tension at 3 years]) > 0")
    assert found.number == pytest.approx(held / free)


def test_same_seed_same_verdicts(strait: Project) -> None:
    texts = ("E[tension at 3 years] > 0.4", "loser(| do(ALA.arm)) is BOR", "P(PACT.drill=public by 3 years) is likely")
    first = [truth(Bench(strait.ensemble()), parse_query(text)) for text in texts]
    again = Project(strait.path, strait.name, strait.situation, strait.claims, strait.settings)
    assert first == [truth(Bench(again.ensemble()), parse_query(text)) for text in texts]


def test_two_readings_are_compared_draw_by_draw(says: Says, strait: Project) -> None:
    use, show = (f"P(ALA.arm=on by 3 years | under(why Aland arms: for {name}))" for name in ("use", "show"))
    found, apart = says(f"{use} > {show}"), [float(strait.ask(text).rows[0]["value"]) for text in (use, show)]
    assert apart[0] != apart[1]
    assert found.number == pytest.approx(apart[0] - apart[1])
