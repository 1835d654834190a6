"""Names of the streams that are no concern's."""

from __future__ import annotations

#: What the service decided about itself: policies adopted, closure days.
SERVICE = "service"
