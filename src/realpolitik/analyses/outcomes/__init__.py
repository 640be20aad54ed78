"""Which joint outcomes of a situation hold, how often, who breaks them, and what would have to change."""

from realpolitik.analyses.outcomes.asked import asked_states
from realpolitik.analyses.outcomes.conflict import conflict_of
from realpolitik.analyses.outcomes.picture import picture
from realpolitik.analyses.outcomes.result import outcomes_result
from realpolitik.analyses.outcomes.study import Settings, Study, study

__all__ = ["Settings", "Study", "asked_states", "conflict_of", "outcomes_result", "picture", "study"]
