"""When a rule applies: `all`, `any` and `not` over facts, in Kleene's strong three-valued logic.

In a pack a condition is the name of a fact, or a table `{ all = [...] }`, `{ any = [...] }`, `{ not = ... }`, nested at
will. A fact is yes (True), no (False) or not yet known (None); so is a condition. Unknown is never taken for no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Self

from pydantic import Field, model_validator

from duty_tui.rules.model import Model

#: True, False, or None for not yet known.
Kleene = bool | None
#: Looks a fact up by name.
FactLookup = Callable[[str], Kleene]


class Condition(Model):
    """One condition; exactly one of its four fields is set. A bare word in a pack is the name of a fact."""

    fact: str | None = None
    all: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    any: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    not_: Condition | None = Field(default=None, alias="not")

    @model_validator(mode="before")
    @classmethod
    def _bare_word(cls, value: Any) -> Any:
        return {"fact": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(part is not None for part in (self.fact, self.all, self.any, self.not_)) != 1:
            raise ValueError('a condition is one fact, or exactly one of "all", "any", "not"')
        return self

    def facts(self) -> Iterator[str]:
        """Every fact the condition asks about, in the order written."""
        if self.fact is not None:
            yield self.fact
        for part in (*(self.all or ()), *(self.any or ()), *((self.not_,) if self.not_ else ())):
            yield from part.facts()
