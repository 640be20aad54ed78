"""Realpolitik: sourced reasoning about states, made into a model that runs."""

__version__ = "0.1.0"
