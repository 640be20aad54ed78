"""Who said what in a text: attributions found by rules, with sources, cues, hedges, chains and speakers."""
