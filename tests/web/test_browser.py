"""End to end in a real browser: look, walk, drag, force, accept, mend, save, by keyboard; nothing leaves."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from realpolitik.situation.reader import check_situation

from .browser import Visit, browsing, needs_chromium, running
from .conftest import project

pytestmark = [needs_chromium, pytest.mark.slow]
VIEWS = (
    "ask", "system", "compare", "leverage", "stability", "policy", "inputs", "watch", "claims", "documents", "reading",
    "forecasts", "seat", "file",
)  # fmt: skip
ARM = "size: ALA.arm -> arsenal"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    project(folder)
    return folder


@pytest.fixture(scope="module")
def link(home: Path) -> Iterator[str]:
    with running(home) as found:
        yield found


@pytest.fixture
def visit(link: str) -> Iterator[Visit]:
    with browsing(link) as found:
        yield found
        assert found.outside == []
        assert found.complaints == []


def cell(visit: Visit, actor: str, which: str = "now") -> Any:
    return visit.page.locator(f'#gains tr[data-actor="{actor}"] [data-cell="{which}"]')


def test_it_opens_on_an_answered_question(visit: Visit) -> None:
    visit.answered()
    assert "token" not in visit.page.url
    assert re.fullmatch(r"[+-]?\d+(\.\d)?", cell(visit, "BOR").inner_text())
    assert "loses" in visit.page.locator("#sentence").inner_text()
    assert "512 draws" in visit.page.locator("#draws").inner_text()


def test_a_drag_changes_the_number_and_undo_brings_it_back(visit: Visit) -> None:
    visit.answered()
    page = visit.page
    before = cell(visit, "BOR").inner_text()
    page.get_by_label("Find an input").fill("ALA.arm arsenal")
    slider = page.get_by_role("slider").first
    slider.fill(slider.get_attribute("min"))
    page.wait_for_function(
        "before => document.querySelector('#gains tr[data-actor=BOR] [data-cell=now]').textContent !== before",
        arg=before,
    )
    assert "1 change" in page.locator("#changes").inner_text()
    visit.answered()
    page.get_by_role("button", name="Undo").click()
    visit.answered()
    assert cell(visit, "BOR").inner_text() == before
    assert page.locator("#changes").inner_text() == "as written"


def test_a_drag_is_one_step_to_undo(visit: Visit) -> None:
    visit.answered()
    page = visit.page
    page.get_by_label("Find an input").fill("ALA.arm arsenal")
    slider = page.get_by_role("slider").first
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    visit.answered()
    page.keyboard.press("Control+z")
    visit.answered()
    assert page.locator("#changes").inner_text() == "as written"


def test_forcing_an_option_from_a_date(visit: Visit) -> None:
    visit.answered()
    page = visit.page
    page.get_by_label("Ask", exact=True).select_option("0")
    page.get_by_text("Force an option, or choose a question").wait_for()
    page.get_by_role("combobox", name="Force an option").select_option("ALA.arm")
    visit.page.get_by_label("ALA.arm: from").fill("2025-06")
    page.wait_for_selector('#gains tr[data-actor="ALA"]')
    visit.answered()
    assert "2025-07" in page.locator("#sentence").inner_text()
    page.get_by_role("button", name="Stop forcing ALA.arm").click()
    visit.answered()
    assert page.locator("#changes").inner_text() == "as written"


def test_a_link_reopens_the_same_picture(visit: Visit) -> None:
    visit.answered()
    page = visit.page
    page.get_by_label("Take a scenario").select_option(index=1)
    page.get_by_label("10 years" if page.get_by_label("10 years").count() else "1 year").check()
    visit.answered()
    shown, address = page.locator("#gains").inner_text(), page.url
    page.goto("about:blank")
    page.goto(address)
    visit.answered()
    assert page.locator("#gains").inner_text() == shown


def test_walking_from_a_loss_to_what_stands_behind_it(visit: Visit) -> None:
    visit.answered()
    page = visit.page
    page.get_by_role("button", name=re.compile("Why does Borduria stand at")).click()
    page.wait_for_selector("#why .chain li")
    assert "points" in page.locator("#why h2").inner_text()
    assert page.locator("#why").get_by_text("judgement of R. Example").count() > 0


def test_the_system_is_walked_link_by_link(visit: Visit) -> None:
    page = visit.page
    visit.view("strait", "system")
    page.get_by_label("Look at").select_option(label="Borduria")
    page.wait_for_selector("#about")
    assert "What Borduria wants" in page.locator("#about").inner_text()
    page.locator("#about a[href*='focus=tension']").first.click()
    page.wait_for_function("() => document.querySelector('#about')?.getAttribute('aria-label') === 'tension'")
    assert "What moves it" in page.locator("#about").inner_text()


def test_a_proposal_by_hand_is_accepted(visit: Visit) -> None:
    page = visit.page
    visit.view("strait", "claims")
    page.get_by_label("What is said, in your own words").fill("Aland <b>denies</b> it.")
    page.get_by_label("Who says it").fill("A. N. Other")
    page.get_by_role("button", name="Add the proposal").click()
    page.get_by_role("textbox", name="Your name").fill("R. Example")
    page.get_by_role("button", name="OK", exact=True).last.click()
    page.get_by_role("button", name="Accept p-001").click()
    page.wait_for_selector("#claim-p-001")
    assert "Aland <b>denies</b> it." in page.locator("#claim-p-001").inner_text()


def test_an_error_is_mended_and_saved(visit: Visit, home: Path) -> None:
    page = visit.page
    visit.view("strait", "file")
    area = page.get_by_label("Text of the situation")
    right = area.input_value()
    area.fill(right.replace("arsenal raises tension", "arsenal raises tensoin"))
    page.get_by_role("button", name=re.compile(r"Line \d+, column \d+: .*tensoin")).first.click()
    line = right[: right.index("arsenal raises tension")].count("\n") + 1
    start = page.evaluate("document.getElementById('text').selectionStart")
    assert area.input_value()[:start].count("\n") + 1 == line
    area.fill(right.replace("The strait", "The narrow strait"))
    page.wait_for_function("() => document.getElementById('counts').textContent.startsWith('No error')")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved situation.yaml.").wait_for()
    reading = check_situation(home / "strait")
    assert reading.situation is not None
    assert reading.situation.title == "The narrow strait"
    page.get_by_role("button", name="Undo the last save").click()
    page.wait_for_function("right => document.getElementById('text').value === right", arg=right)


def test_saving_a_scenario_and_the_report(visit: Visit, home: Path) -> None:
    visit.answered()
    page = visit.page
    page.get_by_role("combobox", name="Force an option").select_option("ALA.arm")
    page.get_by_role("button", name="Save as scenario").click()
    page.get_by_role("textbox", name="Name of the scenario").fill("They do arm")
    page.get_by_role("button", name="OK", exact=True).click()
    page.get_by_text("Scenario 'They do arm' is in situation.yaml").wait_for()
    assert "they_do_arm:" in (home / "strait" / "situation.yaml").read_text(encoding="utf-8")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Report", exact=True).click()
    assert waiting.value.suggested_filename == "strait.html"
    assert "<h1" in Path(waiting.value.path()).read_text(encoding="utf-8")


def test_a_seat_is_played_to_the_look_back(visit: Visit) -> None:
    page = visit.page
    visit.view("strait", "seat")
    page.get_by_label("Borduria").check()
    page.get_by_role("button", name="Sit down").click()
    page.locator("select[name='BOR.blockade']").select_option("on")
    page.get_by_role("button", name="Decide and go on").click()
    page.wait_for_selector("#log")
    assert "turn 2" in page.locator("main h2").first.inner_text()
    assert page.get_by_text("believed, not seen").count() > 0
    page.get_by_role("button", name="Stop and look back").click()
    page.wait_for_selector("#debrief")


def test_by_keyboard_alone(visit: Visit) -> None:
    """Skip link, question, slider, explanation, another view: no pointer."""
    visit.answered()
    page = visit.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "range":
            break
    before = page.evaluate("document.activeElement.value")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.value") != before
    visit.answered()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#gains') && document.activeElement.tagName") == "BUTTON":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#why .chain")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Alt+2")
    page.wait_for_selector('#nav a[data-view="system"][aria-current="page"]')


def test_a_question_tells_its_cost_and_can_be_stopped(visit: Visit) -> None:
    page = visit.page
    visit.view("strait", "policy")
    page.get_by_label("Borduria").check()
    page.get_by_label("Plans to compare").fill("BOR.blockade=on")
    page.get_by_role("button", name="What should they do?").click()
    page.wait_for_selector("#answer-policy .lines li")
    assert re.search(r"64 draws, [0-9.]+ s", page.locator("#answer-policy").inner_text())
    page.route("**/analysis/premortem", lambda route: None)
    page.get_by_role("button", name="what still stands").click()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_text("Stopped.").wait_for()
    assert page.get_by_role("button", name="what still stands").is_enabled()


def test_a_text_is_read_and_its_statement_accepted(visit: Visit) -> None:
    page = visit.page
    visit.view("strait", "reading")
    page.get_by_label("The text").fill("Officials in Patria said that Aland has begun <i>arming</i>.")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector("#answer-read .card")
    page.get_by_role("link", name="Claims", exact=True).last.click()
    page.get_by_role("button", name=re.compile("^Accept p-")).last.wait_for()
    assert "<i>arming" in page.locator("#proposals").inner_text()


def test_a_forecast_is_asked_said_and_resolved(visit: Visit) -> None:
    page = visit.page
    visit.view("strait", "forecasts")
    page.get_by_label("The question").fill("Will they drill?")
    page.get_by_label("What decides it").fill("A notice says so.")
    page.get_by_label("By when").fill("2999-01-01")
    page.get_by_role("button", name="Add the question").click()
    page.get_by_role("textbox", name="Your name").fill("R. Example")
    page.get_by_role("button", name="OK", exact=True).click()
    page.get_by_label("q-001: how likely, in percent").fill("70")
    page.get_by_role("button", name="Say it").click()
    page.get_by_text("R. Example 70%").wait_for()
    page.get_by_label("q-001: on what source").fill("The notice")
    page.get_by_role("button", name="Resolve").click()
    page.get_by_text("answered: yes").wait_for()
    page.get_by_role("heading", name="How good they were").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_is_accessible(link: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    with browsing(link, color_scheme=scheme) as visit:
        serious: dict[str, list[str]] = {}
        for view in VIEWS:
            visit.view("strait", view)
            if view == "ask":
                visit.answered()
            visit.page.wait_for_load_state("networkidle")
            found = axe.Axe().run(visit.page).response["violations"]
            bad = [
                f"{item['id']}: {item['nodes'][0]['html'][:120]}"
                for item in found
                if item["impact"] in ("serious", "critical")
            ]
            serious.update({view: bad} if bad else {})
        assert serious == {}
        assert visit.outside == []


def test_narrow_and_wide_nothing_is_cut_off(link: str) -> None:
    with browsing(link) as visit:
        for width in (380, 900, 1700):
            visit.page.set_viewport_size({"width": width, "height": 900})
            visit.view("strait", "ask")
            visit.answered()
            wider = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 1, width


HOSTILE = "<img src=x onerror=window.hit=1><script>window.hit=1</script>\"'"


def hostile(text: str) -> str:
    """Every free text of the case turned into an attack."""
    quoted = HOSTILE.replace("'", "''")
    out = re.sub(r"(name|says|from|to): ([A-Z a-z][A-Za-z .]*)(?=[,}\n])", rf"\1: '{quoted}'", text)
    out = out.replace("R. Example, 2024-01-05", f"'{quoted}, 2024-01-05'")
    return out.replace("situation: The strait", f"situation: '{quoted}'")


def test_script_in_every_text_is_only_text(tmp_path: Path) -> None:
    made = project(tmp_path)
    path = made / "situation.yaml"
    path.write_text(hostile(path.read_text(encoding="utf-8")), encoding="utf-8")
    claims = made / "claims.yaml"
    words = HOSTILE.replace('"', '\\"')
    claims.write_text(
        f'claims:\n  c1:\n    paraphrase: "{words}"\n    speaker: "{words}"\n    hedge: may\n', encoding="utf-8"
    )
    reading = check_situation(made)
    assert reading.errors == 0, [str(item) for item in reading.findings]
    with running(tmp_path) as link, browsing(link) as visit:
        for view in VIEWS:
            visit.view("strait", view)
            if view == "ask":
                visit.answered()
                visit.page.locator("#gains button").first.click()
                visit.page.wait_for_selector("#why .chain")
            visit.page.wait_for_load_state("networkidle")
            assert visit.page.evaluate("window.hit") is None, view
            assert visit.page.locator("main img, main script").count() == 0, view
        assert HOSTILE in visit.page.locator("h1").inner_text()
        assert not [item for item in visit.complaints if "Content Security Policy" in item]
        assert visit.outside == []


def test_script_in_a_document_is_only_text(tmp_path: Path) -> None:
    project(tmp_path)
    text = f"Officials in Patria said that Aland has begun arming {HOSTILE}.\n\nNothing else {HOSTILE} was said."
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "article.txt").write_text(text, encoding="utf-8")
    with running(tmp_path, documents=documents) as link, browsing(link) as visit:
        page = visit.page
        visit.view("strait", "reading")
        page.get_by_label("The text").fill(text)
        page.get_by_role("button", name="Read it").click()
        page.wait_for_selector("#answer-read .card")
        visit.view("strait", "claims")
        page.get_by_role("button", name="Accept p-001").click()
        page.get_by_role("textbox", name="Your name").fill("R. Example")
        page.get_by_role("button", name="OK", exact=True).last.click()
        page.wait_for_selector("#claim-p-001")
        visit.view("strait", "documents")
        page.wait_for_selector("mark")
        assert HOSTILE in page.locator("main").inner_text()
        assert page.evaluate("window.hit") is None
        assert page.locator("main img, main script").count() == 0
        assert not [item for item in visit.complaints if "Content Security Policy" in item]
        assert visit.outside == []


def test_a_browser_killed_in_mid_save_loses_nothing(tmp_path: Path) -> None:
    made = project(tmp_path)
    before = (made / "situation.yaml").read_text(encoding="utf-8")
    with running(tmp_path) as link:
        for _ in range(3):
            with browsing(link) as visit:
                visit.view("strait", "file")
                visit.page.get_by_label("Text of the situation").fill(before + "# " + "x" * 100_000)
                visit.page.evaluate("document.getElementById('save-file').click()")
    text = (made / "situation.yaml").read_text(encoding="utf-8")
    assert text in (before, before + "# " + "x" * 100_000)


@pytest.mark.reference
def test_the_walk_from_a_loss_to_who_said_it_on_the_reference_situation(tmp_path: Path) -> None:
    """Actor's loss -> its parts -> what carried them -> claim: speaker, grade, and where it is used."""
    with running(tmp_path) as link, browsing(link) as visit:
        page = visit.page
        page.set_default_timeout(120_000)
        visit.view("northeast-asia", "ask?q=8")
        visit.answered()
        china = page.locator('#gains tr[data-actor="CHN"]')
        assert china.locator("[data-cell=now]").inner_text().startswith("-")
        china.get_by_role("button", name=re.compile("^Why does .* stand at")).click()
        claim = page.locator("#why a.claim").first
        name = claim.inner_text().removeprefix("Claim ")
        claim.click()
        page.wait_for_selector(f"#claim-{name}.here")
        told = page.locator(f"#claim-{name}").inner_text()
        assert "Speaker: " in told
        assert "In the situation: " in told
        assert page.evaluate("document.activeElement.id") == f"claim-{name}"
        assert visit.outside == []
        assert visit.complaints == []


@pytest.mark.reference
def test_from_a_slider_to_a_changed_number_on_the_reference_situation(tmp_path: Path, capsys: Any) -> None:
    """Measured in the browser: input event to new text. The bound is loose: machines under test are shared."""
    with running(tmp_path) as link, browsing(link) as visit:
        visit.page.set_default_timeout(120_000)
        visit.view("northeast-asia", "ask")
        visit.answered()
        coarse, refined = measured(visit, 9)
    with capsys.disabled():
        medians = [statistics.median(times) for times in (coarse, refined)]
        print("from slider to number: median {:.0f} ms (64 draws), {:.0f} ms (512 draws)".format(*medians))
    assert statistics.median(coarse) < 1500
    assert statistics.median(refined) < 15_000


def measured(visit: Visit, times: int) -> tuple[list[float], list[float]]:
    """Milliseconds from an input event to the first part shown, and to the refined table of gains."""
    page = visit.page
    found = page.evaluate(
        """async (times) => {
          const slider = document.querySelector('.sliders input[type=range]');
          const main = document.getElementById('main'), cells = () => document.getElementById('gains');
          const until = (test) => new Promise((done) => {
            const look = () => test() ? done() : setTimeout(look, 2);
            look();
          });
          const coarse = [], refined = [];
          for (let i = 0; i < times; i++) {
            const old = cells(), t0 = performance.now();
            const share = ((i * 7 + 1) % times) / times;
            slider.value = Number(slider.min) + (Number(slider.max) - Number(slider.min)) * share;
            slider.dispatchEvent(new Event('input'));
            await until(() => cells() !== old);
            coarse.push(performance.now() - t0);
            const first = cells();
            await until(() => cells() !== first && main.dataset.stage === 'refined');
            refined.push(performance.now() - t0);
          }
          return [coarse, refined];
        }""",
        times,
    )
    return found[0], found[1]
