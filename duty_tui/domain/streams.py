"""Names of the streams that are no concern's, and what can be known of their entries without reading them."""

from __future__ import annotations

#: What the service decided about itself: policies adopted, closure days, people and their roles.
SERVICE = "service"
#: Kinds of its entries that can move what is due; known here too, for those who must not wait for the models.
MOVES_DUES = frozenset({"policy-adopted", "policy-left", "closure-added", "closure-removed"})
#: Kind of the entries of that stream that list what was moved; they can be long, and decide nothing.
DUES_MOVED = "dues-moved"
#: The kind by which somebody is listed with their roles: without one, everybody may do everything.
LISTED = "person-listed"
