"""Every view beside the first screen; a view adds its routes here."""

from __future__ import annotations

from typing import Any

from realpolitik.web.views import claims, comparing, documents, editor, results, scenario, seat, system, why

VIEWS: tuple[tuple[str, str, Any], ...] = (
    *why.VIEWS,
    *system.VIEWS,
    *claims.VIEWS,
    *documents.VIEWS,
    *editor.VIEWS,
    *scenario.VIEWS,
    *seat.VIEWS,
)
"""(path, method, view): answered at once."""
STREAMS: tuple[tuple[str, Any], ...] = (*claims.STREAMS, *comparing.STREAMS, *results.STREAMS)
"""(path, stream): answered in parts."""
