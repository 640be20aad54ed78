"""Importers of official public files a user has downloaded; each names the file, its columns and how to cite it."""

from realpolitik.claims.facts.importers.common import Imported, Wanted
from realpolitik.claims.facts.importers.registry import IMPORTERS, import_file

__all__ = ["IMPORTERS", "Imported", "Wanted", "import_file"]
