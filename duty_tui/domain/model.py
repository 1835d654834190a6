"""What every model of the domain has in common: frozen, strict, and clean of control characters from the door on."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from duty_tui.domain.text import strip_controls

#: One line of typed text: control characters are gone, outer blanks too.
Line = Annotated[str, AfterValidator(lambda text: strip_controls(text).strip())]
#: Typed text of several lines, likewise.
Lines = Annotated[str, AfterValidator(lambda text: strip_controls(text, lines=True).strip())]


class Model(BaseModel):
    """Frozen; unknown fields are refused, so that nothing typed is dropped without a word."""

    model_config = ConfigDict(frozen=True, extra="forbid")
