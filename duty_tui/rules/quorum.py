"""Whether enough are present to decide, and who is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from duty_tui.rules.clauses import Attend
from duty_tui.rules.conditions import FactLookup, Kleene
from duty_tui.rules.kleene import all_of, compile_condition
from duty_tui.rules.vocabulary import Vocabulary


class Missing(NamedTuple):
    """A role of which too few are present."""

    role: str
    #: As the document calls it.
    title: str
    #: How many more are needed.
    more: int
    #: Facts that would rule the requirement in or out; empty when it certainly holds.
    unless: tuple[str, ...]


class Quorum(NamedTuple):
    """The answer, with its reason in words."""

    #: None while only requirements that may yet be ruled out are unmet.
    quorate: Kleene
    missing: tuple[Missing, ...]
    #: `4 of 4`, `3 of 4: police missing`.
    words: str


def quorum(attend: Iterable[Attend], present: Mapping[str, int], look: FactLookup, vocabulary: Vocabulary) -> Quorum:
    """Quorum under the minimum attendance of a pack.

    `present` counts the people taking part, by role; a report from somebody absent counts for nothing here. A minimum
    whose condition is unknown stays, "unless ruled out". Source: reading 19 of the adopted readings.
    """
    needed, met = 0, 0
    answers: list[Kleene] = []
    missing: list[Missing] = []
    for clause in attend:
        verdict = compile_condition(clause.when)(look) if clause.need == "minimum" else False
        if verdict is False:
            continue
        needed += 1
        more = clause.at_least - present.get(clause.role, 0)
        if more <= 0:
            met += 1
            continue
        unless = verdict if isinstance(verdict, tuple) else ()
        missing.append(Missing(clause.role, _title(clause, vocabulary), more, unless))
        answers.append(None if unless else False)
    words = f"{met} of {needed}"
    if missing:
        words += f": {', '.join(_words(gap, vocabulary) for gap in missing)} missing"
    return Quorum(all_of(answers), tuple(missing), words)


def headcount(roles: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, int]:
    """How many people there are of each role; each counts for its own role and for those it stands for as well."""
    return Counter(
        name for role in roles for name in (role, *(vocabulary.role[role].counts_as if role in vocabulary.role else ()))
    )


def partners_absent(roles: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """The agencies of the statutory partners of whom nobody is there, in the vocabulary's order."""
    there = {vocabulary.role[role].agency for role in roles if role in vocabulary.role}
    statutory = dict.fromkeys(role.agency for role in vocabulary.role.values() if role.statutory)
    return [agency for agency in statutory if agency not in there]


def _title(clause: Attend, vocabulary: Vocabulary) -> str:
    title = clause.title or vocabulary.role[clause.role].label
    return title[:1].lower() + title[1:]


def _words(gap: Missing, vocabulary: Vocabulary) -> str:
    number = f"{gap.more} more " if gap.more > 1 else ""
    asked = " or ".join(vocabulary.fact[name].label for name in gap.unless)
    return f"{number}{gap.title}" + (f" (if {asked})" if asked else "")
