"""Dated figures by metric, year and source; codes of states; importers for official files."""

from realpolitik.claims.facts.model import Fact, FactsTable, Metric, Ratio
from realpolitik.claims.facts.reader import read_facts, read_facts_file

__all__ = ["Fact", "FactsTable", "Metric", "Ratio", "read_facts", "read_facts_file"]
