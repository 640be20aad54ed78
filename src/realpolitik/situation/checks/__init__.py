"""What is checked once everything is read; see `registry`."""

from realpolitik.situation.checks.registry import run_checks

__all__ = ["run_checks"]
