"""Ordinal conflicts as people write and publish them: options, feasible states, moves, preferences."""
