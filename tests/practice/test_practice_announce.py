"""From what happened to what is sent: every word once, in order, to the right person, at the right time."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ADA, BEN, NOW, a_couple, a_partner, a_revealed_round, a_round

from bot.actions import announce
from bot.actions.announce import INVITES, RESPONSE, REVEAL, VERSION
from bot.actions.people import Together
from bot.actions.quotation import CAPTION, FIRST, LAST, is_said, parts_of, quotation, words_of
from bot.actions.split import LONGEST, units
from bot.messages import Message, MessageKind, Priority
from bot.practice.draft import Draft, Piece, PieceKind
from bot.practice.ids import PieceId, RoundId
from bot.practice.round import Slot

K = MessageKind
MINUTE = timedelta(minutes=1)
MIDNIGHT = NOW.replace(hour=23, minute=30)
MORNING = NOW.replace(day=2, hour=8)

frames = st.builds(
    Message,
    st.just(K.REVEAL_FRAME),
    st.just(100),
    to=st.just(ADA),
    round=st.just(RoundId(1)),
    about=st.just(BEN),
    details=st.sampled_from([{}, {"slot": "response"}]),
    dedupe=st.none() | st.just("reveal:1:1"),
)
files = st.sampled_from([PieceKind.VOICE, PieceKind.VIDEO_NOTE, PieceKind.PHOTO])
short = st.text(max_size=30)
long = st.builds(lambda word, times: word * times, st.text(min_size=1, max_size=9), st.integers(1, 900))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Draw what somebody may have written: texts, files with and without a caption, short and long."""
    pieces = []
    for number in range(draw(st.integers(1, 6))):
        text = draw(short | long)
        kind = draw(files) if draw(st.booleans()) else PieceKind.TEXT
        if kind is PieceKind.TEXT:
            text = text or "words"
        file = None if kind is PieceKind.TEXT else f"file-{number}"
        pieces.append(Piece(PieceId(number + 1), kind, text, 10 + number, file))
    return Draft(RoundId(1), BEN, draw(st.sampled_from(Slot)), draw(st.integers(1, 99)), tuple(pieces))


def spoken(draft: Draft, messages: list[Message]) -> list[tuple[PieceId | None, str]]:
    """Cut the words that messages carry out of a draft."""
    texts: dict[PieceId | None, str] = {piece.id: piece.text for piece in draft.pieces}
    return [(m.piece, texts[m.piece][m.start : m.end]) for m in messages if m.start is not None]


def together(zone: str = "UTC", *, acted_at: datetime | None = None) -> Together:
    """Make Ada, who acts, and Ben, who lives in a zone and acted at some time."""
    return Together(a_partner(ADA), a_partner(BEN, zone=zone, acted_at=acted_at), a_couple())


def bare(*texts: str) -> str:
    """Join texts without the line breaks between them."""
    return "".join(texts).replace("\n", "")


@given(frames, drafts())
def test_every_word_is_quoted_once_and_in_order(frame: Message, draft: Draft) -> None:
    """The texts are one passage, in their order; what stands under a file is its own caption."""
    found = quotation(frame, draft, REVEAL)
    texts = [words_of(m, draft) for m in found if m.kind is K.REVEAL_WORDS]
    assert bare(*texts) == bare(*(p.text for p in draft.pieces if is_said(draft, p)))
    under = [words_of(m, draft) for m in found if m.kind is K.REVEAL_MEDIA]
    captions = [p.text for p in draft.pieces if not is_said(draft, p)]
    assert sorted(bare(*under)) == sorted(bare(*captions))


@given(frames, drafts())
def test_every_file_is_shown_once_and_pictures_together(frame: Message, draft: Draft) -> None:
    """Up to ten pictures make one call; the last message is none of several, for it carries buttons."""
    found = quotation(frame, draft, REVEAL)
    shown = [[p.id for p in parts_of(m, draft)] for m in found if m.kind is K.REVEAL_MEDIA]
    assert sorted(number for group in shown for number in group) == [p.id for p in draft.pieces if p.file]
    pictures = sum(p.kind is PieceKind.PHOTO for p in draft.pieces)
    recordings = sum(bool(p.file) for p in draft.pieces) - pictures
    assert len(shown) <= recordings + min(pictures, 2)
    assert found[-1].kind is K.REVEAL_WORDS or len(shown[-1]) == 1


@pytest.mark.parametrize("pictures", [9, 10, 11, 20])
def test_twenty_pictures_are_albums_of_ten(pictures: int) -> None:
    """No album is larger than Telegram's, and none ends the words."""
    pieces = [Piece(PieceId(n + 1), PieceKind.PHOTO, "", n, "f") for n in range(pictures)]
    draft = Draft(RoundId(1), BEN, Slot.REFLECTION, 1, tuple(pieces))
    sizes = [len(parts_of(m, draft)) for m in quotation(Message(K.REVEAL_FRAME, 100), draft, REVEAL)]
    assert sum(sizes) == pictures
    assert max(sizes) <= 10
    assert sizes[-1] == 1


@given(frames, drafts())
def test_a_quotation_has_one_first_and_one_last_message(frame: Message, draft: Draft) -> None:
    """The first says whose words follow, the last carries the buttons; one may be both."""
    found = quotation(frame, draft, RESPONSE)
    assert [m.details[FIRST] for m in found] == [1] + [0] * (len(found) - 1)
    assert [m.details.get(LAST) for m in found] == [None] * (len(found) - 1) + [1]
    assert all(frame.details.items() <= m.details.items() for m in found)


@given(frames, drafts())
def test_each_call_of_a_quotation_fits_telegram(frame: Message, draft: Draft) -> None:
    """No quoted part is longer than the room that the frame around it leaves, and no caption than Telegram's."""
    for made in quotation(frame, draft, REVEAL):
        assert units(words_of(made, draft)) <= (LONGEST if made.kind is K.REVEAL_WORDS else CAPTION)


@given(frames, drafts())
def test_a_quotation_goes_to_one_person_about_one_round(frame: Message, draft: Draft) -> None:
    """All that is made of a frame has its addressee and its ids."""
    for made in quotation(frame, draft, REVEAL) + announce.own_words(frame, draft, K.DRAFT):
        assert (made.chat, made.to, made.about, made.round) == (100, ADA, BEN, 1)


@given(frames, drafts())
def test_a_key_of_the_whole_keeps_no_part_back(frame: Message, draft: Draft) -> None:
    """Each call of a series is sent once, and all of them are: their keys differ."""
    for made in (quotation(frame, draft, REVEAL), announce.own_words(frame, draft, K.DRAFT)):
        keys = [m.dedupe for m in made]
        assert len(set(keys)) == len(keys) if frame.dedupe else set(keys) == {None}


def test_words_that_were_taken_away_are_quoted_by_nothing() -> None:
    """A draft without parts makes no message."""
    frame = Message(K.REVEAL_FRAME, 100)
    assert quotation(frame, Draft(RoundId(1), BEN, Slot.REFLECTION), REVEAL) == []


@given(frames, drafts())
def test_ones_own_words_are_shown_whole_with_their_buttons_last(frame: Message, draft: Draft) -> None:
    """In one message where they fit, else in few, each word and each file once, and then the message with buttons."""
    found = announce.own_words(frame, draft, K.RESPONSE_DRAFT)
    *parts, last = found
    assert last.kind is K.RESPONSE_DRAFT
    assert bool(parts) == bool(last.details.get("apart"))
    assert all(m.kind is K.DRAFT_PART for m in parts)
    if parts:
        shown = [words_of(m, draft) for m in parts]
        assert sorted(bare(*shown)) == sorted(bare(*(p.text for p in draft.pieces)))
        assert all(units(text) <= LONGEST for text in shown)
        files = [p.id for m in parts if m.start is None for p in parts_of(m, draft)]
        assert sorted(files) == [p.id for p in draft.pieces if p.file]
    else:
        assert units("".join(piece.text for piece in draft.pieces)) <= LONGEST


@pytest.mark.parametrize(("length", "calls"), [(1_750, 1), (1_751, 2)])
def test_a_draft_is_in_one_message_while_it_surely_fits(length: int, calls: int) -> None:
    """Counted as if each character took two units: who writes in emoji has no longer message than Telegram's."""
    draft = Draft(RoundId(1), BEN, Slot.REFLECTION, 1, (Piece(PieceId(1), PieceKind.TEXT, "x" * length, 1),))
    assert len(announce.own_words(Message(K.DRAFT, 100), draft, K.DRAFT)) == calls


@given(frames, drafts())
def test_every_part_of_ones_own_words_tells_which_slot_and_version_it_shows(
    frame: Message, draft: Draft
) -> None:
    """A part of a long response is looked up among responses: not shown, it could be sent unread."""
    for made in announce.own_words(frame, draft, K.RESPONSE_DRAFT):
        assert made.details[VERSION] == draft.version
        assert made.details.get("slot") == frame.details.get("slot")


@given(drafts())
def test_a_reveal_is_a_frame_and_the_words_which_invite_at_their_end(draft: Draft) -> None:
    """To each reader the same steps, and the other's words alone; a video note can't invite, so another does."""
    us = together()
    for reader in us.pair:
        frame, *words = announce.revealing(us, a_revealed_round(), reader, draft)
        inviting = [m.kind is K.REVEAL_INVITE or bool(m.details.get(INVITES)) for m in words]
        assert inviting == [False] * (len(words) - 1) + [True]
        assert frame.kind is K.REVEAL_FRAME
        assert {m.kind for m in words[:-1]} <= set(REVEAL)
        assert {m.to for m in (frame, *words)} == {reader.id}
        assert len([m for m in words if m.details.get(LAST)]) == 1


def test_a_round_ends_for_both() -> None:
    """One sentence each: at once to who has acted, to the other when they may be written to."""
    mine, theirs = announce.closing(together(), a_revealed_round(), MIDNIGHT)
    assert (mine.kind, mine.to, mine.due, mine.priority) == (K.CLOSING, ADA, None, Priority.REPLY)
    assert (theirs.kind, theirs.to, theirs.due, theirs.priority) == (K.CLOSING, BEN, MORNING, Priority.EVENT)


@pytest.mark.parametrize(
    ("zone", "acted", "due"),
    [
        ("UTC", None, MORNING),
        ("UTC", MIDNIGHT - 15 * MINUTE, MIDNIGHT),
        ("UTC", MIDNIGHT - 16 * MINUTE, MORNING),
        ("America/New_York", None, MIDNIGHT),
        ("Asia/Kathmandu", None, NOW.replace(day=2, hour=2, minute=15)),
    ],
)
def test_what_one_does_at_night_waits_for_the_others_morning(
    zone: str, acted: datetime | None, due: datetime
) -> None:
    """In the other's own zone; but who has acted within a quarter of an hour is awake."""
    us = together(zone, acted_at=acted)
    (message,) = announce.to_other(us, us.message(K.HEARD_TOLD, us.other), now=MIDNIGHT)
    assert (message.due, message.priority) == (due, Priority.EVENT)


def test_an_opening_brings_each_a_prompt_and_a_reminder_of_their_own() -> None:
    """Four messages with four keys, about nobody else's doing, each in its reader's own time."""
    us = together("America/New_York")
    found = announce.prompted(us, a_round())
    assert [(m.kind, m.to) for m in found] == [
        (K.PROMPT, ADA), (K.REMINDER, ADA), (K.PROMPT, BEN), (K.REMINDER, BEN),
    ]  # fmt: skip
    assert len({m.dedupe for m in found}) == 4
    assert [m.due for m in found] == [
        NOW,
        NOW.replace(hour=21, minute=59),  # six in the morning is quiet
        NOW,
        NOW.replace(day=2, hour=1, minute=59),  # two in the morning here: a minute before ten there
    ]
    assert {m.priority for m in found} == {Priority.MORNING}


def test_an_opening_twice_is_the_same_messages() -> None:
    """Their keys name the round and the reader, so that a repeated opening sends nothing."""
    us = together()
    assert [m.dedupe for m in announce.prompted(us, a_round())] == [
        m.dedupe for m in announce.prompted(replace(us, me=us.other, other=us.me), a_round())
    ]
    later = announce.prompted(us, a_round(2))
    assert not {m.dedupe for m in later} & {m.dedupe for m in announce.prompted(us, a_round())}


def test_a_first_round_at_night_reaches_who_is_awake_and_waits_for_who_is_not() -> None:
    """It opens at no hour that anybody chose: Ada has just confirmed, Ben has been asleep for hours."""
    us = together(acted_at=MIDNIGHT - 120 * MINUTE)
    us = replace(us, me=replace(us.me, acted_at=MIDNIGHT))
    found = announce.prompted(us, replace(a_round(), opened_at=MIDNIGHT))
    assert [m.due for m in found if m.kind is K.PROMPT] == [MIDNIGHT, MORNING]


def test_a_partner_without_a_zone_keeps_the_couples() -> None:
    """Until they have named their own."""
    us = together()
    assert announce.home_zone(replace(us.other, zone=None), us) == us.couple.rhythm.zone
    assert announce.home_zone(replace(us.other, zone="Asia/Tokyo"), us) == "Asia/Tokyo"
