"""The situation file: read, check, write back."""

from realpolitik.situation.model import Situation
from realpolitik.situation.reader import check_situation, read_situation

__all__ = ["Situation", "check_situation", "read_situation"]
