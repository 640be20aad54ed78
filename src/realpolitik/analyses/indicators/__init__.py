"""What to watch: which early, public sign best tells whether an outcome comes, or which hypothesis is true."""

from realpolitik.analyses.indicators.indicators import indicators

__all__ = ["indicators"]
