"""Pictures and report sections of what answers rest on."""

from __future__ import annotations

from realpolitik.project import Project
from realpolitik.project.report import Asked
from realpolitik.project.sensitive_parts import SENSITIVE
from realpolitik.report.notebook import pictures
from realpolitik.results.result import plain


def test_what_carries_an_answer_is_a_tornado(toll: Project) -> None:
    (picture,) = pictures(toll.sensitivity("gain(UPL at 2 years | do(UPL.gate))"))
    assert picture.name == "tornado"
    assert "price of 'UPL.gate'" in picture.title
    assert "tenth of its draws" in picture.note


def test_a_scenario_is_a_box_with_its_whole_trajectory(toll: Project) -> None:
    found = toll.discover("gain(UPL at 2 years | do(UPL.gate)) > 0")
    (picture,) = pictures(found)
    assert picture.name == "box"
    assert picture.svg.count("<circle") == sum("box" in row for row in found.rows)


def test_a_report_has_the_sections(strait: Project) -> None:
    asked = Asked(strait, data={"names": {"what_if": [], "parties": [], "factors": [], "options": []}})
    for name, part in SENSITIVE.items():
        if name != "scenario":
            asked.data[name] = part(asked)
    made = {section.id: section for section in _known(plain(asked.data))}
    assert set(made) == {"spread", "reversal"}


def _known(data: dict) -> list:
    from realpolitik.report.page.sections import sensitive  # noqa: PLC0415

    return [section for build in (sensitive.spread, sensitive.scenario, sensitive.reversal) for section in build(data)]


def test_sections_are_registered_once() -> None:
    from realpolitik.report.page.sections import SECTIONS  # noqa: PLC0415

    assert {"spread", "scenario", "reversal"} <= set(SECTIONS)
