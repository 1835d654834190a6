"""Decisions, actions, answers, sharing, challenge and children, as typed after their prefix."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from duty_tui.domain.call_people import known_person, phrases
from duty_tui.domain.call_say import Say
from duty_tui.domain.call_setting import Setting, Tick
from duty_tui.domain.call_words import bare, children_mentioned, due_said, take_children, take_due
from duty_tui.domain.commands import AnswerQuestions
from duty_tui.domain.concern import Answer
from duty_tui.domain.decision_events import (
    ActionAgreed,
    ChildPlaced,
    DecisionMade,
    DissentRecorded,
    SharingDecided,
)
from duty_tui.domain.discussion_events import PointAnswered
from duty_tui.domain.text import fold

_FIRST_WORDS = 6
_DROP = frozenset({"drop", "remove", "without", "-"})
_ADD = frozenset({"add", "with", "+"})
#: How an answer begins that answers yes, no or not known; "not known" is not a no.
_ANSWERS: tuple[tuple[str, Answer], ...] = (
    ("not known", "unknown"),
    ("unknown", "unknown"),
    ("yes", "yes"),
    ("no", "no"),
)
_WITHHELD = frozenset({"withheld", "withhold", "not", "nothing"})


class Who(NamedTuple):
    """Who an action or a challenge belongs to, their agency where that is known, and how many words said so."""

    name: str = ""
    agency: str = ""
    words: int = 0


def read_decision(rest: str, setting: Setting) -> Say:
    """`1 amara kofi why`: a decision by its number or first words, the children, the reason."""
    words = rest.split()
    listed = " · ".join(f"{at} {tick.label}" for at, tick in enumerate(setting.boxes, 1))
    tick, used, problem = _tick(words, setting)
    if tick is None:
        return Say(lacks=problem or "which decision", choices=listed)
    taken = take_children(words[used:], setting)
    if taken.problem:
        return Say(says=tick.label, lacks=taken.problem)
    children = tuple(child for child in taken.children if child in setting.included) if taken.words else ()
    outside = [setting.name_of(child) for child in taken.children if child not in setting.included]
    if outside:
        return Say(says=tick.label, lacks=f"{outside[0]} is not part of this discussion: /c adds a child")
    children = children or setting.included
    used += taken.words
    used += used < len(words) and bare(words[used]) in ("", "reason") and not words[used].isalnum()
    reason = " ".join(words[used:])
    says = f"{tick.label}, for {setting.whom(children)}"
    if not children:
        return Say(says=tick.label, lacks="a child it is decided for")
    if not reason:
        return Say(says=says, lacks="why: the reason", choices=_names(setting) if not taken.words else "")
    event = DecisionMade(
        discussion=setting.discussion,
        children=children,
        box=tick.box,
        label=tick.label,
        sets=tick.sets,
        sets_alone=tick.sets_alone,
        unless_with=tick.unless_with,
        reason=reason,
    )
    return Say(event, says=f"{says}, reason: {reason}", understood=tuple(words[:used]))


def _names(setting: Setting) -> str:
    return " · ".join(f"{child.number} {child.first}" for child in setting.children if child.included)


def _tick(words: Sequence[str], setting: Setting) -> tuple[Tick | None, int, str]:
    """The decision meant, and how many words named it: its number, or words its label begins with."""
    if not words:
        return None, 0, ""
    number = words[0].rstrip(".,:)")
    if number.isdecimal() and number.isascii():
        at = int(number) if len(number) < 4 else 0  # noqa: PLR2004 (no list is so long)
        return (setting.boxes[at - 1], 1, "") if 1 <= at <= len(setting.boxes) else (None, 0, "there is no such number")
    folded = [part for word in words for part in _spelt_out(bare(word))]
    best: list[Tick] = []
    length = 0
    for many in range(1, len(folded) + 1):
        alike = [tick for tick in setting.boxes if _label(tick)[:many] == folded[:many]]
        if not alike:
            break
        best, length = alike, many
    if len(best) == 1:
        return best[0], _typed_words(words, length), ""
    return None, 0, "which of the decisions that begin so" if best else ""


def _label(tick: Tick) -> list[str]:
    return [bare(word) for word in tick.label.split() if bare(word)]


def _spelt_out(word: str) -> list[str]:
    """`s47` is said for section 47."""
    return ["section", word[1:]] if word[:1] == "s" and word[1:].isdecimal() else [word]


def _typed_words(words: Sequence[str], folded: int) -> int:
    """How many of the words, as typed, make up so many as compared."""
    spelt = accumulate(len(_spelt_out(bare(word))) for word in words)
    return 1 + sum(1 for _ in takewhile(lambda used: used < folded, spelt))


def read_action(rest: str, setting: Setting) -> Say:
    """`CD visit home and see Kofi alone today 17:00`: who, what, by when, for which children."""
    words = rest.split()
    if not words:
        return Say(lacks="who does what, by when")
    who = take_who(words, setting)
    after = words[who.words :]
    due = take_due(after, setting.now)
    what = after[: len(after) - due.words]
    if not what:
        return Say(says=", ".join(filter(None, (who.name, due_said(due.at)))), lacks="what is to be done")
    children = children_mentioned(what, setting) or setting.included
    if not children:
        return Say(says=who.name, lacks="a child it is done for")
    event = ActionAgreed(
        discussion=setting.discussion,
        what=" ".join(what),
        who=who.name,
        agency=who.agency,
        due=due.at,
        children=children,
    )
    says = ", ".join((who.name or "nobody named yet", due_said(due.at), f"for {setting.whom(children)}"))
    return Say(event, says=says, doubt=due.doubt, understood=(*words[: who.words], *after[len(what) :]))


def take_who(words: Sequence[str], setting: Setting) -> Who:
    """Who the words begin with: somebody before a colon, somebody on the list, an agency or job, or initials."""
    for at, word in enumerate(words[:_FIRST_WORDS]):
        if word.endswith(":") and len(word) > 1 and at + 1 < len(words):
            named = [*words[:at], word[:-1]]
            return Who(" ".join(named), _agency_of(named, setting), at + 1)
    if known := known_person(words, setting):
        person, used = known
        return Who(person.name, person.agency, used + _to(words, used))
    used = 0
    agency = ""
    for phrase in phrases(words, setting):
        if phrase.at != used:
            break
        used += phrase.words
        agency = "" if phrase.part.agency == "any" else phrase.part.agency
    if used:
        return Who(" ".join(words[:used]), agency, used + _to(words, used))
    if _initials(words):
        return Who(words[0], "", 1 + _to(words, 1))
    return Who()


def _to(words: Sequence[str], used: int) -> int:
    """`police to check` says no more than `police check`."""
    return int(used < len(words) - 1 and words[used].casefold() == "to")


def _initials(words: Sequence[str]) -> bool:
    first = words[0]
    alone = len(first) == 2 and first.isalpha() and first.isupper()  # noqa: PLR2004 (initials)
    return alone and not " ".join(words).isupper()


def _agency_of(named: Sequence[str], setting: Setting) -> str:
    if known := known_person(named, setting):
        return known[0].agency
    part = next((phrase.part for phrase in phrases(named, setting)), None)
    return "" if part is None or part.agency == "any" else part.agency


def read_answer(rest: str, setting: Setting) -> Say:
    """`3 yes, seen alone`: a point by its number, and what was said to it."""
    number, _, text = rest.strip().partition(" ")
    number = number.rstrip(".,:)")
    at = int(number) if number.isdecimal() and number.isascii() and len(number) < 4 else 0  # noqa: PLR2004
    if not 1 <= at <= len(setting.points):
        waiting = [f"{place} {point.text}" for place, point in enumerate(setting.points, 1) if not point.answer]
        lacks = "which point: its number" if not number else "there is no point with that number"
        return Say(lacks=lacks, choices=" · ".join(waiting[:4]))
    point = setting.points[at - 1]
    about = f" ({setting.name_of(point.child)})" if point.child else f" ({point.agency})" if point.agency else ""
    says = f"{at} {point.text}{about}"
    if not text.strip():
        return Say(says=says, lacks="the answer")
    event = PointAnswered(
        discussion=setting.discussion, item=point.item, text=text, child=point.child, agency=point.agency
    )
    doubt = f"instead of: {point.answer}" if point.answer else ""
    if point.sets and settles(event, setting) is None:
        doubt = "begin with yes, no or not known, and the policy's own question is answered too"
    return Say(event, says=says, doubt=doubt, understood=(rest.split(maxsplit=1)[0],))


def settles(event: PointAnswered, setting: Setting) -> AnswerQuestions | None:
    """The question of the policy that the answer to a point answers with its first words; None where there is none."""
    about = (event.item, event.child, event.agency)
    point = next((one for one in setting.points if (one.item, one.child, one.agency) == about), None)
    said = fold(event.text)
    answer = next((value for words, value in _ANSWERS if re.match(rf"{words}\b", said)), None)
    if point is None or not point.sets or answer is None:
        return None
    discussion = event.discussion if point.of_discussion else None
    return AnswerQuestions(answers={point.sets: answer}, child=point.child, discussion=discussion, reason=event.text)


def read_sharing(rest: str, setting: Setting) -> Say:
    """`what they are told; when`, or `withheld: why`; for the children named in it, else for all."""
    words = rest.split()
    children = children_mentioned(words, setting) or setting.included
    if not words:
        return Say(lacks="what the family is told, and when; or withheld: why")
    if not children:
        return Say(lacks="a child it is about")
    whom = f", for {setting.whom(children)}"
    if bare(words[0]) in _WITHHELD:
        why = " ".join(words[1:])
        if not why:
            return Say(says=f"withheld{whom}", lacks="why it is withheld")
        event = SharingDecided(discussion=setting.discussion, children=children, withheld=why)
        return Say(event, says=f"withheld{whom}, reason: {why}", understood=(words[0],))
    what, mark, when = rest.partition(";")
    if not what.strip():
        return Say(lacks="what the family is told")
    event = SharingDecided(discussion=setting.discussion, children=children, what=what, when=when)
    said = f"when: {when.strip()}" if when.strip() else "when is not said (; when)"
    return Say(event, says=f"family told{whom}; {said}", understood=(mark,) if mark else ())


def read_challenge(rest: str, setting: Setting) -> Say:
    """`DS Patel: what they say against it`: beside the last decision, or the one whose number comes first."""
    words = rest.split()
    decision = setting.decisions[-1] if setting.decisions else None
    used = 0
    if len(words) > 1 and words[0].isdecimal() and words[0].isascii() and len(words[0]) < 4:  # noqa: PLR2004
        at = int(words[0])
        if not 1 <= at <= len(setting.decisions):
            return Say(lacks="there is no decision with that number")
        decision, used = setting.decisions[at - 1], 1
    who = take_who(words[used:], setting) if words[used:] else Who()
    text = " ".join(words[used + who.words :])
    beside = f"to {decision.label}" if decision else "to no decision yet"
    if not who.name:
        return Say(says=beside, lacks="who challenges: a name and a colon, then what they say")
    if not text:
        return Say(says=f"{who.name}, {beside}", lacks="what they say against it")
    event = DissentRecorded(
        discussion=setting.discussion,
        decision=decision.id if decision else None,
        who=who.name,
        agency=who.agency,
        text=text,
    )
    return Say(event, says=f"{who.name}, {beside}: {text}", understood=tuple(words[: used + who.words]))


def read_child_line(rest: str, setting: Setting) -> Say:
    """`kofi why` adds a child of the concern, `drop kofi why` takes one out; `new NAME BORN` is a stranger."""
    words = rest.split()
    listed = " · ".join(f"{one.number} {one.first}{'' if one.included else ' (not in it)'}" for one in setting.children)
    if words and bare(words[0]) == "new":
        named = " ".join(words[1:])
        return Say(stranger=named, lacks="" if named else "the child's name and date of birth", understood=tuple(words))
    verb = words[0].casefold() if words else ""
    used = int(verb in _DROP | _ADD)
    taken = take_children(words[used:], setting)
    if taken.problem or len(taken.children) != 1:
        return Say(lacks=taken.problem or "which child, one at a time", choices=listed + " · new NAME BORN")
    child = taken.children[0]
    included = child in setting.included
    if verb in _DROP | _ADD and included == (verb in _ADD):
        return Say(lacks=f"{setting.name_of(child)} is {'in it' if included else 'not in it'} already")
    used += taken.words
    reason = " ".join(words[used:])
    says = f"{setting.name_of(child)} {'leaves' if included else 'joins'} this discussion"
    if not reason:
        return Say(says=says, lacks="why: the reason")
    if included and verb not in _DROP:
        return Say(lacks=f"{setting.name_of(child)} is in it already: /c drop {setting.name_of(child)} why")
    event = ChildPlaced(discussion=setting.discussion, child=child, included=not included, reason=reason)
    return Say(event, says=f"{says}, reason: {reason}", understood=tuple(words[:used]))
