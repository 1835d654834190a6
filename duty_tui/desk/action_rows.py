"""From a concern to the rows of its actions still to be done, kept so that lists across concerns read none of them."""

from __future__ import annotations

from collections.abc import Iterator

from duty_tui.desk.named import names_of, whom
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Action
from duty_tui.domain.text import fold
from duty_tui.rules.requirements import action_lacks
from duty_tui.store.rows import ActionRow


def actions_of(concern: Concern) -> list[ActionRow]:
    """The rows of the concern's actions that are not done for every child, by discussion, as they were agreed."""
    return list(_rows(concern))


def _rows(concern: Concern) -> Iterator[ActionRow]:
    names = names_of(concern)
    for discussion in concern.discussions:
        for action in discussion.actions:
            if set(action.children) - set(action.done):
                yield ActionRow(
                    concern=concern.id,
                    discussion=discussion.number,
                    id=action.id,
                    what=action.what,
                    who=action.who,
                    who_key=fold(action.who),
                    agency=action.agency,
                    agency_key=fold(action.agency),
                    due=_due(action),
                    children=_numbers(action.children),
                    done=_numbers(sorted(action.done)),
                    whom=whom(action.children, names),
                    form=action.form,
                    lacks="\n".join(action_lacks(action)),
                )


def _due(action: Action) -> int | None:
    return int(action.due.timestamp()) if action.due else None


def _numbers(children: tuple[int, ...] | list[int]) -> str:
    return " ".join(map(str, children))
