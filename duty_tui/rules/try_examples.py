"""Runs the examples of a policy: each situation through the engine, and what came out otherwise than expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import ValidationError

from duty_tui.domain.times import LONDON, end_of_day, moment_words
from duty_tui.errors import BadFile
from duty_tui.rules.calendar import build_calendars
from duty_tui.rules.checks import rules
from duty_tui.rules.complaints import did_you_mean, shape_problems
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.examples import EventAt, Example, ExampleFile, Expected, When
from duty_tui.rules.loader import Policy, load_policies
from duty_tui.rules.questions import same_duty
from duty_tui.rules.situation import Happening, Known, Situation, Variation
from duty_tui.rules.toml_file import Problem, TomlFile, read_toml
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.rules.words import due_words

_STATES = {State.WAITING: "waiting", State.RULED_OUT: "ruled out", State.REPLACED: "replaced"}
_NOT_OWED = "not owed"


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example, and how what came out differs from what it expects; nothing when it holds."""

    name: str
    about: str
    line: int
    differences: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether it came out as expected."""
        return not self.differences


class Workbench:
    """What examples are run with: the vocabulary, the bank holidays, and how far those are published."""

    def __init__(self, vocabulary: Vocabulary, bank_holidays: Mapping[date, str], published_until: date) -> None:
        self.vocabulary = vocabulary
        self._bank_holidays = bank_holidays
        self._published_until = published_until
        self._rulebooks: dict[tuple[Path, tuple[date, ...], tuple[str, ...], date | None], Rulebook] = {}

    def rulebook(self, policy: Policy, example: Example) -> Rulebook:
        """The policy, with the others the example asks for, on its calendar; kept for the next example like it."""
        key = (policy.folder, example.closures, example.with_, example.adopted)
        if key not in self._rulebooks:
            closures = dict.fromkeys(example.closures, "closed")
            calendars = build_calendars(self.vocabulary.calendar, self._bank_holidays, closures, self._published_until)
            policies = (policy, *load_policies(example.with_, self.vocabulary))
            if example.adopted is None:
                rulebook = Rulebook.always(policies, self.vocabulary, calendars)
            else:
                adoptions = dict.fromkeys((one.id for one in policies), example.adopted)
                rulebook = Rulebook(policies, self.vocabulary, calendars, adoptions)
            self._rulebooks[key] = rulebook
        return self._rulebooks[key]


def run_examples(policy: Policy, bench: Workbench) -> list[ExampleResult]:
    """Every example of the policy's `examples.toml`; none when it has no such file.

    Raises BadFile with every problem of the file when it does not fit, or names what does not exist.
    """
    path = policy.folder / "examples.toml"
    if not path.exists():
        return []
    file = read_toml(path)
    examples = _examples(file, policy, bench.vocabulary)
    return [
        ExampleResult(
            example.name,
            example.about,
            file.lines.line(("example", index)),
            tuple(_differences(example, policy, bench)),
        )
        for index, example in enumerate(examples)
    ]


def _examples(file: TomlFile, policy: Policy, vocabulary: Vocabulary) -> Sequence[Example]:
    try:
        examples = ExampleFile.model_validate(file.data).example
    except ValidationError as wrong:
        raise _bad(file, shape_problems(wrong, ExampleFile)) from wrong
    if problems := [
        problem for index, one in enumerate(examples) for problem in _names(index, one, policy, vocabulary)
    ]:
        raise _bad(file, problems)
    return examples


def _bad(file: TomlFile, problems: Sequence[Problem]) -> BadFile:
    lines = file.sentences(problems)
    return BadFile(f"{file.path} cannot be run.", problems=lines, do="Mend the examples and check again.")


def _names(index: int, example: Example, policy: Policy, vocabulary: Vocabulary) -> Iterator[Problem]:
    clocks = {clock.id for pack in policy.versions for _, _, clock in rules(pack)}
    if example.about not in clocks and not example.with_:
        near = did_you_mean(example.about, clocks)
        yield Problem(
            ("example", index, "about"), f'"{example.about}" is not a clock or escalation of this policy{near}'
        )
    for key, given, known in (("events", example.events, vocabulary.event), ("facts", example.facts, vocabulary.fact)):
        for name in given:
            if name not in known:
                near = did_you_mean(name, known)
                yield Problem(("example", index, key, name), f'"{name}" is not in the vocabulary{near}')
    yield from _variations(index, example, clocks, vocabulary)
    times = [("received", example.received), ("identified", example.identified), ("expect", example.expect.overdue_at)]
    times += [("expect", example.expect.not_overdue_at), ("expect", example.expect.met_at)]
    times += [("events", one.at) for happenings in example.events.values() for one in happenings]
    times += [("events", one.set_at) for happenings in example.events.values() for one in happenings]
    times += [("facts", one.since) for answers in example.facts.values() for one in answers]
    times += [("variations", one.due) for one in example.variations]
    for key, written in times:
        if written is not None and not _is_time(written):
            yield Problem(("example", index, key), f'"{written}" is not a time; write it as "2026-11-20T18:00"')
    for key in ("due", "first_due"):
        words = getattr(example.expect, key)
        if words is not None and not _is_due(words):
            yield Problem(
                ("example", index, "expect", key),
                f'"{words}" is not a due; write "2026-11-20 end" or "2026-11-20T18:00"',
            )


def _variations(index: int, example: Example, clocks: set[str], vocabulary: Vocabulary) -> Iterator[Problem]:
    """A variation of nothing, or by nobody, would change nothing and say nothing."""
    for place, one in enumerate(example.variations):
        path = ("example", index, "variations", place)
        if one.clock not in clocks and not example.with_:
            near = did_you_mean(one.clock, clocks)
            yield Problem((*path, "clock"), f'"{one.clock}" is not a clock of this policy{near}')
        if one.by_role not in vocabulary.role:
            near = did_you_mean(one.by_role, vocabulary.role)
            yield Problem((*path, "by_role"), f'"{one.by_role}" is not a role of the vocabulary{near}')


def _is_time(written: When) -> bool:
    try:
        instant(written)
    except ValueError:
        return False
    return True


def _is_due(words: str) -> bool:
    try:
        _expected_due(words)
    except ValueError:
        return False
    return True


def instant(written: When) -> datetime:
    """A time as an example writes it, as a UTC instant: London unless it carries an offset. Raises ValueError."""
    moment = datetime.fromisoformat(written) if isinstance(written, str) else written
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)


def situation_of(example: Example, vocabulary: Vocabulary) -> Situation:
    """The example as the engine is asked about it."""
    events = {name: _numbered(name, happenings, vocabulary) for name, happenings in example.events.items()}
    for name, moment in (("referral_received", example.received), ("concern_identified", example.identified)):
        if moment is not None:
            events[name] = [Happening(instant(moment)), *events.get(name, [])]
    facts = {
        name: [
            Known(
                None if one.is_ == "unknown" else one.is_,
                instant(one.since) if one.since else None,
                one.child,
                one.discussion,
            )
            for one in answers
        ]
        for name, answers in example.facts.items()
    }
    variations = [
        Variation(one.clock, instant(one.due), one.by_role, one.reason, one.child, one.discussion, one.by)
        for one in example.variations
    ]
    return Situation(events, facts, example.children, variations)


def _numbered(name: str, happenings: Sequence[EventAt], vocabulary: Vocabulary) -> list[Happening]:
    """Happenings of what belongs to discussions get their numbers in order of time, where they carry none."""
    made = [
        Happening(instant(one.at), one.child, one.discussion, instant(one.set_at) if one.set_at else None)
        for one in happenings
    ]
    if vocabulary.event[name].scope != "discussion":
        return made
    in_time = sorted(made, key=lambda happening: happening.at)
    return [one._replace(discussion=one.discussion or number) for number, one in enumerate(in_time, 1)]


def _differences(example: Example, policy: Policy, bench: Workbench) -> Iterator[str]:
    rulebook, expect = bench.rulebook(policy, example), example.expect
    deadlines = rulebook.deadlines(situation_of(example, bench.vocabulary))
    about = [
        one
        for one in deadlines
        if one.clock.id == example.about
        and expect.child in (None, one.child)
        and expect.discussion in (None, one.discussion)
    ]
    if not about:
        if expect.due != _NOT_OWED:
            yield f"expected a deadline of {example.about}, but there is none"
        return
    yield from _compare(expect, about[0], deadlines)


def _compare(expect: Expected, one: Deadline, deadlines: Sequence[Deadline]) -> Iterator[str]:
    if expect.due is not None and (found := _due(one)) != (expected := _expected_due(expect.due)):
        yield f"due: expected {_shown(expected)}, came out as {_shown(found)}"
    if expect.first_due is not None and one.first_due != (expected := _expected_due(expect.first_due)):
        yield f"first_due: expected {_shown(expected)}, came out as {_shown(one.first_due)}"
    governing = next((other.clock.id for other in deadlines if other.governs and same_duty(other, one)), "none")
    came_out = {
        "governs": governing,
        "obligation": one.obligation.id,
        "certain": one.certain,
        "start_from": one.start_from,
        "lost_to": one.lost_to or "none",
        "provisional": one.provisional,
        "before_adoption": one.before_adoption,
    }
    for key, value in came_out.items():
        wanted = getattr(expect, key)
        if wanted is not None and wanted != value:
            yield f"{key}: expected {wanted}, came out as {value}"
    if expect.met_at is not None and one.met_at != (wanted_at := instant(expect.met_at)):
        met = moment_words(one.met_at) if one.met_at else "not met"
        yield f"met_at: expected {moment_words(wanted_at)}, came out as {met}"
    if expect.overdue_at is not None and not one.overdue(instant(expect.overdue_at)):
        yield f"overdue_at: not overdue at {moment_words(instant(expect.overdue_at))}"
    if expect.not_overdue_at is not None and one.overdue(instant(expect.not_overdue_at)):
        yield f"not_overdue_at: overdue at {moment_words(instant(expect.not_overdue_at))}"


def _due(one: Deadline) -> datetime | str:
    return _STATES.get(one.state) or one.due or "none"


def _expected_due(words: str) -> datetime | str:
    if words in (*_STATES.values(), "none", _NOT_OWED):
        return words
    day, _, end = words.partition(" ")
    return end_of_day(date.fromisoformat(day)) if end == "end" else instant(words)


def _shown(due: datetime | str | None) -> str:
    return due_words(due) if isinstance(due, datetime) else due or "none"
