"""What every model of the domain has in common: frozen, strict, and clean of control characters from the door on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from duty_tui.domain.text import strip_controls

#: One line of typed text: control characters are gone, outer blanks too.
Line = Annotated[str, AfterValidator(lambda text: strip_controls(text).strip())]
#: Typed text of several lines, likewise.
Lines = Annotated[str, AfterValidator(lambda text: strip_controls(text, lines=True).strip())]


def _in_utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise ValueError("the time lies before year 1 or after year 9999") from None


#: A moment in UTC, whatever zone it was given in: London times are subtracted wrongly across a change of the clocks.
Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class Model(BaseModel):
    """Frozen; unknown fields are refused, so that nothing typed is dropped without a word."""

    model_config = ConfigDict(frozen=True, extra="forbid")
