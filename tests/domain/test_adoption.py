"""From when until when a service works to a policy."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.adoption import Spell, adopted, left
from duty_tui.domain.service import PolicyAdopted, PolicyLeft, Service

MARCH, JUNE, SEPTEMBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
DAY = timedelta(days=1)


def test_what_a_desk_is_founded_on_governs_what_began_before_too() -> None:
    assert Spell(JUNE).governs(MARCH)
    assert Spell(None).governs(MARCH)
    assert Spell(None, None, earlier=False).governs(MARCH)


def test_what_is_adopted_later_governs_what_begins_from_that_day_on() -> None:
    spell = Spell(JUNE, None, earlier=False)
    assert spell.governs(JUNE)
    assert not spell.governs(JUNE - DAY)


def test_what_began_before_a_policy_was_left_keeps_it_for_life() -> None:
    spell = Spell(MARCH, JUNE)
    assert spell.governs(JUNE - DAY)
    assert not spell.governs(JUNE)


def test_adopted_again_from_an_earlier_day_reaches_back_and_from_a_later_day_changes_nothing() -> None:
    spells = (Spell(JUNE, None, earlier=False),)
    assert adopted(spells, Spell(MARCH, None, earlier=False)) == (Spell(MARCH, None, earlier=False),)
    assert adopted(spells, Spell(SEPTEMBER, None, earlier=False)) == spells
    assert adopted((Spell(None),), Spell(SEPTEMBER, None, earlier=False)) == (Spell(None),)
    assert adopted(spells, Spell(None, None, earlier=False)) == (Spell(None, None, earlier=False),)


def test_taken_up_again_after_it_was_left_there_are_two_spells() -> None:
    once = (Spell(MARCH, JUNE),)
    again = Spell(SEPTEMBER, None, earlier=False)
    assert adopted(once, again) == (Spell(MARCH, JUNE), again)
    assert adopted(once, Spell(MARCH + DAY, None, earlier=False)) == (Spell(MARCH),)
    assert adopted(once, Spell(SEPTEMBER)) == (Spell(SEPTEMBER),)


def test_left_before_it_ever_counted_it_was_never_adopted() -> None:
    assert left((Spell(JUNE),), JUNE) == ()
    assert left((Spell(MARCH, JUNE), Spell(SEPTEMBER)), SEPTEMBER) == (Spell(MARCH, JUNE),)
    assert left((Spell(None),), MARCH) == (Spell(None, MARCH),)


def test_the_service_knows_since_when_and_forgets_what_it_never_adopted() -> None:
    service = PolicyAdopted(pack="riverside", from_day=JUNE, only_new=True).apply(Service())
    assert service.adopted == {"riverside": JUNE}
    service = PolicyAdopted(pack="ics-record").apply(service)
    assert PolicyLeft(pack="riverside", from_day=SEPTEMBER).apply(service).adopted == service.adopted
    never = PolicyLeft(pack="riverside", from_day=MARCH).apply(service)
    assert never.adopted == {"ics-record": None}
    assert set(never.spells) == {"ics-record"}
    assert PolicyLeft(pack="elsewhere", from_day=MARCH).apply(never) == never


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 60)), max_size=6), st.integers(0, 70))
def test_from_the_day_it_is_adopted_it_governs_and_from_the_day_it_is_left_it_does_not(
    acts: list[tuple[bool, int]], last: int
) -> None:
    spells: tuple[Spell, ...] = ()
    for adopt, day in acts:
        at = MARCH + day * DAY
        spells = adopted(spells, Spell(at, None, earlier=False)) if adopt else left(spells, at)
    at = MARCH + last * DAY
    assert any(spell.governs(at) for spell in adopted(spells, Spell(at, None, earlier=False)))
    assert not any(spell.governs(at) for spell in left(spells, at))
    assert list(spells) == sorted(spells, key=lambda spell: spell.since or date.min)
