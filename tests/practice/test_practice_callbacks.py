"""What a button carries: read back as it was written, and nothing forged gets further than a refusal."""

from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from two_people import NOW

from bot.practice import ids
from bot.practice.refusals import Reason, Refusal
from bot.screens.callbacks import BIGGEST, LONGEST, Press, Verb, decode, encode

verbs = st.sampled_from(Verb)
numbers = st.integers(0, BIGGEST - 1)
forged = st.text(max_size=80) | st.builds(
    lambda verb, rest: f"{verb.value}:{rest}", verbs, st.text("abcXYZ019_/+-: \n\u0661", max_size=70)
)


@given(verbs, st.lists(numbers, max_size=4))
def test_any_verb_with_any_ids_is_read_back(verb: Verb, arguments: list[int]) -> None:
    """Up to four ids, the greatest that a database holds among them, and never over Telegram's 64 bytes."""
    data = encode(verb, *arguments)
    assert len(data.encode()) <= 64 == LONGEST
    press = decode(data)
    assert press is not None
    assert press.verb is verb
    assert [press.number(place) for place in range(len(arguments))] == arguments


@given(verbs, st.lists(st.from_regex(r"[A-Za-z0-9_/+-]{0,12}", fullmatch=True), max_size=3))
def test_words_of_ours_are_read_back(verb: Verb, arguments: list[str]) -> None:
    """Keys of starters, names of switches, what a slot is called."""
    press = decode(encode(verb, *arguments))
    assert press == Press(verb, tuple(arguments))
    assert [press.text(place) for place in range(len(arguments))] == arguments


def test_every_zone_of_the_world_fits_a_button() -> None:
    """With its slashes, signs and digits."""
    for zone in available_timezones():
        assert decode(encode(Verb.ZONE, zone)) == Press(Verb.ZONE, (zone,))


def test_every_verb_is_told_from_every_other() -> None:
    """No two share what they carry, and none could be taken for an argument's border."""
    assert len({verb.value for verb in Verb}) == len(Verb)
    assert all(verb.value.isascii() and verb.value.isalnum() for verb in Verb)


def test_the_ids_of_this_century_fit_beside_a_version() -> None:
    """A round, a version and a slot: what the longest of our buttons carries."""
    round_ = ids.mint(NOW.replace(year=2200), 0, 0)
    assert len(encode(Verb.START_OVER, round_, 10**6, "second_response")) <= LONGEST


@given(forged)
@example("")
@example(":")
@example("seal:-1")
@example("seal:+-1")
@example("seal:" + "z" * 59)
@example("seal:1y2p0ij32e8e8")
@example("seal:1_0")
@example("seal\n:1")
@example("\ud800")
@example("seal:" + "9" * 100_000)
def test_no_forged_button_raises_or_leaves_the_range_of_ids(data: str) -> None:
    """It is none of ours, or its numbers are ids that may or may not exist, or they are refused."""
    press = decode(data)
    if press is None:
        return
    assert press.verb in Verb
    assert data == ":".join((press.verb, *press.arguments))
    for place in range(len(press.arguments) + 1):
        try:
            assert 0 <= press.number(place) < BIGGEST
        except Refusal as refusal:
            assert refusal.reason is Reason.NOT_YOURS  # noqa: PT017 (either may happen)


@pytest.mark.parametrize(
    "data", ["bogus", "SEAL:1", "seal:a b", "seal:\u0661", "seal:1;", "seal:" + "a" * 60]
)
def test_what_we_never_wrote_is_none_of_ours(data: str) -> None:
    """Another verb, another alphabet, more than fits a button."""
    assert decode(data) is None


@pytest.mark.parametrize("number", [-1, BIGGEST, 2**80])
def test_an_id_that_no_database_holds_is_not_written(number: int) -> None:
    """A mistake of ours is found where it is made."""
    with pytest.raises(ValueError, match="out of range"):
        encode(Verb.SEAL, number)


def test_sixty_four_bytes_are_written_and_read() -> None:
    """As many as Telegram takes, and not one less."""
    longest = encode(Verb.SEAL, "a" * (64 - len("seal:")))
    assert len(longest) == 64
    assert decode(longest) is not None
    assert decode(f"{longest}a") is None


def test_a_button_that_would_not_come_back_whole_is_not_written() -> None:
    """Too long, or with a sign that stands between arguments, or outside the alphabet."""
    with pytest.raises(ValueError, match="too long"):
        encode(Verb.SEAL, "a" * 60)
    for argument in ("a:b", "a b", "\u00e9", "a\n"):
        with pytest.raises(ValueError, match="cannot stand"):
            encode(Verb.SEAL, argument)


@pytest.mark.parametrize("arguments", [(), ("",), ("1y2p0ij32e8e8",), ("-1",), ("id",) * 2])
def test_a_button_without_a_number_where_it_should_have_one_is_refused(arguments: tuple[str, ...]) -> None:
    """None at all, an empty one, one too great by one, one below nothing; a third of two."""
    with pytest.raises(Refusal) as refused:
        Press(Verb.SEAL, arguments).number(0 if len(arguments) < 2 else 2)
    assert refused.value.reason is Reason.NOT_YOURS
    assert Press(Verb.SEAL, ("1y2p0ij32e8e7",)).number(0) == BIGGEST - 1
