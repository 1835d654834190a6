"""What a form asks is data: in order, each field once, with what is suggested from an event there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from duty_tui.errors import BadFile
from duty_tui.rules.loader import builtin_folder, load_vocabulary

TEXT = (builtin_folder() / "vocabulary.toml").read_text(encoding="utf-8")
FORMS = load_vocabulary(builtin_folder() / "vocabulary.toml").form


def test_a_need_to_know_asks_what_prevents_it_what_keeps_the_child_safe_and_what_is_asked() -> None:
    fields = FORMS["need_to_know"].fields
    assert [field.ask for field in fields] == ["What prevents it", "Interim safety", "What is asked"]
    assert all(field.needed for field in fields)
    assert [field.suggest for field in fields] == [None, "interim_note_recorded", None]


def test_every_form_but_the_record_asks_something_and_needs_something() -> None:
    for name, form in FORMS.items():
        assert any(field.needed for field in form.fields) or name == "record"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('id = "asked"', 'id = "safety"', 'the form asks "safety" twice; give each field an id of its own'),
        (
            'suggest = "interim_note_recorded"',
            'suggest = "interim_note_record"',
            '"interim_note_record" is not an event of the vocabulary; did you mean "interim_note_recorded"?',
        ),
        ("needed = true, suggest", "neded = true, suggest", '"neded" is not a key here; did you mean "needed"?'),
    ],
)
def test_a_form_is_read_strictly(tmp_path: Path, before: str, after: str, said: str) -> None:
    broken = tmp_path / "vocabulary.toml"
    broken.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_vocabulary(broken)
    assert refused.value.problems[0].endswith(said)
    assert "form.need_to_know.fields[" in refused.value.problems[0]
