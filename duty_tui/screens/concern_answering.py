"""Digits on a concern's screen: each answers the selected question, and the cursor goes on at once."""

from __future__ import annotations

from duty_tui.domain.commands import AnswerQuestions, Command
from duty_tui.domain.concern import Answer
from duty_tui.screens.concern_ask import Ask, Way
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.concern_parts import QUESTIONS, in_order
from duty_tui.screens.desk_screen import DeskScreen
from duty_tui.views.concern import ConcernView


class Answering(DeskScreen[None]):
    """A screen about one concern on whose second part digits answer."""

    part: int
    concern: ConcernView | None

    def __init__(self) -> None:
        super().__init__()
        self.of_each_child: frozenset[str] = frozenset()
        """Questions asked of each child apart."""
        self._sent: set[str] = set()
        """Questions whose answer is on its way to the disk; one at a time goes there."""

    @property
    def list(self) -> ItemList:
        """What the part that is shown consists of."""
        return self.query_one(ItemList)

    async def record(self, command: Command, what: str) -> None:
        """Record a command as seen now."""
        raise NotImplementedError(command, what)

    def why_no_answer(self) -> str | None:
        """Answers are given in the second part."""
        if self.concern is None:
            return "The concern is still being read."
        if self.part != QUESTIONS:
            return "Digits answer questions: Tab leads to them."
        if self.concern.closed is not None:
            return "The concern is closed; X reopens it."
        if self.list.key in self._sent:
            return "The answer to this question is still being recorded."
        return None if self.list.key else "No question is open."

    def answer(self, answer: Answer | None) -> None:
        """Record the answer to the selected question; asks for which child where it is asked of each of several."""
        fact, view = self.list.key, self.concern
        if fact is None or view is None or answer is None:
            return
        if fact in self.of_each_child and len(view.children) > 1:
            self._ask_for_whom(fact, answer, view)
        else:
            self._send(fact, answer, None)

    def _send(self, fact: str, answer: Answer, child: int | None) -> None:
        """Record an answer. The cursor goes on at once: the next digit may come before the disk has answered."""
        self._sent.add(fact)
        self.list.select(self._after(fact))
        self.begin(self._record_answer(fact, answer, child))

    def _after(self, fact: str) -> str:
        """The next question nobody has answered."""
        facts = in_order(self.concern.facts) if self.concern else []
        names = [one.name for one in facts]
        at = names.index(fact) if fact in names else 0
        ahead = (one for one in [*facts[at:], *facts[:at]] if one.answer == "not asked" and one.name not in self._sent)
        return next((one.name for one in ahead), fact)

    def _ask_for_whom(self, fact: str, answer: Answer, view: ConcernView) -> None:
        asked = next(one.ask for one in view.facts if one.name == fact)
        ways = [Way("0", "all", "All the children")]
        ways += [Way(str(child.number), str(child.number), child.name) for child in view.children[:9]]

        def chosen(way: str | None) -> None:
            if way is not None:
                child = None if way == "all" else int(way)
                self._send(fact, answer, child)

        said = [asked, f"Answer: {'not known' if answer == 'unknown' else answer}"]
        self.app.push_screen(Ask("For which child?", said, ways), chosen)

    async def _record_answer(self, fact: str, answer: Answer, child: int | None) -> None:
        try:
            await self.record(AnswerQuestions(answers={fact: answer}, child=child), "answer")
        finally:
            self._sent.discard(fact)
