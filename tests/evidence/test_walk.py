"""Walk, find, coverage, assumptions: nothing left out, every name answered, every judgement ranked and signed."""

from __future__ import annotations

import numpy as np
import pytest

import realpolitik as rp
from realpolitik.analyses.assumptions import by_draw, chance_level, going_with, rank_correlations, swing
from realpolitik.analyses.coverage import coverage
from realpolitik.analyses.find import find
from realpolitik.analyses.walk import walk
from realpolitik.compiled.conclusions import MOVED
from realpolitik.errors import QuestionRefused
from realpolitik.project import evidence as facade
from realpolitik.report.evidence import assumptions_text, coverage_text, find_text, walk_text

from . import small
from .proper_names import documents, names


@pytest.fixture(scope="module")
def strait(tmp_path_factory):
    folder = tmp_path_factory.mktemp("strait")
    small.write(folder, folder / "mine")
    return rp.open(folder, draws=64, cache=False)


@pytest.fixture(scope="module")
def bundled():
    return rp.open("northeast-asia", draws=16, cache=False)


@pytest.fixture(scope="module")
def known(bundled):
    return facade.evidence_of(bundled)


# The small project


def test_every_paragraph_and_claim_has_its_place(strait):
    made = walk(facade.evidence_of(strait))
    lines = {line["id"]: line for row in made.rows for line in row["claims"]}
    assert [(row["document"], row["paragraph"], len(row["claims"])) for row in made.rows] == [
        ("note", 1, 0),
        ("note", 2, 1),
        ("note", 3, 1),
        ("note", 4, 1),
        ("speech", 1, 1),
        ("speech", 2, 1),
    ]
    assert made.rows[0]["silent"] == "the name of the paper"
    assert len(lines["c1"]["elements"]) == 3
    assert lines["c5"]["why_not"] == "about the paper"
    assert "answer" in lines["c4"]["why_not"]


def test_a_paragraph_nobody_explains_is_seen(tmp_path):
    folder = small.write(tmp_path / "strait")
    path = folder / "claims.yaml"
    path.write_text(path.read_text("utf-8").replace("{1: the name of the paper}", "{}"), "utf-8")
    made = walk(facade.evidence_of(rp.open(folder, draws=4)))
    assert [row["paragraph"] for row in made.rows if row["unexplained"]] == [1]
    assert "Nobody has said why" in walk_text(made)


def test_verdicts_stand_beside_their_claims(strait):
    made = facade.walk(strait, document="speech", paragraph=1)
    (line,) = made.rows[0]["claims"]
    assert (line["id"], line["verdict"]) == ("c4", "holds")
    assert "model: holds" in walk_text(made)


def test_quotes_only_from_the_user_s_copy(strait):
    folder = facade.folder_of(strait)
    with_words = facade.walk(strait, documents=folder / "mine", quotes=True, verdicts=False)
    assert "\u201cAland has begun to arm\u201d" in walk_text(with_words)
    assert "begun to arm" not in walk_text(facade.walk(strait, quotes=True, verdicts=False))


def test_what_is_not_there_is_refused(strait):
    known = facade.evidence_of(strait)
    with pytest.raises(QuestionRefused, match="no paragraph 9"):
        walk(known, paragraph=9)
    with pytest.raises(QuestionRefused, match="Did you mean 'speech'"):
        walk(known, document="speach")
    with pytest.raises(QuestionRefused, match="Nothing here is called 'Zubrowka'"):
        find(known, "Zubrowka")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("President Alm", "actor AAA"),
        ("the alandic side", "actor AAA"),
        ("Borduria", "actor BBB"),
        ("strait", "the waters"),
        ("AAA.arm", "option AAA.arm"),
        ("Birk", "speaker: admiral"),
        ("Dr. Orm", "speaker: expert"),
        ("Harbour Institute", "where Orm works"),
        ("arms", "these statements speak of it"),
        ("tensions rising", "share 1 of its 2"),
    ],
)
def test_names_of_each_kind_are_answered(strait, name, what):
    made = find(facade.evidence_of(strait), name)
    assert any(what in row["what"] for row in made.rows)
    assert find_text(made)


def test_a_claim_is_found_by_its_id(strait):
    (row,) = find(facade.evidence_of(strait), "c1").rows
    assert row["acts"]
    assert row["claims"][0]["id"] == "c1"


def test_a_phrase_does_not_fall_back_silently_to_one_of_its_words(strait):
    found = find(facade.evidence_of(strait), "a quarrel near Borduria")
    assert all("only a part of" in row["what"] for row in found.rows)


def test_an_absent_name_says_why(strait):
    rows = find(facade.evidence_of(strait), "Harbour Institute").rows
    assert "a body of no part here" in {row["why_absent"] for row in rows}
    assert "Not in the model" in find_text(find(facade.evidence_of(strait), "Harbour Institute"))


def test_coverage_counts_both_ways(strait):
    made = coverage(facade.evidence_of(strait), strait.model.inputs.values())
    covered = {row["id"]: row["covered_by"] for row in made.rows if row["of"] == "claim"}
    assert covered == {
        "c1": "entries of the model",
        "c2": "entries of the model",
        "c3": "entries of the model",
        "c4": "a check",
        "c5": "left aside, with the reason",
    }
    inputs = [row for row in made.rows if row["of"] == "input"]
    assert {row["covered_by"] for row in inputs} == {"claims", "a signed judgement"}
    assert sum(made.about["inputs"].values()) == len(inputs) == len(strait.model.inputs)
    assert "R. Example, 2024-01-05" in coverage_text(made) or "R. Example" in coverage_text(made)


def test_an_unsigned_judgement_is_nobodys(tmp_path):
    folder = small.write(tmp_path / "strait")
    path = folder / "situation.yaml"
    path.write_text(path.read_text("utf-8").replace("judged_by: R. Example, 2024-01-05\n", ""), "utf-8")
    made = facade.coverage(rp.open(folder, draws=4))
    assert made.about["inputs"]["nobody"] > 0
    assert "INPUTS NOBODY STANDS BEHIND" in coverage_text(made)


# Assumptions


def test_assumptions_are_signed_located_and_without_claims(strait):
    made = facade.assumptions(strait)
    judged = {item.name for item in strait.model.inputs.values() if item.is_judgement}
    assert {row["input"] for row in made.rows} == judged
    assert all(row["author"] == "R. Example" and row["at"].partition(":")[2] for row in made.rows)
    told = [row for row in made.rows if row["told_apart"]]
    rest = [abs(row["correlation"]) for row in made.rows if row["correlation"] is not None and not row["told_apart"]]
    assert list(made.rows[: len(told)]) == told
    effects = [abs(row["swing"]) / MOVED[row["unit"]] for row in told]
    assert effects == sorted(effects, reverse=True)
    assert rest == sorted(rest, reverse=True)
    text = assumptions_text(made, every=True)
    assert all(row["input"].split()[0] in text for row in made.rows)


def test_what_drives_the_answer_ranks_first_and_noise_does_not():
    dealer = np.random.default_rng(3)
    inputs = dealer.normal(size=(40, 256))
    answers = np.array([np.exp(inputs[7]) + 0.3 * dealer.normal(size=256), dealer.normal(size=256)])
    rho = np.abs(rank_correlations(inputs, answers))
    noise = chance_level(inputs, answers, 1)
    assert rho[7, 0] > noise
    assert np.sort(rho.max(axis=1))[-2] < noise
    assert swing(inputs[7], answers[0]) > 1


def test_rank_correlation_agrees_with_scipy():
    from scipy.stats import spearmanr  # noqa: PLC0415

    dealer = np.random.default_rng(4)
    inputs, answers = dealer.normal(size=(3, 50)), np.round(dealer.normal(size=(2, 50)), 1)
    expected = [[spearmanr(x, y).statistic for y in answers] for x in inputs]
    assert rank_correlations(inputs, answers) == pytest.approx(np.array(expected))


def test_draws_are_averaged_over_hypotheses_and_chance(strait):
    from realpolitik.compiled.answers import estimate  # noqa: PLC0415

    ensemble = strait.ensemble()
    made = estimate(ensemble, strait.situation.questions[0].ask[0])
    mean = by_draw(made, ensemble.draws.index, ensemble.settings.draws).mean()
    assert mean == pytest.approx(made.value)


def test_too_few_draws_are_refused(strait):
    with pytest.raises(QuestionRefused, match="too few"):
        facade.assumptions(rp.open(strait.path, draws=8, cache=False))


# The bundled project


def test_the_walk_covers_every_paragraph_of_both_documents(known):
    made = walk(known)
    assert [row["paragraph"] for row in made.rows] == [*range(1, 37), *range(1, 21)]
    assert not [row for row in made.rows if row["unexplained"]]
    lines = [line for row in made.rows for line in row["claims"]]
    assert len({line["id"] for line in lines}) == len(lines) == 164
    assert not [line["id"] for line in lines if not line["elements"] and not line["why_not"]]


def test_every_claim_is_covered_and_every_input_signed(bundled, known):
    made = coverage(known, bundled.model.inputs.values())
    assert made.about["claims"].get("nothing", 0) == 0
    assert sum(made.about["claims"].values()) == 164
    assert set(made.about["inputs"]) == {"claims", "a signed judgement"}


def test_the_chain_behind_the_shells_is_complete(known):
    (row,) = walk(known, document="article-2023", paragraph=10).rows
    chains = {line["id"]: line["chain"] for line in row["claims"]}
    assert chains["s0-019"] == ("Ij Reportika", "New Voice of Ukraine", "Kyrylo Budanov")


def test_two_trilaterals_and_two_kinds_of_smaller_ones_are_kept_apart(known):
    trios = [row["what"] for row in find(known, "trilateral").rows]
    assert [any(body in what for what in trios) for body in ("TRIO", "CJK")] == [True, True]
    powers, nations = (find(known, name).rows[0]["what"] for name in ("smaller powers", "smaller nations"))
    assert "Russia and North Korea" in powers
    assert nations.startswith("actor SMALL")


def test_the_op_ed_s_claims_are_its_author_s(known):
    host = [claim for claim in known.register.claims.values() if claim.speaker == "hosting page"]
    assert {claim.tier for claim in host} == {"provenance"}
    author = [claim for claim in known.register.claims.values() if claim.speaker == "Yoon Young-kwan"]
    assert all(claim.chain[-1] == "Yoon Young-kwan" for claim in author)


@pytest.mark.slow
@pytest.mark.skipif(not documents(), reason="the documents are not at hand")
def test_every_proper_name_of_the_documents_is_answered(known):
    listed = list(dict.fromkeys(name for text in documents() for name in names(text)))
    missing = []
    for name in listed:
        try:
            find(known, name)
        except QuestionRefused:
            missing.append(name)
    assert len(listed) > 90
    assert missing == []


def test_the_list_of_names_is_no_empty_rule():
    assert names(
        "Aland met the Baltic Council of Ministers. However, nobody came; B-52s flew. The U.S. was silent."
    ) == [
        "Aland",
        "Baltic Council of Ministers",
        "B-52s",
        "U.S.",
    ]


def test_the_drivers_of_an_answer_are_named_once_each_with_who_stands_behind_them(strait):
    expression = strait.situation.questions[0].ask[0]
    alone = going_with(strait.ensemble(), expression)
    assert len({row["input"] for row in alone}) == len(alone)
    assert all(abs(row["correlation"]) <= 1 and row["by"] for row in alone)
