"""What concerns owe, kept while neither they nor the rules move on: a second list across the desk reads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from duty_tui.desk.histories import history_of
from duty_tui.desk.owed import OwedOn, owed_on
from duty_tui.desk.owed_rules import RuleWords
from duty_tui.domain.concern import Concern
from duty_tui.domain.history import fold
from duty_tui.rules.evaluate import Rulebook

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk


class OwedRoom:
    """Keeps the worked-out lines of each concern by its version, for one state of the rules at a time."""

    def __init__(self) -> None:
        self._key = ""
        self._words: RuleWords | None = None
        self._kept: dict[str, OwedOn] = {}

    def of(self, concern: Concern, book: Rulebook, key: str) -> OwedOn:
        """What the concern owes; `key` names the state of the rules that `book` follows from."""
        words = self._under(book, key)
        found = self._kept.get(concern.id)
        if found is None or found.version != concern.version:
            found = self._kept[concern.id] = owed_on(concern, book, words)
        return found

    def of_all(self, desk: Desk) -> Iterator[tuple[int, OwedOn]]:
        """The number and what is owed of every open concern, and of closed ones with actions not done.

        Concerns the actor may not see are left out.
        """
        book, key = desk.rulebook, desk.books.key
        self._under(book, key)
        versions = {row.id: (row.number, row.version) for row in desk.rows() if not row.hidden}
        for action in desk.seen.actions():
            if action.concern not in versions:
                versions[action.concern] = (action.number, desk.store.version(action.concern))
        for name in self._kept.keys() - versions.keys():
            del self._kept[name]
        for name, (number, version) in versions.items():
            found = self._kept.get(name)
            if found is None or found.version != version:
                concern = fold(name, history_of(desk.store, name))
                found = self.of(concern, book, key)
            yield number, found

    def _under(self, book: Rulebook, key: str) -> RuleWords:
        if self._words is None or self._key != key:
            self._key, self._words, self._kept = key, RuleWords(book), {}
        return self._words
