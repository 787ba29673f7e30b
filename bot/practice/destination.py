"""Where words go: to what was last named in the chat, or the bot asks.

    what is so                                              the words go
    1 passed on: a forward, another bot, a contact, a link  asked, of what is open
    2 a reply to a message that names what is open          there
    3 a reply to what is over                               asked, of what is open; and of that, if it was
                                                            a question or practice
    4 "what is this for?" was last named                    to what waits for its answer; to a question that goes
                                                            on, where they are understood as an answer to it; a
                                                            minute later, where they tell something and would go
                                                            somewhere unasked without that question, there
    5 something else may have been named since: it is on    asked, of that, of what was last named, and of
      its way, or was when the bot was stopped              what is open
    6 a question was last named, and they may answer it     to the question
    7 a question was last named, and they are plainly none  asked, of what is open, and of the question; where
                                                            it is for a letter's day, of the letter before all
    8 practice, a time capsule or the neutral friend was    to it; words in practice that call the other by name
      last named                                            are asked about: of what is open, or a letter, and of it
    9 none of these, and what stands last in the chat asks  asked, of what is open
      for a press that the words may be meant as, is looked
      at (the days, a page of help), or says that a rest
      begins; or what was said last, a moment ago, is for
      its reader alone (settings, the journal, "then nothing
      changes") or of what is over, whatever was chosen
      there; a sentence among them is said to the bot, or
      all of them seem to be; or they are a bare yes, and
      a question for a press of the last day has had no
      answer
    10 they wish for a button of what is written where      nowhere, and its writer is shown the button; asked,
       they would go, or of what is written elsewhere; or   where it is elsewhere
       say that nothing more is to come
    11 a sealed reflection was last named                   asked: take it back and add this? and of what is
                                                            likelier, where that is of an earlier day
    12 anything else open was last named, a step of a talk  there
      among it
    13 what was last named is over, waits for a press, is   asked, of what is open; over a press, of a letter, too,
       the other's step of a talk, was stopped by its       that goes on
       writer, or said to stay with them
    14 nothing was named, and one place is open             there (sealed: as 11)
    15 nothing was named, and several are open              asked
    16 nothing is open                                      nowhere, and its writer is told

A question about one's own week, and one that a talk asks for a press, wait for it until something else is named.
A question is one for 15 minutes; practice and a time capsule go on for 30 quiet ones. Then words go as if none of
them had ever been.
But the first ones after practice, or after a letter, the neutral friend or a card that was begun, are asked about, for
12 hours: of that, where it can be taken up again, and of what is open. A prompt or a reminder that came in between
doesn't change that, nor for a step of a talk, but after practice and a card it does.
So are words, once, that come right after something that came by itself while their writer wrote elsewhere: of what
they were at, and of what has come. Whoever has turned to something by a press or a command has turned to it.
So they do once an answer to the other has been sent, or was left there. Over the press that says how the other's answer
has landed they are asked about as what one would like understood, too: to say so is that press.
Of an album that goes where nothing takes pictures, the first picture is answered for all; nor is anything that is no
text asked about for a place that takes words alone, where it can go elsewhere.
An edit of what stands nowhere goes the same way as new words to a question or to practice, and else nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.practice.ids import RoundId
from bot.practice.partner import Expectation, Expecting

QUESTION_LASTS = timedelta(minutes=15)
PRACTICE_LASTS = timedelta(minutes=30)
LAPSED_FOR = timedelta(hours=12)
WRITES_ON = timedelta(minutes=5)  # from one's words to what comes between, and from that to one's next words
CONTINUES = timedelta(minutes=1)  # from the question what words are for to more of the same words
MOST_OFFERED = 3  # places beside "nowhere"


class DestinationKind(StrEnum):
    """What words can be for."""

    CITY = "city"
    HOUR = "hour"
    QUIET = "quiet"
    PULSE_HOUR = "pulse_hour"
    NAME = "name"
    SEARCH = "search"
    LATER = "later"
    CARD = "card"  # one of their own
    CAPSULE_DAY = "capsule_day"
    CAPSULE = "capsule"  # a letter that opens later
    PRACTICE = "practice"
    FRIEND = "friend"  # the neutral friend: for oneself alone, as practice is
    WAITING = "waiting"  # "what is this for?": the words that wait for its answer
    REFLECTION = "reflection"
    ADDITION = "addition"  # to a reflection that is sealed: it is taken back first
    RESPONSE = "response"
    CLARIFICATION = "clarification"
    TALK = "talk"  # the step of a dialogue or a repair that is theirs; of one at most
    PRESS = "press"  # a button is asked for, and no words


QUESTIONS = frozenset(
    {
        DestinationKind.CITY,
        DestinationKind.HOUR,
        DestinationKind.QUIET,
        DestinationKind.PULSE_HOUR,
        DestinationKind.NAME,
        DestinationKind.SEARCH,
        DestinationKind.LATER,
        DestinationKind.CARD,
        DestinationKind.CAPSULE_DAY,
    }
)
TEXTS_ALONE = QUESTIONS | {DestinationKind.PRACTICE, DestinationKind.FRIEND}
REFLECTIONS = frozenset({DestinationKind.REFLECTION, DestinationKind.ADDITION})
ANSWERS = frozenset({DestinationKind.RESPONSE, DestinationKind.CLARIFICATION, DestinationKind.TALK})
LASTS = {
    **dict.fromkeys((*QUESTIONS, DestinationKind.WAITING), QUESTION_LASTS),
    DestinationKind.PRACTICE: PRACTICE_LASTS,
    DestinationKind.CAPSULE: PRACTICE_LASTS,
    DestinationKind.FRIEND: PRACTICE_LASTS,
}

RESUMED = {
    DestinationKind.CAPSULE: DestinationKind.CAPSULE,
    DestinationKind.CAPSULE_DAY: DestinationKind.CAPSULE,
    DestinationKind.FRIEND: DestinationKind.FRIEND,
    DestinationKind.CARD: DestinationKind.CARD,
}
"""What was begun, and can be gone on with once it has grown old."""
PASSED = frozenset({DestinationKind.PRACTICE, DestinationKind.CARD})
"""Of which nothing is written yet: a prompt that comes after it takes its place."""


@dataclass(frozen=True)
class Destination:
    """What words can be for, and in which round where it is of one."""

    kind: DestinationKind
    round: RoundId | None = None


OF_EXPECTING: Mapping[Expecting, DestinationKind] = {
    Expecting.CITY: DestinationKind.CITY,
    Expecting.HOUR: DestinationKind.HOUR,
    Expecting.QUIET: DestinationKind.QUIET,
    Expecting.PULSE_HOUR: DestinationKind.PULSE_HOUR,
    Expecting.NAME: DestinationKind.NAME,
    Expecting.SEARCH: DestinationKind.SEARCH,
    Expecting.CARD: DestinationKind.CARD,
    Expecting.CAPSULE_DAY: DestinationKind.CAPSULE_DAY,
    Expecting.CAPSULE: DestinationKind.CAPSULE,
    Expecting.SOLO: DestinationKind.PRACTICE,
    Expecting.LATER: DestinationKind.LATER,
    Expecting.TALK: DestinationKind.TALK,
    Expecting.FRIEND: DestinationKind.FRIEND,
    Expecting.REFLECTION: DestinationKind.REFLECTION,
    Expecting.RESPONSE: DestinationKind.RESPONSE,
    Expecting.CLARIFICATION: DestinationKind.CLARIFICATION,
}


@dataclass(frozen=True)
class Named:
    """What was named in a chat, and when."""

    place: Destination
    at: datetime
    unbidden: bool = False  # a prompt or a reminder: its reader has asked for nothing
    talk: bool = False  # a step of a talk, theirs or the other's
    came: bool = False  # by itself: with the hour, or by what the other did
    written: bool = False  # what stands there quotes or answers words of theirs
    over: bool = False  # it was stopped by what came by itself: practice, and the neutral friend

    def alive(self, now: datetime) -> bool:
        """Tell whether it still counts: a question and practice grow old."""
        lasts = LASTS.get(self.place.kind)
        return not self.over and (lasts is None or now - self.at < lasts)


def expected_place(expectation: Expectation) -> Destination | None:
    """Tell what a question, a button or practice has named; None for nothing."""
    kind = OF_EXPECTING.get(expectation.what)
    return None if kind is None else Destination(kind, None if kind in LASTS else expectation.round)


def goes_on(expectation: Expectation, now: datetime) -> bool:
    """Tell whether what somebody was asked for still waits for their words."""
    place, since = expected_place(expectation), expectation.since
    return place is not None and since is not None and Named(place, since).alive(now)


@dataclass(frozen=True)
class Said:
    """What the law needs to know of words: never the words."""

    answers: bool = True  # they may be an answer to a question
    passed_on: bool = False  # not their sender's own: forwarded, of another bot, a contact, a link
    reply: Destination | None = None  # what the message that they reply to names
    edit: bool = False  # of a message that stands nowhere
    press: bool = (
        False  # they may be of what stands in the chat: the press that it asks for, or what is looked at
    )
    texts: bool = True  # and no file
    wishes: bool = (
        False  # for a button under what is written: that sends, seals, clears or takes out, or is "done"
    )
    written: tuple[Destination, ...] = ()  # where something waits for that button
    names: bool = False  # the other, whom no moment in practice knows
    tells: bool = False  # something by themselves: no courtesy, no yes and no no
    to_them: bool = False  # plainly to the other: they wait with no words that may be for nobody


@dataclass(frozen=True)
class Ask:
    """The bot keeps the words and asks which of these they are for."""

    places: tuple[Destination, ...]


@dataclass(frozen=True)
class Wish:
    """The words go nowhere: they wish for the button of what is written there."""

    place: Destination


def as_open(place: Destination, open_: Sequence[Destination]) -> Destination:
    """Read a reflection that was named as what it is by now: sealed, or taken back."""
    if place.kind in REFLECTIONS:
        return next((p for p in open_ if p.round == place.round and p.kind in REFLECTIONS), place)
    return place


def destination(
    named: Sequence[Named],
    open_: Sequence[Destination],
    said: Said,
    now: datetime,
    perhaps: Sequence[Destination] = (),
) -> Destination | Ask | Wish | None:
    """Tell where words go: to a place, to a question of the bot's, or nowhere, because nothing is open.

    `named` is what was named in the chat, newest first; `open_` are the rounds' places that take words now,
    those first that are likeliest; `perhaps` is what messages name of which it isn't known whether they have arrived.
    """
    found = _apart(named, open_, said, now, perhaps) or _found(named, open_, said, now, perhaps)
    if isinstance(found, Ask) and not said.texts:
        found = Ask(taking_files(found.places))
    return _wished(found, open_, said) if said.wishes and isinstance(found, Destination) else found


def _wished(found: Destination, open_: Sequence[Destination], said: Said) -> Destination | Ask | Wish:
    """Read words that wish for a button by what is written: where they would go, or elsewhere."""
    if found in said.written:
        return Wish(found)
    written = [place for place in open_ if place in said.written]
    return Ask((*written, found)[:MOST_OFFERED]) if written and found.kind not in LASTS else found


def _found(
    named: Sequence[Named],
    open_: Sequence[Destination],
    said: Said,
    now: datetime,
    perhaps: Sequence[Destination],
) -> Destination | Ask | None:
    asked = _last(named, open_, now)
    last = asked.place if asked is not None else None
    if said.edit:
        return (
            last
            if last is not None and last.kind in LASTS and last.kind is not DestinationKind.WAITING
            else None
        )
    if said.passed_on:
        return _asked(open_)
    if said.reply is not None:
        return _by_reply(said.reply, last, open_, said)
    old = lapsed(named, open_, now) or interrupted(named, open_, now)
    if old is not None or (said.press and (last is None or last.kind not in LASTS)):
        return _asked([*dict.fromkeys((*_resumed(old, open_), *open_))])
    if last is not None:
        unsure = [place for place in perhaps if place in open_ and place != last]
        if last.kind is DestinationKind.PRESS:
            letter = [n.place for n in named if n.place.kind is DestinationKind.CAPSULE and n.alive(now)]
            open_ = [*letter[:1], *open_]
        return _by_last_or(unsure, last, open_) if unsure else _by_last(last, open_, said)
    return _given(open_[0]) if len(open_) == 1 and not named else _asked(open_)


def _last(named: Sequence[Named], open_: Sequence[Destination], now: datetime) -> Named | None:
    return next((one for one in named if one.alive(now) and not _done(one.place, open_)), None)


def _apart(
    named: Sequence[Named],
    open_: Sequence[Destination],
    said: Said,
    now: datetime,
    perhaps: Sequence[Destination],
) -> Destination | None:
    """Find where words would go but for the question that others wait in; None where it is to wait with them.

    What goes on with those comes at once. A question of the bot's own takes only what is understood as its answer.
    """
    asked = _last(named, open_, now)
    if asked is None or asked.place.kind is not DestinationKind.WAITING:
        return None
    if now - asked.at < CONTINUES and not said.to_them:
        return None
    if not said.tells or said.edit or said.passed_on or said.reply is not None:
        return None
    found = _found([one for one in named if one.place != asked.place], open_, said, now, perhaps)
    return found if isinstance(found, Destination) and found.kind not in QUESTIONS else None


def taking_files(places: Sequence[Destination]) -> tuple[Destination, ...]:
    """Leave out the places that take words alone, as long as there are others."""
    return tuple(place for place in places if place.kind not in TEXTS_ALONE) or tuple(places)


def lapsed(named: Sequence[Named], open_: Sequence[Destination], now: datetime) -> Destination | None:
    """Tell what was begun last and has only grown old; None for nothing, or where something newer was asked for."""
    passed = False
    for one in named:
        recent = now - one.at < LAPSED_FOR
        if _done(one.place, open_) or one.over:
            continue
        if not one.alive(now):
            if recent and (one.place.kind in RESUMED or one.place.kind is DestinationKind.PRACTICE):
                return None if passed and one.place.kind in PASSED else one.place
        elif one.unbidden:
            passed = True
        else:
            return one.place if passed and one.talk and recent else None
    return None


def interrupted(named: Sequence[Named], open_: Sequence[Destination], now: datetime) -> Destination | None:
    """Tell where somebody was writing a moment ago when something else came by itself; None for nowhere."""
    came = next(iter(named), None)
    if came is None or not came.came or now - came.at >= WRITES_ON:
        return None
    before = next((one for one in named if not one.came), None)
    if before is None or not before.written or before.place == came.place or came.at - before.at >= WRITES_ON:
        return None
    asked = (
        before.place.kind is DestinationKind.WAITING and came.unbidden
    )  # a new card: what follows may be of that
    practises = before.place.kind is DestinationKind.PRACTICE
    takes = before.place in open_ or before.place.kind in RESUMED or practises or asked
    return before.place if takes else None


def _resumed(old: Destination | None, open_: Sequence[Destination]) -> Sequence[Destination]:
    """Tell where what has grown old can be gone on with; practice can't be, and keeps nothing."""
    if old is None or old in open_:
        return (old,) if old is not None else ()
    return (Destination(RESUMED[old.kind]),) if old.kind in RESUMED else ()


def _done(place: Destination, open_: Sequence[Destination]) -> bool:
    """Tell whether what was asked for has been given: what was named before it counts again."""
    return place.kind in ANSWERS and place not in open_


def _by_reply(
    place: Destination, last: Destination | None, open_: Sequence[Destination], said: Said
) -> Destination | Ask | None:
    if place in open_:
        return _given(place)
    if place.kind not in LASTS:
        return _asked(open_)
    if place == last:
        return _by_last(place, open_, said)
    return _asked((place, *open_))


def _by_last(last: Destination, open_: Sequence[Destination], said: Said) -> Destination | Ask | None:
    if last.kind in QUESTIONS:
        offered = beside_question(last, open_)
        return last if said.answers or len(offered) == 1 else Ask(offered)
    if last.kind is DestinationKind.ADDITION and last in open_:
        return Ask((*open_[: open_.index(last)][: MOST_OFFERED - 1], last))
    if last.kind is DestinationKind.PRACTICE and said.names and said.reply is None:
        return Ask(beside_practice(open_))
    if last.kind in LASTS or last in open_:
        return _given(last)
    return _asked(open_)


def beside_practice(open_: Sequence[Destination]) -> tuple[Destination, ...]:
    """Choose what words may be for that call the other by name in the middle of practice, and practice."""
    others = open_[: MOST_OFFERED - 1] or [Destination(DestinationKind.CAPSULE)]
    return (*others, Destination(DestinationKind.PRACTICE))


def beside_question(question: Destination, open_: Sequence[Destination]) -> tuple[Destination, ...]:
    """Choose what words may be for that are plainly no answer to a question, and the question."""
    letter = [Destination(DestinationKind.CAPSULE)] if question.kind is DestinationKind.CAPSULE_DAY else []
    return (*(*letter, *open_)[: MOST_OFFERED - 1], question)


def _by_last_or(
    unsure: Sequence[Destination], last: Destination, open_: Sequence[Destination]
) -> Destination | Ask | None:
    if last.kind is DestinationKind.WAITING:
        return last
    first = [last] if last in open_ or last.kind in LASTS else []
    return _asked([*dict.fromkeys((*unsure, *first, *open_))])


def _given(place: Destination) -> Destination | Ask:
    return Ask((place,)) if place.kind is DestinationKind.ADDITION else place


def _asked(open_: Sequence[Destination]) -> Ask | None:
    return Ask(tuple(open_[:MOST_OFFERED])) if open_ else None
