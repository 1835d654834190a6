"""Every test of a widget drives it with the fast pilot."""

from __future__ import annotations

from tests.pilot import fast_pilot, real_idle

__all__ = ["fast_pilot", "real_idle"]
