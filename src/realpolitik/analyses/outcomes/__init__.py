"""Which joint outcomes of a situation hold, how often, who breaks them, and what would have to change."""

from realpolitik.analyses.outcomes.asked import asked_states
from realpolitik.analyses.outcomes.conflict import conflict_of, values_of
from realpolitik.analyses.outcomes.judged import judge
from realpolitik.analyses.outcomes.moves import movers_of, parties_of
from realpolitik.analyses.outcomes.picture import picture
from realpolitik.analyses.outcomes.required import required
from realpolitik.analyses.outcomes.required_words import (
    Requirement,
    condition_sentence,
    met_sentence,
    required_about,
    required_rows,
    required_sentences,
    requirement,
)
from realpolitik.analyses.outcomes.result import outcomes_result
from realpolitik.analyses.outcomes.study import Settings, Study, study
from realpolitik.analyses.outcomes.ways import ways, ways_rows, ways_sentences

__all__ = [
    "Requirement",
    "Settings",
    "Study",
    "asked_states",
    "condition_sentence",
    "conflict_of",
    "judge",
    "met_sentence",
    "movers_of",
    "outcomes_result",
    "parties_of",
    "picture",
    "required",
    "required_about",
    "required_rows",
    "required_sentences",
    "requirement",
    "study",
    "values_of",
    "ways",
    "ways_rows",
    "ways_sentences",
]
