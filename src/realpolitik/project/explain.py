"""`rpol why`: line 3 of the last run, or any gain, explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Compare, Name, Query, names_in, queries_in, walk
from realpolitik.project.asked import Item, items

if TYPE_CHECKING:
    from realpolitik.compiled import Ensemble
    from realpolitik.compiled.holds import Intervention
    from realpolitik.project.project import Project
    from realpolitik.results.result import Result


def explain(project: Project, line: str, documents: Path | None = None) -> Iterator[Result]:
    """Every gain and loser of a question (by its number, 1 first), of one line of it (5.7), of a claim's checks, or of
    one expression, explained on the runs that answer it on the first screen.

    `documents`: a folder with the user's own copies of the documents, whose words then end the traces.

    Raises `QuestionRefused` where there is nothing to explain.
    """
    seen: set[tuple[str, str]] = set()
    found = False
    for item in items(project, line):
        for made in explained(project, item, seen, documents):
            found = True
            yield made
    if not found:
        raise QuestionRefused("There is no gain, loser, probability or level in it to explain.")


def explained(project: Project, item: Item, seen: set[tuple[str, str]], documents: Path | None) -> Iterator[Result]:
    """One line explained; `seen` are the explanations given before, which are not repeated."""
    ensemble = item.ensemble(project)
    queries = list(dict.fromkeys(queries_in(item.expression)))
    for query in queries:
        if query.function in ("gain", "loser", "share", "rank"):
            yield from _explained(project, ensemble, query, seen, documents)
    for query in queries:
        if query.function in ("P", "E", "first"):
            yield from _moved(project, ensemble, query, seen, documents)


def _explained(
    project: Project, whole: Ensemble, query: Query, seen: set[tuple[str, str]], documents: Path | None
) -> Iterator[Result]:
    from realpolitik.analyses.why import why  # noqa: PLC0415
    from realpolitik.compiled.answers import contrast_of, estimate, years_of  # noqa: PLC0415
    from realpolitik.compiled.contrasts import Contrast  # noqa: PLC0415

    ensemble = whole.ablated(query.setting.without) if query.setting.without else whole
    contrast: Contrast = contrast_of(ensemble, query)
    found = estimate(whole, query)  # refuses what is no actor, no level, no time
    actor = query.subject.text if isinstance(query.subject, Name) else found.leading
    years = years_of(ensemble, query) or _middle(project)
    key = (actor, repr((contrast.intervention, contrast.vs_free, years, query.setting.without)))
    if actor in project.situation.actors and key not in seen:
        seen.add(key)
        made = why(ensemble, contrast.intervention, actor, years, vs_free=contrast.vs_free)
        yield sourced(project, replace(made, sentences=(*_plainer(query), *made.sentences)), documents)


def _plainer(query: Query) -> tuple[str, ...]:
    """What of the question the explanation leaves aside."""
    aside = [word for word in query.options if word != "vs free"]
    aside += [f"under({reading})" for reading in query.setting.under]
    aside += [] if query.setting.given is None else ["given(...)"]
    if not aside:
        return ()
    return (f"Asked with '{', '.join(aside)}'; explained is the whole gain, in points, over all draws.",)


def sourced(project: Project, result: Result, documents: Path | None = None) -> Result:
    """The result with the claims its rows and trace cite: who said it, hedge, grade, our paraphrase, where it stands,
    and the words where a copy of the document is at hand and they verify.
    """
    from realpolitik.project.evidence import evidence_of  # noqa: PLC0415

    evidence = evidence_of(project, documents)
    cited = [claim for row in (*result.trace, *result.rows) for claim in row.get("claims", ())]
    known = [project.claims[claim] for claim in dict.fromkeys(cited) if claim in project.claims]
    return replace(result, sources=tuple(evidence.leaf(item).as_json() for item in known))


def _moved(
    project: Project, ensemble: Ensemble, query: Query, seen: set[tuple[str, str]], documents: Path | None
) -> Iterator[Result]:
    """Of an option: what its owners would gain or lose by it. Of a factor under something held: what moved it."""
    from realpolitik.analyses.why import moved, why  # noqa: PLC0415
    from realpolitik.compiled.holds import intervention  # noqa: PLC0415

    years = _middle(project)
    held = intervention(project.model, query.setting)
    names = names_in(query.subject) if query.subject is not None else ()
    for option in dict.fromkeys(name for name in names if name in project.situation.options):
        for owner in project.situation.options[option].owners:
            if (owner, option) not in seen:
                seen.add((owner, option))
                yield sourced(project, why(ensemble, _step(project, query, option), owner, years), documents)
    for factor in dict.fromkeys(name for name in names if name in project.situation.factors):
        if not held.is_empty and (factor, repr(held)) not in seen:
            seen.add((factor, repr(held)))
            yield sourced(project, moved(ensemble, held, factor, years), documents)


def _step(project: Project, query: Query, option: str) -> Intervention:
    """The option held at the level the query names (its highest where it names none)."""
    found = (node for node in walk(query.subject) if isinstance(node, Compare)) if query.subject is not None else ()
    levels = [
        node.right.text
        for node in found
        if isinstance(node.left, Name) and node.left.text == option and isinstance(node.right, Name)
    ]
    return project.held(f"{option}={levels[0]}" if levels else option)


def _middle(project: Project) -> float:
    answers = project.situation.answers
    return answers[len(answers) // 2].years if answers else project.situation.horizon.years
