"""Where words go: the table, row by row, and the promises that hold for any history."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.answering import may_answer
from bot.practice.destination import (
    ANSWERS,
    CONTINUES,
    LAPSED_FOR,
    LASTS,
    MOST_OFFERED,
    PRACTICE_LASTS,
    QUESTION_LASTS,
    QUESTIONS,
    RESUMED,
    WRITES_ON,
    Ask,
    Destination,
    DestinationKind,
    Named,
    Said,
    Wish,
    destination,
    lapsed,
)
from bot.practice.ids import RoundId

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TICK = timedelta(microseconds=1)
TODAY, BEFORE = RoundId(7), RoundId(6)
REFLECTION, ADDITION = (
    Destination(DestinationKind.REFLECTION, TODAY),
    Destination(DestinationKind.ADDITION, TODAY),
)
RESPONSE, CLARIFICATION = (
    Destination(DestinationKind.RESPONSE, BEFORE),
    Destination(DestinationKind.CLARIFICATION, BEFORE),
)
EARLIER = Destination(DestinationKind.REFLECTION, BEFORE)
ADDED_LATE = Destination(DestinationKind.ADDITION, BEFORE)
MUCH = [REFLECTION, RESPONSE, CLARIFICATION, ADDED_LATE]
PRACTICE, CITY, SEARCH = (
    Destination(DestinationKind.PRACTICE),
    Destination(DestinationKind.CITY),
    Destination(DestinationKind.SEARCH),
)
DAY, LETTER = Destination(DestinationKind.CAPSULE_DAY), Destination(DestinationKind.CAPSULE)
WAITING, PRESS = Destination(DestinationKind.WAITING), Destination(DestinationKind.PRESS, BEFORE)
OWN = Said()


def now(*places: Destination) -> list[Named]:
    """Name these a moment ago, the newest first."""
    return [Named(place, NOW - number * TICK) for number, place in enumerate(places)]


ROWS: list[tuple[str, list[Named], list[Destination], Said, Destination | Ask | Wish | None]] = [
    ("a forward", now(REFLECTION), [REFLECTION], Said(passed_on=True), Ask((REFLECTION,))),
    ("a forward while practising", now(PRACTICE), [REFLECTION], Said(passed_on=True), Ask((REFLECTION,))),
    ("a forward of nothing open", now(REFLECTION), [], Said(passed_on=True), None),
    ("a reply to what is open", now(REFLECTION), [REFLECTION, RESPONSE], Said(reply=RESPONSE), RESPONSE),
    ("a reply, practising", now(PRACTICE), [REFLECTION], Said(reply=REFLECTION), REFLECTION),
    ("a reply to yesterday", now(REFLECTION), [REFLECTION], Said(reply=EARLIER), Ask((REFLECTION,))),
    ("a reply to the question", now(CITY), [REFLECTION], Said(reply=CITY), CITY),
    (
        "a story in reply to it",
        now(CITY),
        [REFLECTION],
        Said(reply=CITY, answers=False),
        Ask((REFLECTION, CITY)),
    ),
    ("a reply to an old one", now(REFLECTION), [REFLECTION], Said(reply=SEARCH), Ask((SEARCH, REFLECTION))),
    ("an answer", now(CITY, REFLECTION), [REFLECTION], OWN, CITY),
    ("a story", now(CITY, REFLECTION), [REFLECTION], Said(answers=False), Ask((REFLECTION, CITY))),
    ("a story, and nothing open", now(CITY), [], Said(answers=False), CITY),
    ("a name, practising", now(PRACTICE), MUCH, Said(names=True), Ask((*MUCH[:2], PRACTICE))),
    ("a name, practising, and nothing open", now(PRACTICE), [], Said(names=True), Ask((LETTER, PRACTICE))),
    ("a name in reply to practice", now(PRACTICE), MUCH, Said(names=True, reply=PRACTICE), PRACTICE),
    ("a name, writing", now(REFLECTION), [REFLECTION], Said(names=True), REFLECTION),
    ("a story, much open", now(CITY), MUCH, Said(answers=False), Ask((*MUCH[:2], CITY))),
    ("more of a letter", now(DAY), [REFLECTION], Said(answers=False), Ask((LETTER, REFLECTION, DAY))),
    ("the same, nothing open", now(DAY), [], Said(answers=False), Ask((LETTER, DAY))),
    ("practice", now(PRACTICE, REFLECTION), [REFLECTION], OWN, PRACTICE),
    ("more of what waits", now(WAITING, REFLECTION), [REFLECTION], OWN, WAITING),
    ("one more thing", now(ADDITION), [ADDITION], OWN, Ask((ADDITION,))),
    ("more for an earlier day", now(ADDED_LATE), [ADDED_LATE], OWN, Ask((ADDED_LATE,))),
    ("after a look back", now(ADDED_LATE), [REFLECTION, ADDED_LATE], OWN, Ask((REFLECTION, ADDED_LATE))),
    ("the same, much open", now(ADDED_LATE), MUCH, OWN, Ask((*MUCH[:2], ADDED_LATE))),
    ("sealed, earlier ones open", now(ADDITION), [ADDITION, EARLIER], OWN, Ask((ADDITION,))),
    ("the last one named", now(RESPONSE, REFLECTION), [REFLECTION, RESPONSE], OWN, RESPONSE),
    ("a new prompt", now(REFLECTION, RESPONSE), [REFLECTION, RESPONSE], OWN, REFLECTION),
    ("a reveal while practising", now(RESPONSE, PRACTICE), [RESPONSE], OWN, RESPONSE),
    ("yesterday's prompt, over", now(EARLIER), [REFLECTION], OWN, Ask((REFLECTION,))),
    ("an answer to be heard", now(PRESS), [RESPONSE], OWN, Ask((RESPONSE,))),
    ("a press over a letter", now(PRESS, LETTER), [REFLECTION], OWN, Ask((LETTER, REFLECTION))),
    ("the same, all answered", now(PRESS), [], OWN, None),
    ("an answer that was sent", now(RESPONSE, REFLECTION), [REFLECTION], OWN, REFLECTION),
    ("two that were sent", now(RESPONSE, CLARIFICATION), [REFLECTION], OWN, Ask((REFLECTION,))),
    ("yesterday's prompt before one", now(RESPONSE, EARLIER), [REFLECTION], OWN, Ask((REFLECTION,))),
    ("a yes under a button", now(REFLECTION), [REFLECTION], Said(press=True), Ask((REFLECTION,))),
    ("a yes, nothing named", [], [REFLECTION], Said(press=True), Ask((REFLECTION,))),
    ("a yes, practising", now(PRACTICE, REFLECTION), [REFLECTION], Said(press=True), PRACTICE),
    ("a file, and a question", now(CITY), [REFLECTION], Said(answers=False, texts=False), Ask((REFLECTION,))),
    ("a file, and nothing else", now(CITY), [], Said(answers=False, texts=False), CITY),
    ("a yes to a question", now(CITY), [REFLECTION], Said(press=True), CITY),
    ("a yes, nothing open", now(REFLECTION), [], Said(press=True), None),
    ("send it", now(RESPONSE), [RESPONSE], Said(wishes=True, written=(RESPONSE,)), Wish(RESPONSE)),
    ("send it, a letter", now(LETTER), [REFLECTION], Said(wishes=True, written=(LETTER,)), Wish(LETTER)),
    ("send it, nothing written", now(RESPONSE), [RESPONSE], Said(wishes=True), RESPONSE),
    (
        "send it, written elsewhere",
        now(REFLECTION, RESPONSE),
        [REFLECTION, RESPONSE],
        Said(wishes=True, written=(RESPONSE,)),
        Ask((RESPONSE, REFLECTION)),
    ),
    (
        "send it, practising",
        now(PRACTICE),
        [REFLECTION],
        Said(wishes=True, written=(REFLECTION,)),
        PRACTICE,
    ),
    ("nothing named, one open", [], [REFLECTION], OWN, REFLECTION),
    ("nothing named, sealed", [], [ADDITION], OWN, Ask((ADDITION,))),
    ("nothing named, two open", [], [REFLECTION, RESPONSE], OWN, Ask((REFLECTION, RESPONSE))),
    ("nothing open", [], [], OWN, None),
    ("an edited answer", now(CITY), [REFLECTION], Said(edit=True), CITY),
    ("an edited try", now(PRACTICE), [REFLECTION], Said(edit=True), PRACTICE),
    ("an edit of a try, after practice", now(REFLECTION), [REFLECTION], Said(edit=True), None),
]


@pytest.mark.parametrize(
    ("named", "open_", "said", "where"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_each_row_of_the_table(
    named: list[Named], open_: list[Destination], said: Said, where: Destination | Ask | Wish | None
) -> None:
    """As the table at the top of the module says."""
    assert destination(named, open_, said, NOW) == where


LATER: tuple[tuple[str, list[Destination], list[Destination], Destination], ...] = (
    ("today's", [REFLECTION], [REFLECTION], REFLECTION),
    ("practice", [PRACTICE, REFLECTION], [REFLECTION], PRACTICE),
    ("a letter", [LETTER], [REFLECTION], LETTER),
    ("an answer", [RESPONSE], [REFLECTION, RESPONSE], RESPONSE),
    ("nothing but what is open", [], [REFLECTION], REFLECTION),
    ("sealed words", [ADDITION], [ADDITION], WAITING),
    ("a question", [CITY, REFLECTION], [REFLECTION], WAITING),
    ("a press", [PRESS], [REFLECTION], WAITING),
    ("nothing open", [], [], WAITING),
)


@pytest.mark.parametrize(
    ("before", "open_", "where"), [row[1:] for row in LATER], ids=[row[0] for row in LATER]
)
def test_what_comes_later_than_a_question_goes_where_it_would_go_unasked(
    before: list[Destination], open_: list[Destination], where: Destination
) -> None:
    """Not a second before: that goes on with what waits, and so does what tells nothing."""
    asked = [*now(WAITING), *(Named(place, NOW - timedelta(minutes=2)) for place in before)]
    tells = Said(tells=True)
    assert destination(asked, open_, tells, NOW + CONTINUES - timedelta(seconds=1)) == WAITING
    assert destination(asked, open_, OWN, NOW + CONTINUES) == WAITING
    assert destination(asked, open_, tells, NOW + CONTINUES) == where
    assert destination(asked, open_, Said(tells=True, reply=WAITING), NOW + CONTINUES) == WAITING


@pytest.mark.parametrize(
    ("named", "open_", "where"),
    [
        (now(RESPONSE), [REFLECTION, RESPONSE], Ask((REFLECTION, RESPONSE))),
        (now(PRACTICE), [REFLECTION], Ask((REFLECTION, PRACTICE))),
        (now(CITY), [REFLECTION], Ask((REFLECTION, CITY))),
        (now(EARLIER), [REFLECTION, EARLIER], Ask((REFLECTION, EARLIER))),
        (now(PRESS), [REFLECTION, RESPONSE], Ask((REFLECTION, RESPONSE))),
        (now(WAITING), [REFLECTION], WAITING),
        (now(REFLECTION), [REFLECTION, RESPONSE], REFLECTION),
        (now(RESPONSE), [RESPONSE], RESPONSE),
        ([], [REFLECTION], REFLECTION),
    ],
)
def test_what_may_have_been_named_since_is_asked_about(
    named: list[Named], open_: list[Destination], where: Destination | Ask
) -> None:
    """Today's prompt is on its way, and nobody knows whether its reader has seen it: no place is guessed."""
    assert destination(named, open_, OWN, NOW, [REFLECTION]) == where


@pytest.mark.parametrize(
    ("place", "lasts"),
    [(PRACTICE, PRACTICE_LASTS), *((Destination(kind), QUESTION_LASTS) for kind in QUESTIONS)],
)
def test_a_question_and_practice_grow_old(place: Destination, lasts: timedelta) -> None:
    """To the microsecond; then words go as if it had never been, but after what was begun they are asked about."""
    before, open_ = Named(RESPONSE, NOW - timedelta(days=1)), [RESPONSE, REFLECTION]
    again = [Destination(RESUMED[place.kind])] if place.kind in RESUMED else []
    after = Ask((*again, *open_)) if again or place == PRACTICE else RESPONSE
    for ago, where in ((lasts - TICK, place), (lasts, after), (LAPSED_FOR, RESPONSE)):
        assert destination([Named(place, NOW - ago), before], open_, OWN, NOW) == where


@pytest.mark.parametrize("came", [REFLECTION, RESPONSE])
@pytest.mark.parametrize("before", [LETTER, PRACTICE, CLARIFICATION, EARLIER])
def test_what_comes_between_ones_own_words_takes_none_of_them(before: Destination, came: Destination) -> None:
    """Within minutes of both it is asked about; not where its reader turned to it, wrote nothing, or read on."""
    open_ = [REFLECTION, RESPONSE, CLARIFICATION, EARLIER]
    both = [before] if before is not PRACTICE else []
    ago = timedelta(minutes=2)

    def where(since: timedelta = ago, wrote: timedelta = ago, **of: bool) -> Destination | Ask | Wish | None:
        about = {"came": True, "written": True} | of
        first = Named(came, NOW - since, came=about["came"])
        last = Named(before, NOW - since - wrote, written=about["written"], over=before == PRACTICE)
        return destination([first, last], open_, OWN, NOW)

    asked = where()
    assert isinstance(asked, Ask)
    assert asked.places[: len(both)] == tuple(both)
    assert where(came=False) == came
    assert where(written=False) == came
    assert where(since=WRITES_ON) == came
    assert where(wrote=WRITES_ON) == came
    assert destination([Named(came, NOW, came=True), *now(came)], open_, OWN, NOW) == came


TALK, FRIEND, CARD = (
    Destination(DestinationKind.TALK),
    Destination(DestinationKind.FRIEND),
    Destination(DestinationKind.CARD),
)


@pytest.mark.parametrize(
    ("begun", "since", "where"),
    [
        (LETTER, [], Ask((LETTER, REFLECTION))),
        (FRIEND, [], Ask((FRIEND, REFLECTION))),
        (CARD, [], Ask((CARD, REFLECTION))),
        (DAY, [], Ask((LETTER, REFLECTION))),
        (PRACTICE, [], Ask((REFLECTION,))),
        (LETTER, [True], Ask((LETTER, REFLECTION))),
        (FRIEND, [True], Ask((FRIEND, REFLECTION))),
        (CARD, [True], REFLECTION),
        (PRACTICE, [True], REFLECTION),
        (LETTER, [False], REFLECTION),
        (LETTER, [True, False], REFLECTION),
        (FRIEND, [False], REFLECTION),
        (PRACTICE, [False], REFLECTION),
        (SEARCH, [], REFLECTION),
    ],
)
def test_the_first_words_after_what_was_begun_are_asked_about(
    begun: Destination, since: list[bool], where: Destination | Ask
) -> None:
    """Unless something was asked for since; `since` are prompts, unbidden or not, the newest first."""
    later = [Named(REFLECTION, NOW - number * TICK, unbidden) for number, unbidden in enumerate(since)]
    named = [*later, Named(begun, NOW - timedelta(hours=1)), Named(REFLECTION, NOW - timedelta(hours=2))]
    assert destination(named, [REFLECTION], OWN, NOW) == where


@pytest.mark.parametrize(
    ("step", "hours", "where"),
    [
        (TALK, 3, Ask((TALK, REFLECTION))),
        (Destination(DestinationKind.PRESS), 3, Ask((REFLECTION,))),
        (TALK, 12, REFLECTION),
    ],
)
def test_a_reminder_takes_no_words_from_a_talk(
    step: Destination, hours: int, where: Destination | Ask
) -> None:
    """Nor from the one who listens: they are asked."""
    reminder = Named(REFLECTION, NOW, unbidden=True)
    named = [reminder, Named(step, NOW - timedelta(hours=hours), talk=True)]
    open_ = [place for place in (TALK, REFLECTION) if place in (step, REFLECTION)]
    assert destination(named, open_, OWN, NOW) == where


rounds = st.sampled_from([TODAY, BEFORE])
of_rounds = st.sampled_from(
    [
        DestinationKind.REFLECTION,
        DestinationKind.ADDITION,
        DestinationKind.RESPONSE,
        DestinationKind.CLARIFICATION,
    ]
)
places = (
    st.builds(Destination, of_rounds, rounds)
    | st.sampled_from(sorted(LASTS)).map(Destination)
    | st.just(PRESS)
)
histories = st.lists(
    st.builds(Named, places, st.integers(0, 7_200).map(lambda seconds: NOW - timedelta(seconds=seconds))),
    max_size=6,
).map(lambda named: sorted(named, key=lambda one: one.at, reverse=True))
opened = st.lists(st.builds(Destination, of_rounds, rounds), unique=True, max_size=4)
said = st.builds(Said, st.booleans(), st.booleans(), st.none() | places, st.just(False))  # noqa: FBT003 (drawn)


@given(histories, opened, said)
def test_words_go_to_the_last_named_or_it_is_asked(
    named: list[Named], open_: list[Destination], said: Said
) -> None:
    """Never anywhere else, but to what a reply names; and only where something takes them."""
    where = destination(named, open_, said, NOW)
    sent = {Destination(kind, number) for kind in ANSWERS for number in (TODAY, BEFORE)} - {*open_}
    last = next((n.place for n in named if n.alive(NOW) and n.place not in sent), None)
    if isinstance(where, Ask):
        assert 0 < len(where.places) <= MOST_OFFERED
        question = {last} if last is not None and last.kind in QUESTIONS else set()
        goes_on = last == PRESS and any(one.place == LETTER and one.alive(NOW) for one in named)
        letter = {LETTER} if question == {DAY} or goes_on else set()
        old = lapsed(named, open_, NOW)
        again = {Destination(RESUMED[old.kind])} if old is not None and old.kind in RESUMED else set()
        assert set(where.places) <= {*open_, said.reply, *question, *letter, *again}
    elif where is None:
        assert not open_
    else:
        assert isinstance(where, Destination), "nobody has wished for a button"
        assert where in (last, said.reply) or (not named and open_ == [where])
        assert where in open_ or where.kind in LASTS
        assert where.kind is not DestinationKind.ADDITION, "what is sealed is taken back by a button"


@given(histories, opened, said)
def test_practice_keeps_its_words_and_takes_no_others(
    named: list[Named], open_: list[Destination], said: Said
) -> None:
    """While it was named last, a person's own words go there and nowhere else; else none do."""
    where = destination(named, open_, replace(said, passed_on=False), NOW)
    sent = {Destination(kind, number) for kind in ANSWERS for number in (TODAY, BEFORE)} - {*open_}
    practising = next((n.place for n in named if n.alive(NOW) and n.place not in sent), None) == PRACTICE
    if where == PRACTICE:
        assert practising
    elif practising:
        assert said.reply not in (None, PRACTICE)


@given(histories, opened)
def test_an_edit_of_what_stands_nowhere_makes_no_draft(named: list[Named], open_: list[Destination]) -> None:
    """It answers the question or the practice that goes on, and else it is told that nothing has changed."""
    where = destination(named, open_, Said(edit=True), NOW)
    assert where is None or (isinstance(where, Destination) and where.kind in LASTS)


@pytest.mark.parametrize(
    ("kind", "text", "may"),
    [
        (DestinationKind.CITY, "Lyon", True),
        (DestinationKind.CITY, "I live in Lyon", True),
        (DestinationKind.CITY, "We're in a village near Lyon", True),
        (DestinationKind.HOUR, "half past nine. Thanks!", True),
        (DestinationKind.QUIET, "from ten at night to seven, please", True),
        (DestinationKind.CITY, "Yesterday evening on the stairs, when you waited for me.", False),
        (DestinationKind.CITY, "I was tired today. You saw it at once.", False),
        (DestinationKind.NAME, "Auntie Lu", True),
        (DestinationKind.NAME, "I am so tired of this", False),
        (DestinationKind.SEARCH, "the garden", True),
        (DestinationKind.SEARCH, "You forgot it, once more, and I cried.", False),
        (DestinationKind.HOUR, "x" * 81, False),
        (DestinationKind.CITY, "", True),
    ],
)
def test_what_is_plainly_no_answer(kind: DestinationKind, text: str, may: bool) -> None:  # noqa: FBT001 (drawn)
    """Long words, and several sentences; a name and a search have few words."""
    assert may_answer(kind, text) is may
