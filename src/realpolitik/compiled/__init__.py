"""From a checked situation to read-only arrays with named axes, draws of the uncertain inputs, and shared runs."""

from realpolitik.compiled.compiler import compile  # noqa: A004  (the field's word)
from realpolitik.compiled.ensemble import Ensemble, Settings
from realpolitik.compiled.model import Model

__all__ = ["Ensemble", "Model", "Settings", "compile"]
