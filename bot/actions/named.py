"""What was named in a person's chat and what is open for them: the facts by which words find their place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.actions.friend import ASKED_FOR
from bot.actions.people import Together, message, together
from bot.actions.ports import Work
from bot.actions.quote import IN_PLACE
from bot.actions.rhythm import ASKS
from bot.actions.unsent import written_in
from bot.messages import MessageKind, Shown
from bot.practice import destination
from bot.practice import round as rules
from bot.practice.destination import (
    ANSWERS,
    LASTS,
    MOST_OFFERED,
    OF_EXPECTING,
    QUESTION_LASTS,
    Ask,
    Destination,
    DestinationKind,
    Named,
    Said,
    Wish,
    expected_place,
    goes_on,
)
from bot.practice.ids import RoundId, RowId
from bot.practice.partner import PRACTICES, Expecting, Partner
from bot.practice.round import SHOWN, WRITABLE, Slot
from bot.practice.standing import Standing
from bot.practice.talk import TalkState, writes
from bot.practice.themes import wish_of, wished
from bot.practice.thread import ThreadState

K = MessageKind
NAMES: Mapping[MessageKind, DestinationKind] = {
    K.PROMPT: DestinationKind.REFLECTION,
    K.REMINDER: DestinationKind.REFLECTION,
    K.DRAFT: DestinationKind.REFLECTION,
    K.DRAFT_PART: DestinationKind.REFLECTION,
    K.EARLIER_CARD: DestinationKind.REFLECTION,
    K.EARLIER_WRITE: DestinationKind.REFLECTION,
    K.STAYS_SEALED: DestinationKind.ADDITION,
    K.KEPT_TO_ONESELF: DestinationKind.PRESS,
    K.STARTED_OVER: DestinationKind.REFLECTION,
    K.TAKEN_BACK: DestinationKind.REFLECTION,
    K.UNSEALED_BY_EDIT: DestinationKind.REFLECTION,
    K.NOT_TODAY: DestinationKind.REFLECTION,
    K.SEALED: DestinationKind.ADDITION,
    K.REVEAL_FRAME: DestinationKind.RESPONSE,
    K.REVEAL_WORDS: DestinationKind.RESPONSE,
    K.REVEAL_MEDIA: DestinationKind.RESPONSE,
    K.REVEAL_INVITE: DestinationKind.RESPONSE,
    K.STARTER: DestinationKind.RESPONSE,
    K.RESPONSE_DRAFT: DestinationKind.RESPONSE,
    K.RESPONSE_REWRITE: DestinationKind.RESPONSE,
    K.CLARIFICATION_WORDS: DestinationKind.RESPONSE,
    K.CLARIFICATION_MEDIA: DestinationKind.RESPONSE,
    K.RESPONSE_WORDS: DestinationKind.PRESS,
    K.RESPONSE_MEDIA: DestinationKind.PRESS,
    K.CLARIFY_ASK: DestinationKind.CLARIFICATION,
    K.CLARIFICATION_DRAFT: DestinationKind.CLARIFICATION,
    K.TALK_STEP: DestinationKind.TALK,
    K.TALK_DRAFT: DestinationKind.TALK,
    K.TALK_ASK: DestinationKind.PRESS,
    K.TALK_CALM: DestinationKind.PRESS,
    K.TALK_WHERE: DestinationKind.PRESS,
    K.TALK_KEEP_ASK: DestinationKind.PRESS,
    K.TALK_WAITS: DestinationKind.PRESS,
    K.TALK_REST: DestinationKind.LATER,
    K.TALK_LATER_ASK: DestinationKind.LATER,
    K.TALK_LATER_CHOICES: DestinationKind.LATER,
    K.CARD_WAITS: DestinationKind.PRESS,
    K.CARD_ASK: DestinationKind.CARD,
    K.CAPSULE_SEALED: DestinationKind.PRESS,
    K.CAPSULES: DestinationKind.CAPSULE,
    K.CAPSULE_DRAFT: DestinationKind.CAPSULE,
    K.CAPSULE_DAY_ASK: DestinationKind.CAPSULE_DAY,
    K.SOLO: DestinationKind.PRACTICE,
    K.SOLO_FELT: DestinationKind.PRACTICE,
    K.SOLO_ANSWERS: DestinationKind.PRACTICE,
    K.FRIEND_STEP: DestinationKind.FRIEND,
    K.FRIEND_NOTED: DestinationKind.FRIEND,
    K.ASK_CITY: DestinationKind.CITY,
    K.ASK_HOUR: DestinationKind.HOUR,
    K.ASK_HOUR_TYPED: DestinationKind.HOUR,
    K.SETTINGS_HOUR: DestinationKind.HOUR,
    K.HOUR_CHOICES: DestinationKind.HOUR,
    K.ASK_QUIET: DestinationKind.QUIET,
    K.SETTINGS_QUIET: DestinationKind.QUIET,
    K.QUIET_CHOICES: DestinationKind.QUIET,
    K.ASK_PULSE_HOUR: DestinationKind.PULSE_HOUR,
    K.ASK_NAME: DestinationKind.NAME,
    K.JOURNAL_ASK: DestinationKind.SEARCH,
    K.KEPT_ASK: DestinationKind.WAITING,
    K.PULSE: DestinationKind.PRESS,  # for oneself alone: what is told after it may be for no other eyes
}
"""What a message names by its kind; `_BY_STANDING` and `_BY_WHAT` say it of those that tell of several."""

_BY_STANDING: Mapping[str, DestinationKind] = {
    Standing.UNWRITTEN: DestinationKind.REFLECTION,
    Standing.DRAFTED: DestinationKind.REFLECTION,
    Standing.SEALED: DestinationKind.ADDITION,
    Standing.TO_RESPOND: DestinationKind.RESPONSE,
    Standing.TO_CLARIFY: DestinationKind.CLARIFICATION,
    Standing.TO_HEAR: DestinationKind.PRESS,
}
TALK_QUESTIONS = frozenset({K.TALK_ASK, K.TALK_CALM, K.TALK_WHERE, K.TALK_KEEP_ASK})
"""What a talk asks for a press."""
FOR_A_PRESS = TALK_QUESTIONS | {K.TALK_WAITS, K.CARD_WAITS, K.CAPSULE_SEALED}
"""What asks for a press outside rounds, until it is answered; or has just been kept for later, for as long as a
question lasts."""
ALONE = {
    K.FRIEND_OFFER: frozenset({K.FRIEND_STEP, K.SOLO, K.SOLO_ENDED}),
    K.FRIEND_END: frozenset({K.FRIEND_STEP, K.FRIEND_KEPT, K.FRIEND_GONE}),
}
"""What asks for a press about what is written for oneself alone, and what answers it: what is told meanwhile may
be for no other eyes."""
PRESSED = frozenset(
    {
        K.TALK_WAITS,
        K.TALK_REST,
        K.TALK_STEP,
        K.TALK_LET_BE,
        K.TALK_NOT_NOW,
        K.TALK_LATER_ASK,
        K.TALK_KEEP_NOTED,
    }
    | {K.TALK_WITHDRAWN, K.TALK_STOPPED, K.TALK_STOPPED_TOLD, K.TALK_KEPT, K.TALK_CLOSED}
    | {K.CARD_TAKEN_BACK, K.CAPSULE_OUT}
)
"""After which it has been answered, or is over."""
BY_A_PRESS = frozenset(
    {K.LEAVE_ASK, K.FORGET_ASK, K.JOURNAL_DELETE_ASK, K.BOTH_ASK, K.FRIEND_END, K.CARD_DRAFT}
    | {K.WISH_CHOICES, K.START_OVER_ASK}
)
"""What somebody has asked for, and is done by a press, or by another command: words under it may be meant as that."""
OFFERED = frozenset({K.WISH_ASK, K.TOGETHER_ASK, K.PULSE, K.TAKE_OUT_ASK})
"""What can just be let be, a draft that stays as it is too: only a few words may be meant as a press."""
BESIDE = frozenset({K.DEEPER_OFFER, K.SLOWER_OFFER, K.FRIEND_OFFER})
"""What is asked beside a prompt, which is what words are for: only a bare yes is meant as a press."""
ASKING = BY_A_PRESS | OFFERED | BESIDE | TALK_QUESTIONS
"""What buttons answer, and words never do."""
ENDING: Mapping[MessageKind, str] = {
    K.LEAVE_ASK: "leave",
    K.FORGET_ASK: "forget",
    K.JOURNAL_DELETE_ASK: "delete",
    K.CARD_DRAFT: Expecting.CARD.value,
}
"""What /cancel calls what was to be done by a press."""
PRIVATE = frozenset({K.GROWTH, K.GROWTH_NONE, K.SETTINGS_PULSE, K.BOTH_LINES, K.BOTH_NONE})
"""What is for its reader alone: for as long as it stands last, what is told under it may be for no other eyes."""
OF_ONESELF = frozenset(
    {K.SETTINGS_DEPTH, K.SETTINGS_QUICK, K.SETTINGS_THEMES, K.WISH_NOTED, K.WISH_LET_BE}
    | {K.DEEPER_SET, K.DEEPER_KEPT, K.TOGETHER_NOTED, K.TOGETHER_LET_BE, K.STAYED, K.NOT_AGAIN}
    | {
        K.HIGHLIGHT,
        K.HIGHLIGHT_OUT,
        K.HIGHLIGHTS,
        K.PAGE_CHOICE,
        K.PAGE,
        K.EXPORTING,
        K.EXPORT,
        K.EXPORT_FAILED,
    }
    | {K.JOURNAL, K.JOURNAL_ENTRY, K.JOURNAL_WORDS, K.JOURNAL_MEDIA, K.JOURNAL_END, K.JOURNAL_DELETED}
    | {K.TALKS, K.TALK_READ, K.TALK_DELETED, K.TALK_KEEP_NOTED, K.TALK_LET_BE, K.TALK_NOT_NOW}
    | {K.TALK_WITHDRAWN, K.TALK_LATER_NOTED, K.TALK_PAUSED, K.TALK_PAUSED_TOLD}
    | {K.TALK_STOPPED, K.TALK_STOPPED_TOLD, K.CAPSULE_OUT, K.CARD_TAKEN_BACK}
    | {K.SOLO_ENDED, K.FRIEND_KEPT, K.FRIEND_GONE, K.FRIEND_SHOWN, K.PRIVACY}
)
"""What is between its reader and the bot, or of something that rests or is over, and asks for no words: until another
message names what words are for, the next ones are asked about, for as long as a question lasts. Nothing that is
chosen there ends it: what follows a choice may be its reason. The settings' own page is none: a switch says nothing
of anybody, and who has come to switch it goes on with the day."""
CHOICES = frozenset({K.GROWTH_NONE, K.PAUSED})
"""What shows a choice, or begins a rest, and asks nothing: as what is offered, and a yes answers nothing there."""
CHOSEN_FROM = frozenset(
    {K.SETTINGS, K.SETTINGS_DAYS, K.SETTINGS_WEEK, K.SETTINGS_DEPTH, K.SETTINGS_QUICK, K.SETTINGS_LANGUAGE}
    | {K.SETTINGS_THEMES, K.JOURNAL, K.PAGE_CHOICE, K.HIGHLIGHT_ASK, K.HIGHLIGHTS, K.TALKS}
)
"""What shows choices that a press makes, and asks for nothing by words."""
LOOKED_AT = (CHOSEN_FROM - OF_ONESELF) | {K.CAPSULE_WORDS, K.CAPSULE_MEDIA, K.WAYS}
"""What somebody has opened to look at, or to choose from: words right under it may be of that, and are asked about."""
PRESSED_UNDER = ASKING | CHOSEN_FROM | LOOKED_AT | PRIVATE | {K.RESPONSE_WORDS, K.RESPONSE_MEDIA}
"""What words can be meant as a press of, or told under, though what was said of earlier ones stands under it."""
ANEW = "anew"
"""In the details of a question that offers other places than it did: nobody was asked anything by that."""
CHOSEN = "chosen"
"""In the details of what shows choices: one has been pressed there, and what is written next is of something else."""
THEIRS = frozenset(
    {
        K.RESPONSE_WORDS,
        K.RESPONSE_MEDIA,
        K.SECOND_RESPONSE_WORDS,
        K.SECOND_RESPONSE_MEDIA,
        K.CLARIFICATION_WORDS,
    }
    | {K.CLARIFICATION_MEDIA, K.HEARD_TOLD, K.ENOUGH_TOLD, K.NEAR_TOLD, K.HIGHLIGHT_TOLD}
    | {K.CAPSULE_WORDS, K.CAPSULE_MEDIA, K.TALK_WORDS, K.TALK_MEDIA}
)
"""What has come from the other: thanks right under it are for them."""
YES_COUNTS = timedelta(days=1)
"""For how long a bare yes may be meant for a question for a press: nothing takes it for a consent, or for a draft."""
OWN_WORDS = frozenset(
    {K.DRAFT, K.RESPONSE_DRAFT, K.CLARIFICATION_DRAFT, K.TALK_DRAFT, K.CAPSULE_DRAFT, K.FRIEND_NOTED}
    | {K.SOLO_FELT, K.SOLO_ANSWERS, K.KEPT_ASK}
)
"""What quotes words of its reader's, or answers them: they were writing there."""
PASSING = frozenset(
    {K.WELCOME, K.WELCOME_INVITED, K.NOT_NOW, K.INVITE, K.JOIN_WAITING, K.CONFIRM_JOINER, K.JOIN_DECLINED}
    | {K.JOIN_WITHDRAWN, K.EARLIER, K.LAPSED, K.CARD_OVER, K.CARD_STAYS, K.NOT_SHOWN, K.NEAR_TOLD}
    | {K.TAPPED, K.TAP_TOLD, K.RESPONSE_SENT, K.HEARD_NOTED, K.HEARD_TOLD, K.ENOUGH_TOLD}
    | {K.CLARIFICATION_SENT, K.SECOND_RESPONSE_WORDS, K.SECOND_RESPONSE_MEDIA, K.LEFT_THERE, K.CLOSING}
    | {K.HIGHLIGHT_TOLD, K.CAPSULE_PART, K.CAPSULE_OVER, K.WEEK_BACK, K.MONTH_BACK, K.WEEK_DAY_SET}
    | {K.TOGETHER_THING, K.TALK_AGAIN, K.TALK_SENT, K.TALK_WORDS, K.TALK_MEDIA, K.TALK_BLANK, K.TALK_MORE}
    | {K.TALK_DONE, K.MINE_WORDS, K.MINE_MEDIA, K.PUT_AWAY_HERE, K.STILL_HERE}
    | {K.PLAIN, K.COURTESY, K.HELP, K.KEPT_PLACED, K.EDIT_NOWHERE, K.SOLO_WRITTEN, K.FRIEND_TYPED}
    | {K.LOOK_BACK, K.ZONE_SET, K.ARC_LEFT, K.SLOWER_KEPT}
    | {K.WISH_SHARED, K.NAME_SET, K.RESUMED, K.REST_TOLD, K.LEFT, K.OTHER_LEFT, K.FORGOTTEN}
    | {K.REFUSAL, K.UNSUPPORTED, K.SLOW_DOWN, K.GROUP, K.NOT_SAVED}
)
"""What tells something, and changes nothing of where words go: of the two, of what was just written, or of a rhythm."""
UNBIDDEN = frozenset({K.PROMPT, K.REMINDER})
"""What comes by itself: it takes nothing away from what was half written before it."""
NAMING = (
    *(*NAMES, K.TODAY, K.RHYTHM_SET, K.ASK_AGAIN, K.CANCELLED, K.PUT_ASIDE),
    *sorted((PRESSED | ALONE.keys()).union(*ALONE.values()) - NAMES.keys()),
)
"""What names something, or says by its details whether it does; and what ends it."""
_NAMES_OR_ENDS = frozenset({*NAMING, K.RESPONSE_SENT})
_SPEAKS = frozenset({*NAMING, *OF_ONESELF}) - {K.KEPT_ASK}
SAID = _NAMES_OR_ENDS | _SPEAKS
"""What either is looked for among: it is read in one go."""
CANCELLED_ANSWERS = frozenset({Expecting.RESPONSE.value, Expecting.CLARIFICATION.value, Expecting.TALK.value})


def asks_for_a_press(shown: Shown) -> bool:
    """Tell whether a message was asked for, and waits for a press alone."""
    return shown.kind in BY_A_PRESS or (shown.kind is K.FRIEND_OFFER and bool(shown.details.get(ASKED_FOR)))


def place_of(shown: Shown) -> Destination | None:
    """Tell what a message in the chat names; None for one that names nothing."""
    if shown.kind is K.TODAY:
        kind = _BY_STANDING.get(str(shown.details.get("standing", "")))
    elif shown.kind is K.CANCELLED:  # what is for the other and was stopped: what follows is asked about
        kind = DestinationKind.PRESS if shown.details["what"] in CANCELLED_ANSWERS else None
    elif shown.kind in ALONE:
        kind = DestinationKind.PRESS if shown.kind is K.FRIEND_END or asks_for_a_press(shown) else None
    elif shown.kind is K.KEPT_TO_ONESELF:  # what follows may be for today, or for that day
        return Destination(DestinationKind.PRESS)
    elif shown.kind is K.KEPT_ASK and shown.details.get(ANEW):  # which was asked before
        kind = None
    elif shown.kind is K.RHYTHM_SET:  # which may ask for the city, too
        kind = DestinationKind.CITY if shown.details.get(ASKS) else None
    elif shown.kind is K.ASK_AGAIN:
        kind = OF_EXPECTING.get(Expecting(str(shown.details["what"])))
    elif shown.details.get("slot") == Slot.CLARIFICATION.value:
        kind = DestinationKind.CLARIFICATION
    else:
        kind = NAMES.get(shown.kind)
    return None if kind is None else Destination(kind, None if kind in LASTS else shown.round)


async def named(
    work: Work, partner: Partner, open_: Collection[Destination]
) -> tuple[list[Named], list[Destination]]:
    """Tell what was named in somebody's chat, newest first; and what may have been, for all we know.

    A question and practice count as long as they go on, and practice only until it was said that it stops. What a
    button has named a moment ago, before its message has left, is the newest. What asked for an answer that has been
    sent asks for no other one, though the other's addition, which they may not have seen yet, has opened its place.
    """
    expectation = partner.expectation
    spoken = await work.outbox.newest(partner.id, SAID)
    shown_or_not = [shown for shown in spoken if shown.kind in _NAMES_OR_ENDS]
    sent = {shown.round: shown.row for shown in reversed(shown_or_not) if shown.kind is K.RESPONSE_SENT}
    newest = [shown for shown in shown_or_not if shown.sure]
    coming = [shown for shown in shown_or_not if not shown.sure and IN_PLACE not in shown.details]
    perhaps = [place for shown in coming if (place := place_of(shown))]
    stops = next((shown for shown in newest if _stops(shown) and shown.row > expectation.mark), None)
    begun = expected_place(expectation) if expectation.since else None
    expected = begun if stops is None else None
    answered = max((shown.row for shown in newest if shown.kind in PRESSED), default=RowId(0))
    found: list[tuple[Named, RowId]] = []
    told, changed = False, set[tuple[MessageKind, RoundId | None]]()
    for shown in newest:
        # what has changed in place asks for nothing, nor does what stood there before
        if IN_PLACE in shown.details:
            changed.add((shown.kind, shown.round))
        place = None if (shown.kind, shown.round) in changed else place_of(shown)
        old = shown.kind not in TALK_QUESTIONS and work.now - shown.at >= QUESTION_LASTS
        if (shown.kind in FOR_A_PRESS and (shown.row < answered or old)) or _is_answered(shown, newest):
            place = None
        elif shown.kind is K.TALK_WAITS and not (expected and expected.kind in LASTS):
            place = None  # it asks for nothing: only what one does alone and goes on with may not be meant
        elif place is not None and place.kind is DestinationKind.TALK and place not in open_:
            place = await _others_step(work, partner) or place
        if place is not None and _of_the_first(place, shown, sent) and place in open_:
            place = Destination(DestinationKind.PRESS)
        mine = place == expected and shown.row > expectation.mark
        told |= mine
        if place is not None and (mine or place.kind not in LASTS or await _waits(work, partner, place)):
            talk, written = shown.kind in (K.TALK_STEP, K.TALK_DRAFT), shown.kind in OWN_WORDS
            one = Named(place, shown.at, shown.kind in UNBIDDEN, talk, came=shown.came, written=written)
            found.append((one, shown.row))
        elif place is not None and place == begun and stops is not None and stops.came:
            written = shown.kind in OWN_WORDS and shown.row > expectation.mark
            found.append((Named(place, shown.at, over=True, written=written), shown.row))
    if expected is not None and expectation.since is not None and not told:
        at = next((i for i, (_, row) in enumerate(found) if row < expectation.mark), len(found))
        found.insert(at, (Named(expected, expectation.since), RowId(expectation.mark)))
    return [one for one, _ in found], perhaps


def _is_answered(shown: Shown, newest: Sequence[Shown]) -> bool:
    """Tell whether what asks for a press about what is for oneself alone has been answered."""
    return any(one.row > shown.row and one.kind in ALONE.get(shown.kind, ()) for one in newest)


def _of_the_first(place: Destination, shown: Shown, sent: Mapping[RoundId | None, RowId]) -> bool:
    """Tell whether what asked for an answer was shown before that answer was sent."""
    before = sent.get(place.round)
    return place.kind is DestinationKind.RESPONSE and before is not None and shown.row < before


async def _others_step(work: Work, partner: Partner) -> Destination | None:
    """Tell what a step names that isn't theirs to write: while they talk, the other's turn; None once it is over."""
    us = await together(work, partner.id)
    talk = await work.talks.live(us.couple.id) if us else None
    return Destination(DestinationKind.PRESS) if talk is not None and talk.state is TalkState.GOING else None


def _stops(shown: Shown) -> bool:
    return shown.kind is K.PUT_ASIDE and shown.details.get("what") in PRACTICES


async def _waits(work: Work, partner: Partner, place: Destination) -> bool:
    return place.kind is DestinationKind.WAITING and bool(await work.kept.of(partner.id))


async def open_places(work: Work, us: Together | None) -> list[Destination]:
    """Tell which places of rounds take somebody's words now, the likeliest first: earlier days come last."""
    if us is None:
        return []
    talk, open_, shown = await work.talks.live_beside_rounds(us.couple.id)
    step = writes(talk, us.me.id) if talk is not None else None
    live = [rules.as_of(round_, work.now) for round_ in open_]
    rounds = [*live, *([shown] if shown is not None and shown.id not in {r.id for r in live} else [])]
    places: list[tuple[bool, Destination]] = []
    if step is not None:
        places.append((False, Destination(DestinationKind.TALK)))
    for round_ in rounds:
        if round_.state in WRITABLE:
            kind = DestinationKind.ADDITION if round_.turn(us.me.id).sealed else DestinationKind.REFLECTION
            places.append((round_.late, Destination(kind, round_.id)))
        slots = rules.open_slots(round_, us.me.id)
        places += [(False, Destination(_of_slot(slot), round_.id)) for slot in slots]
    return [place for _, place in sorted(places, key=lambda one: one[0])]


def _of_slot(slot: Slot) -> DestinationKind:
    return DestinationKind.CLARIFICATION if slot is Slot.CLARIFICATION else DestinationKind.RESPONSE


async def replied_to(work: Work, partner: Partner, message: int) -> Destination | None:
    """Tell what the message that somebody replies to names; None where it names nothing, or there is none."""
    shown = await work.outbox.shown_in(partner.id, message) if message else None
    if shown is not None and shown.kind in ASKING:
        return Destination(DestinationKind.PRESS)
    return place_of(shown) if shown else None


async def is_of_oneself(work: Work, partner: Partner) -> bool:
    """Tell whether the last that was said is for its reader alone, or of what is over, and a moment ago."""
    said = await work.outbox.newest(partner.id, SAID)
    known = (one for one in said if one.sure and one.kind in _SPEAKS)
    last = next((one for one in known if _is_oneself(one) or place_of(one) is not None), None)
    return last is not None and _is_oneself(last) and work.now - last.at < QUESTION_LASTS


def _is_oneself(shown: Shown) -> bool:
    """Tell whether a message is between its reader and the bot; so it is that nothing ends after all."""
    stays = shown.kind is K.CANCELLED and shown.details["what"] in {*ENDING.values()} - {Expecting.CARD.value}
    return shown.kind in OF_ONESELF or stays


async def standing_question(work: Work, partner: Partner) -> Shown | None:
    """Find what buttons answer and was shown last, and that nothing has answered or followed since."""
    for one in reversed(await work.outbox.standing(partner.id, tuple(PRESSED_UNDER))):
        shown = await work.outbox.shown_in(partner.id, one.number) if one.number is not None else None
        if shown is not None and shown.row == one.row:
            after = await work.outbox.newest(partner.id, NAMING)
            followed = any(n.row > one.row and n.sure and n.kind is not K.KEPT_ASK for n in after)
            return None if followed else shown
    return None


async def stands_unanswered(work: Work, partner: Partner) -> bool:
    """Tell whether a question for a press of the last day has had no answer, whatever has come after it."""
    for one in reversed(await work.outbox.standing(partner.id, tuple(ASKING))):
        if work.now - one.at >= YES_COUNTS:
            break
        shown = await work.outbox.shown_in(partner.id, one.number) if one.number is not None else None
        if shown is not None and shown.row == one.row and await _is_open(work, partner, shown):
            return True
    return False


async def _is_open(work: Work, partner: Partner, shown: Shown) -> bool:
    """Tell whether an answer to a question would still change something, as far as its message doesn't tell."""
    if shown.kind in TALK_QUESTIONS:
        answered = await work.outbox.newest(partner.id, tuple(PRESSED))
        return not any(one.row > shown.row for one in answered)
    us = await together(work, partner.id)
    if shown.kind is K.LEAVE_ASK:
        return us is not None
    if shown.kind is K.WISH_ASK:
        return us is not None and wish_of(us.other, work.now) is not None and not wished(us.pair, work.now)
    return True


async def stop_what_ends(work: Work, partner: Partner, kinds: Collection[MessageKind] = ENDING.keys()) -> str:
    """Take away each question whether something is to end that stands there unanswered; name the last, or nothing."""
    stopped = ""
    for one in await work.outbox.standing(partner.id, tuple(kinds)):
        shown = await work.outbox.shown_in(partner.id, one.number) if one.number is not None else None
        if shown is not None and shown.row == one.row:
            await work.outbox.put(message(K.GONE, partner).editing(one.number))
            stopped = ENDING[shown.kind]
    return stopped


async def decide(work: Work, partner: Partner, said: Said) -> Destination | Ask | Wish | None:
    """Tell where somebody's words go, by the law of `bot.practice.destination`."""
    us = await together(work, partner.id)
    open_ = await open_places(work, us)
    if said.wishes and us is not None:
        said = replace(said, written=await written_in(work, us, open_))
    told, maybe = await named(work, partner, open_)
    told = await _overtaken(work, partner, told, open_)
    given = [
        replace(one, place=destination.as_open(one.place, open_))
        for one in told
        if one.place.kind is not DestinationKind.PRESS or await _to_hear(work, partner, one.place)
    ]
    reply = destination.as_open(said.reply, open_) if said.reply else None
    perhaps = [destination.as_open(place, open_) for place in maybe]
    found = destination.destination(given, open_, replace(said, reply=reply), work.now, perhaps)
    last = next((one.place for one in given if one.alive(work.now)), None)
    if said.edit or last is None or not (found is None or isinstance(found, Ask)):
        return found
    addition = Destination(DestinationKind.CLARIFICATION, last.round)
    if last.kind is not DestinationKind.PRESS or not await can_be_added_to(work, partner, addition):
        return found
    return Ask((*(found.places if found else ())[: MOST_OFFERED - 1], addition))


async def can_be_added_to(work: Work, partner: Partner, place: Destination) -> bool:
    """Tell whether somebody may say what they would like understood, once they say that an answer isn't all of it."""
    if place.kind is not DestinationKind.CLARIFICATION or place.round is None:
        return False
    round_ = await work.rounds.find(place.round)
    mine = round_ is not None and partner.id in {turn.partner for turn in round_.turns}
    if round_ is None or not mine or round_.state not in SHOWN:
        return False
    return round_.turn(partner.id).thread is ThreadState.ANSWERED


async def note_asked(work: Work, partner: Partner) -> None:
    """Note that words were asked about after what has grown old: the next ones go by what is named since."""
    begun = partner.expectation
    if begun.since is not None and not goes_on(begun, work.now):
        await work.partners.save(replace(partner, expectation=replace(begun, since=None)))


async def _overtaken(
    work: Work, partner: Partner, told: Sequence[Named], open_: Collection[Destination]
) -> list[Named]:
    """Read what asked for an answer that was never given, and that a later reveal has ended, as what is over."""
    found = list(told)
    for number, (place, at) in enumerate((one.place, one.at) for one in told):
        if place.kind not in ANSWERS or place.round is None or place in open_:
            break
        round_ = await work.rounds.find(place.round)
        slots = rules.open_slots(round_, partner.id) if round_ is not None else ()
        if place.kind in map(_of_slot, slots):
            found[number] = Named(Destination(DestinationKind.PRESS), at)
    return found


async def _to_hear(work: Work, partner: Partner, place: Destination) -> bool:
    """Tell whether an answer still waits for its author's word; what was cancelled does not end."""
    round_ = await work.rounds.find(place.round) if place.round else None
    return round_ is None or round_.turn(partner.id).thread is ThreadState.ANSWERED
