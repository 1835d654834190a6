"""A discussion as far as a typed line may refer to it: three children, six decisions, four points, four people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from duty_tui.domain.call_setting import Named, Part, Point, Setting, Tick
from duty_tui.domain.discussion import Decision, Person

#: A Friday afternoon in winter, in London and in UTC alike.
NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)

CHILDREN = (Named(1, "Okafor, Amara"), Named(2, "Kofi Okafor"), Named(3, "Will Ní Bhriain"), Named(4, "Ama", False))
BOXES = (
    Tick("ics/section-47", "Section 47 enquiries, with a core assessment", ("outcome_s47",)),
    Tick("ics/core", "Core assessment under section 17", sets_alone=("outcome_no_s47",), unless_with=("section-47",)),
    Tick("ics/police", "Police investigation"),
    Tick("ics/nfa", "No further action"),
)
POINTS = (
    Point("three/reason", "Why we are meeting", "a bruise"),
    Point("three/risk", "Risk: has this child suffered significant harm?", child=1),
    Point("three/known", "What each agency knows", agency="police"),
    Point("three/legal", "Is legal action needed?"),
)
PARTS = (
    Part("social_worker", "Social worker", "children's social care", ("social care",), ("social worker", "sw")),
    Part("sw_manager", "Team manager", "children's social care", (), ("manager", "team manager")),
    Part("hospital_clinician", "Appropriate clinician", "health", ("hospital", "ward"), ("consultant",)),
    Part("health", "Health practitioner", "health", ("health", "hospital", "ward"),
         ("gp", "nurse", "paediatrician", "consultant", "health visitor"), ("dr",)),
    Part("police", "Police representative", "police", ("police",), ("sgt", "sergeant"), ("ds", "dc")),
    Part("education", "School", "education", ("school", "nursery"), ("head teacher", "dsl")),
    Part("referrer", "Referrer", "any", (), ("referrer",)),
    Part("family", "The family", "family", ("family",), ("mother",)),
)  # fmt: skip
PEOPLE = (
    Person("p1", "Ann Osei", "team manager", "children's social care", "sw_manager", "present", joined=NOW),
    Person("p2", "DS Patel", "sergeant", "police", "police", "present", True, joined=NOW),
    Person("p3", "Dr Jo Lin", "paediatrician", "health", "health", "apologies", None, "on leave"),
)
DECISIONS = (
    Decision("d1", NOW, (1, 2), "ics/section-47", BOXES[0].label, ("outcome_s47",), "injury unexplained"),
    Decision("d2", NOW, (3,), "ics/nfa", "No further action", (), "not at home"),
)
SETTING = Setting(
    NOW,
    2,
    CHILDREN,
    BOXES,
    POINTS,
    PARTS,
    asked=("sw_manager", "social_worker", "health", "police", "referrer", "education"),
    never=("family",),
    people=PEOPLE,
    decisions=DECISIONS,
)


def with_only(**known: Any) -> Setting:
    """The same, some of it different."""
    return replace(SETTING, **known)
