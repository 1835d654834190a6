"""What every model of a policy pack has in common, and how a rule says where it stands in the document."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

#: A citation is a pointer, not a copy: at most this many words of the document.
MOST_WORDS = 12


class Model(BaseModel):
    """Frozen and strict: an unknown key, a number where a word belongs, is an error with its place, never a guess."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_by_alias=True, validate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _lists_are_tuples(cls, value: Any) -> Any:
        # TOML knows only lists, and a strict tuple refuses one.
        if isinstance(value, dict):
            return {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
        return value


def _few_words(words: str) -> str:
    if not words.strip():
        raise ValueError("a citation needs the key words of the document")
    if (count := len(words.split())) > MOST_WORDS:
        raise ValueError(f"a citation holds at most {MOST_WORDS} words of the document, this one has {count}")
    return words


class Citation(Model):
    """Where the document says so: its place, and at most twelve of its words, verbatim."""

    #: Which document; the pack's own unless another is named.
    document: str = ""
    #: Heading, number or table row at which a reader finds it.
    paragraph: str
    #: Key words, verbatim, from that place.
    words: Annotated[str, AfterValidator(_few_words)]


class Reading(Model):
    """How a spot that is silent, unclear or contradicts itself is read here, and why."""

    id: str
    #: What the text leaves open.
    question: str
    #: The answer this desk works by.
    adopted: str
    #: Why that answer and not another.
    reason: str


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
