"""What the good files say arrives in the situation, and nothing of it is reported as an error."""

import datetime as dt
from pathlib import Path

import pytest

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.errors import InputRefused
from realpolitik.language.expression import And, Name, Not
from realpolitik.situation import check_situation, read_situation
from realpolitik.situation.keys import SECTION, SECTIONS

GOOD = Path(__file__).parent / "good"
FILES = sorted([*GOOD.glob("*.yaml"), GOOD / "harbour"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_accepted(path):
    reading = check_situation(path)
    assert reading.errors == 0, "\n".join(map(str, reading.findings))
    assert reading.situation is not None
    assert len(reading.situation.digest) == 64


@pytest.fixture(scope="module")
def toy():
    return read_situation(GOOD / "toy.yaml")


@pytest.fixture(scope="module")
def every_key():
    return read_situation(GOOD / "every_key.yaml")


def test_influences(toy):
    build, pull, *_ = toy.influences
    assert (build.verb, build.kind, build.effect, build.delay.months) == ("raises", "swing", "missiles", 12)
    assert build.support.claims == ("k1",)
    assert build.size.word == "strong"
    assert (pull.kind, pull.size.central, pull.key) == ("pull", 0.9, "missiles -> reports")
    conditional = toy.influences[3]
    assert conditional.cause == Name("missiles")
    assert isinstance(conditional.term, And)
    assert isinstance(conditional.condition, Not)
    disputed = toy.influences[5].size
    assert disputed.low < 0 < disputed.high


def test_parenthesised_term_is_no_claim(toy):
    wish = next(item for item in toy.interests if item.actor == "NEI")
    assert wish.support.claims == ()
    assert wish.sign == -1
    assert wish.weight.central < 0


def test_goal_with_rank_is_goal_and_interest(toy):
    assert [goal.by for goal in toy.goals] == [dt.date(2028, 12, 31)]
    assert [item.rank for item in toy.interests if item.is_goal] == ["major"]


def test_red_line(toy):
    assert [(item.actor, item.key) for item in toy.red_lines] == [("NEI", "NEI never reports>0.8")]


def test_institution_options_are_joint(toy):
    patrol = toy.options["LEAGUE.patrol"]
    assert patrol.owners == ("NEI", "VAL")
    assert patrol.institution == "LEAGUE"
    assert set(patrol.switch) == {"NEI", "VAL"}


def test_price_in_points_is_a_fraction(toy):
    assert [price.amount.central for price in toy.options["ISL.build"].prices] == [0.01]


def test_known_to_hides_from_all_others(toy):
    assert toy.factors["missiles"].visibility.hidden_from == ("NEI", "VAL")
    assert toy.factors["missiles"].visibility.seen_as == "reports"


def test_hypotheses(toy):
    show, use = toy.hypotheses[0].readings
    assert show.interests[0].key == "ISL: missiles"
    assert (show.chance.central, use.chance) == (0.6, None)


def test_check_with_a_colon_in_brackets(toy):
    assert toy.checks[2].expression.left.setting.under == ("why Isla builds: for use",)


def test_stock_in_its_own_unit(every_key):
    water = every_key.factors["water"]
    assert (water.kind, water.low, water.high) == ("stock", 0, 400)
    assert water.now.central == pytest.approx(200)
    assert [flow.outflow for flow in water.flows] == [False, False, True]
    assert water.flows[2].rate.central == pytest.approx(24)


def test_long_and_short_lines_say_the_same(every_key):
    long_form, pull, hybrid = every_key.influences[:3]
    assert (long_form.delay.months, long_form.support.claims) == (6, ("w1", "w2"))
    assert (pull.kind, pull.effect, pull.size.central) == ("pull", "talk", 0.8)
    assert (hybrid.support.author, hybrid.support.date) == ("O. Ther", "2024-04")
    assert hybrid.support.credence.central == 0.7
    assert hybrid.size.central < 0


def test_prices_by_level_and_actor(every_key):
    dam = every_key.options["UPP.dam"]
    assert [(price.actor, price.level) for price in dam.prices] == [("UPP", 1), ("UPP", 2)]
    assert set(dam.requires) == {2}
    assert dam.review_on is not None


def test_file_words_override(every_key):
    assert every_key.influences[0].size.low == pytest.approx(0.5)


def test_reading_changes_entries_over_the_file(every_key):
    board, engineers = every_key.hypotheses[0].readings
    assert board.drops == ("UPP.canal -> plan",)
    plan = engineers.factors["plan"]
    assert (plan.half_life.months, plan.now.central) == (12, 0.2)
    assert engineers.options["UPP.canal"].owners == ("UPP", "MID")
    assert engineers.actors["MID"].name == "Middle"


def test_answers_beyond_the_horizon_are_dropped(every_key):
    assert [item.months for item in every_key.answers] == [6, 24]


def test_defaults_are_those_that_are_printed(tmp_path):
    path = tmp_path / "small.yaml"
    text = "situation: s\nas_of: 2024-01-01\nactors: {AAA: }\nfactors: {x: {now: 0.4}}\noptions: {AAA.arm: }\n"
    path.write_text(text, encoding="utf-8")
    found = read_situation(path)
    actor, option = found.actors["AAA"], found.options["AAA.arm"]
    assert (actor.foresight.years, actor.patience.years, actor.steadiness.word, actor.name) == (2, 2, "medium", "AAA")
    assert (option.levels, option.now, option.review.months) == (("off", "on"), 0, 6)
    assert option.switch["AAA"].central == 0.02
    assert (found.factors["x"].half_life, found.factors["x"].trend, found.factors["x"].noise) == (None, None, None)
    assert (found.horizon.years, found.period, [item.years for item in found.answers]) == (10, "quarter", [1, 3, 10])


def test_good_files_use_every_key():
    used: dict[str, set[str]] = {}
    for path in (GOOD / "toy.yaml", GOOD / "every_key.yaml"):
        root = read_text(path.read_text(encoding="utf-8"), Collector())
        for key, node in root:
            used.setdefault("top", set()).add(key.value)
            entries = node.items if isinstance(node, ListNode) else [value for _, value in getattr(node, "entries", ())]
            if SECTION[key.value].form == "groups":
                entries = [reading for group in entries for _, reading in group]
            for entry in entries:
                used.setdefault(key.value, set()).update(getattr(entry, "names", tuple)())
    assert {section.name for section in SECTIONS} - used["top"] == {"based_on", "drop"}
    shared = {"note", "judged_by", "claims", "aliases", "tags", "theatre", "name"}
    for section in SECTIONS:
        assert {key.name for key in section.keys} - shared - used.get(section.name, set()) == set(), section.name


def test_costs_need_their_unit(tmp_path):
    text = (GOOD / "toy.yaml").read_text(encoding="utf-8")
    for given, code in (("1 to 3", "unit"), ("normal(2, 1)", "unit"), ("0", ""), ("2%", ""), ("1 to 3 points", "")):
        path = tmp_path / "f.yaml"
        path.write_text(text.replace("price: 1 point,", f"price: '{given}',"), encoding="utf-8")
        assert [item.code for item in check_situation(path).findings if item.severity == "error"] == [code] * bool(code)


def test_credence_is_for_influences_only(tmp_path):
    path = tmp_path / "f.yaml"
    text = (GOOD / "toy.yaml").read_text(encoding="utf-8")
    path.write_text(
        text.replace("    - major: more mills\n", "    - major: more mills\n      credence: 0.5\n"), encoding="utf-8"
    )
    errors = [item for item in check_situation(path).findings if item.severity == "error"]
    assert ["'credence' is no key of this line." in item.message for item in errors] == [True]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends(end, tmp_path):
    path = tmp_path / "f.yaml"
    path.write_bytes((GOOD / "toy.yaml").read_text(encoding="utf-8").replace("\n", end).encode())
    assert read_situation(path).digest == read_situation(GOOD / "toy.yaml").digest


def test_refusal_carries_every_finding(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("situation: s\nactor: {}\n", encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        read_situation(path)
    assert len(caught.value.findings) >= 3
