"""What every test shares: how Hypothesis searches, here and where nobody is watching."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadline: two busy cores are not a defect. On CI the same examples every time: a red run can be run again.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
