"""Every view beside the first screen: (path, method, function); a view adds itself here."""

from __future__ import annotations

from typing import Any

from realpolitik.web.views import system, why

VIEWS: tuple[tuple[str, str, Any], ...] = (*why.VIEWS, *system.VIEWS)
