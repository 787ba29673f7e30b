"""A view is made of its fields alone, and stays as it was loaded."""

from dataclasses import FrozenInstanceError

import pytest

from bot.screens.view import Unsaid, View


class Example(View):
    """An example, of no kind."""

    text: str
    mine: Unsaid[bool] = False


def test_a_view_takes_its_fields_by_name_and_says_what_is_to_be_said() -> None:
    """A default stands where nothing is given; what is for the buttons alone is not said."""
    example = Example(text="a")
    assert (example.text, example.mine, example.values()) == ("a", False, {"text": "a"})


@pytest.mark.parametrize(("given", "named"), [({}, "text"), ({"text": "a", "other": 1}, "other")])
def test_a_field_that_lacks_or_is_unknown_is_named_without_its_value(
    given: dict[str, str], named: str
) -> None:
    """As a dataclass would."""
    with pytest.raises(TypeError, match=f"Example lacks, or has not: {named}$"):
        Example(**given)  # type: ignore[arg-type]  # what is wrong here is what is tried


def test_a_view_does_not_change_and_shows_nothing_of_itself() -> None:
    """Whoever has it may rely on it, and log it."""
    example = Example(text="a secret")
    with pytest.raises(FrozenInstanceError):
        example.text = "another"  # type: ignore[misc]  # what is wrong here is what is tried
    with pytest.raises(FrozenInstanceError):
        del example.text
    assert repr(example) == "Example()"
