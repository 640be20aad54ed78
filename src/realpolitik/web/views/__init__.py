"""Every view beside the first screen; a view adds its routes here."""

from __future__ import annotations

from typing import Any

from realpolitik.web.views import (
    claims,
    comparing,
    documents,
    editor,
    forecasts,
    reading,
    results,
    scenario,
    seat,
    system,
    why,
)

VIEWS: tuple[tuple[str, str, Any], ...] = (
    *why.VIEWS,
    *system.VIEWS,
    *claims.VIEWS,
    *documents.VIEWS,
    *editor.VIEWS,
    *scenario.VIEWS,
    *seat.VIEWS,
    *reading.VIEWS,
    *forecasts.VIEWS,
)
"""(path, method, view): answered at once."""
STREAMS: tuple[tuple[str, Any], ...] = comparing.STREAMS
"""(path, stream): answered in parts, while somebody drags."""
LONG: tuple[tuple[str, Any], ...] = (*claims.STREAMS, *results.STREAMS, *reading.STREAMS)
"""(path, stream): answered in parts, and long: one at a time, so that nobody who drags waits for them."""
