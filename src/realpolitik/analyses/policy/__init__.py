"""What should an actor or a coalition do: plans searched, valued, and held against wrong beliefs and false alarms."""

from realpolitik.analyses.policy.answer import policy
from realpolitik.analyses.policy.menu import Brief

__all__ = ["Brief", "policy"]
