"""Which part of the policies' words somebody means by a few letters, and whether it is ever invited."""

from __future__ import annotations

from collections.abc import Mapping

from duty_tui.domain.text import fold
from duty_tui.rules.vocabulary import RoleName
from duty_tui.screens.concern_field import Said
from duty_tui.views.discussion import DiscussionView


def part_meant(roles: Mapping[str, RoleName], typed: str) -> str:
    """The part meant by a few letters of its name; empty when none or several are."""
    wanted = fold(typed)
    if not wanted:
        return ""
    exact = [name for name, role in roles.items() if fold(role.label) == wanted]
    found = exact or [name for name, role in roles.items() if fold(role.label).startswith(wanted)]
    found = found or [name for name, role in roles.items() if wanted in fold(f"{role.label} {role.agency}")]
    return found[0] if len(found) == 1 else ""


def part_said(roles: Mapping[str, RoleName], typed: str) -> Said:
    """What stands beneath a line in which a part is typed."""
    role = part_meant(roles, typed)
    if role:
        label = roles[role].label
        return Said("" if label == typed.strip() else f"= {label}")
    return Said(problem="No part is called that, or several are." if typed.strip() else "")


def never_invited(view: DiscussionView, role: str) -> str:
    """Why somebody with this part cannot be added at all; empty when they can."""
    line = next((one for one in view.invite if one.role == role and one.need == "never"), None)
    return f"{line.title} is never invited to this discussion: {line.cite}." if line else ""


def agency_of(role: RoleName) -> str:
    """The agency that goes without saying."""
    return "" if role.agency == "any" else role.agency
