"""Commands."""

from realpolitik.cli.main import main

__all__ = ["main"]
