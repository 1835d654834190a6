"""People and agencies met before, offered while a name is being typed."""

from __future__ import annotations

from collections.abc import Sequence

from duty_tui.desk.desk import Desk
from duty_tui.domain.text import fold
from duty_tui.store.rows import Contact

#: Enough people to find an agency among, however many are known.
_LOOKED_THROUGH = 200


def people_like(desk: Desk, typed: str, *, role: str = "", limit: int = 8) -> Sequence[Contact]:
    """People whose name, job or agency has words that begin like those typed; case and accents do not matter.

    Those seen last come first, those known in `role` before the others. Nothing is offered before a letter is typed.
    """
    words = fold(typed).split()
    if not words:
        return ()
    found = desk.store.contacts(words, _LOOKED_THROUGH if role else limit)
    return tuple(sorted(found, key=lambda one: one.role != role)[:limit] if role else found)


def agencies_like(desk: Desk, typed: str, *, limit: int = 8) -> Sequence[str]:
    """Agencies with words that begin like those typed, as they were written last."""
    words = fold(typed).split()
    if not words:
        return ()
    found: dict[str, str] = {}
    for one in desk.store.contacts(words, _LOOKED_THROUGH):
        if all(f" {word}" in f" {one.agency_key}" for word in words):
            found.setdefault(one.agency_key, one.agency)
    return tuple(found.values())[:limit]
