"""The draft of a form: on the disk within a second of the last key, and found again after the program was killed."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from duty_tui.desk.drafts import drafts_of, drop_draft, keep_draft
from duty_tui.domain.times import london, moment_words
from duty_tui.screens.intake_form import IntakeForm
from duty_tui.screens.unfinished import INTAKE
from duty_tui.store.rows import Draft

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk

_HOUR, _DAY = 3600, 86400


def draft_of(form: IntakeForm, actor: str, now: datetime) -> Draft:
    """The form as a draft."""
    return Draft(form.draft, INTAKE, None, actor, platform.node(), now, form.body())


def keeping(form: IntakeForm, now: datetime) -> Callable[[Desk], object]:
    """Keeps the form as it is at this moment; an empty form leaves no draft behind."""
    body, empty = form.body(), form.empty

    def keep(desk: Desk) -> object:
        if empty:
            return drop_draft(desk, form.draft)
        return keep_draft(desk, draft_of(form, desk.actor, now)._replace(body=body))

    return keep


def found_drafts(desk: Desk) -> list[Draft]:
    """Forms begun and not recorded, by this person anywhere or by anybody on this machine; the latest first."""
    here = platform.node()
    return [
        draft
        for draft in drafts_of(desk)
        if draft.kind == INTAKE and (draft.actor == desk.actor or draft.machine == here)
    ]


def draft_words(draft: Draft, now: datetime) -> str:
    """How old a draft is, whose, and how it begins: `20 min old, by Ann Osei: Amara Okafor`."""
    return f"{_age(draft.updated, now)}, by {draft.actor}: {_beginning(draft)}"


def _beginning(draft: Draft) -> str:
    for name in ("children", "what", "name", "agency"):
        words = str(draft.body.get(name, "")).strip()
        if words:
            return words.split("\n")[0]
    return "answers only"


def _age(updated: datetime, now: datetime) -> str:
    seconds = max(0, int((now - updated).total_seconds()))
    if seconds < 60:  # noqa: PLR2004 (a minute)
        return "typed just now (perhaps still open in another window)"
    if seconds < _HOUR:
        return f"{seconds // 60} min old"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h old, from {london(updated):%H:%M}"
    return f"from {moment_words(updated)}"


def readable(draft: Draft) -> IntakeForm | None:
    """The form a draft holds; None when this program cannot read it."""
    try:
        return IntakeForm.from_body(draft.body)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def latest_first(drafts: Sequence[Draft]) -> list[tuple[Draft, IntakeForm]]:
    """The drafts that can be read, with their forms."""
    return [(draft, form) for draft in drafts if (form := readable(draft)) is not None]
