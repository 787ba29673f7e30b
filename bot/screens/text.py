"""Words: where they go by the law of `bot.practice.destination`, and what is said to the bot alone."""

from bot.actions import capsule as letters
from bot.actions import named, waiting
from bot.actions.people import together
from bot.actions.practised import practised
from bot.actions.reflect import Arrival
from bot.actions.today import REACTIONS, THANKS, UNKEPT, lands, plain, react
from bot.actions.unsent import written_in
from bot.messages import MessageKind
from bot.practice.destination import (
    QUESTION_LASTS,
    QUESTIONS,
    REFLECTIONS,
    TEXTS_ALONE,
    Ask,
    Destination,
    DestinationKind,
    Said,
    Wish,
)
from bot.practice.draft import PieceKind
from bot.practice.partner import Expecting
from bot.practice.refusals import Reason, Refusal
from bot.screens import (
    answer,
    asides,
    capsule,
    draft,
    hours,
    in_danger,
    joining,
    labels,
    own_card,
    placing,
    safety,
    said,
    said_no,
    stands_last,
    taking_back,
    talk_steps,
    which_one,
)
from bot.screens.prompt import task_of
from bot.screens.request import Request
from prompts.courtesies import BREAK, CHANGE, FINE, NOT_NOW, PRIVATE, RESTS, SEND, YOUNG
from prompts.prompt import Task

K = MessageKind
NOT_TAKEN = "not taken"
ONE_SENTENCE = frozenset({DestinationKind.RESPONSE, DestinationKind.CLARIFICATION})
LETTER = Destination(DestinationKind.CAPSULE)


async def words(request: Request) -> None:
    """Take a text, a voice message, a video note or a photo to what it is for, or ask.

    What has come already, as an edit that was quicker than its message, is taken once.
    """
    if request.services.early.gone(request.visitor.chat, request.source):
        return
    code = await _invitation(request)
    if code:
        await joining.look(request, code)
    elif request.partner is None:
        await _meet(request)
    elif request.arrival is None:
        await draft.unsupported(request)
    elif await in_danger.is_met(request) or await _names_a_country(request):
        pass
    elif await hours.answers_what_stands(request):
        await placing.put(request, Destination(DestinationKind.HOUR), [request.arrival])
    elif not await which_one.takes(request):
        where = await named.decide(request.work, request.me, await said.read(request))
        if not (await _is_answered(request, where) or await in_danger.is_beside(request, where)):
            await _go(request, request.arrival, where)


async def _names_a_country(request: Request) -> bool:
    """Show the lines of a country that is typed under help; False for any other words."""
    return await safety.is_last(request) and await safety.shows_typed_country(request)


async def _meet(request: Request) -> None:
    """Say to a stranger how to begin. A yes to what they were asked is given by its button."""
    courtesy = asides.courtesy(request, request.arrival) if request.arrival is not None else None
    if courtesy not in (FINE, YOUNG) and not joining.is_typed_button(request):
        raise Refusal(Reason.CONSENT_FIRST)
    await request.say(K.COURTESY, what=YOUNG if courtesy == YOUNG else stands_last.PRESS)


async def edited(request: Request) -> None:
    """Let an edit in Telegram change the part that it edits; one of a question's answer answers anew."""
    if request.partner is None or await draft.edited(request) or await talk_steps.edited(request):
        return
    if own_card.is_card(request.services.content.menu(request.language).as_ours(request.text)):
        await own_card.edited(request)
        return
    if request.arrival is None or await waiting.edit(request.work, request.partner, request.arrival):
        return
    if await letters.edit(request.work, request.partner, request.arrival):
        return
    place = await named.decide(request.work, request.me, Said(edit=True))
    if isinstance(place, Destination):
        await placing.put(request, place, [request.arrival])
    elif await _came_first(request):
        await words(request)
        request.services.early.note(request.visitor.chat, request.source)
    else:
        await draft.say_at_the_end(request, K.EDIT_NOWHERE)


async def _came_first(request: Request) -> bool:
    """Tell whether an edit has come before the message that it is of: nothing here is newer than that."""
    newest, _ = await request.work.outbox.shown_last(request.me.id)
    return newest is not None and request.source > newest and not request.text.startswith("/")


async def _invitation(request: Request) -> str:
    """Find the code of an invitation in a pasted link, or pasted by itself; empty for none.

    A stranger's link is looked at in any case, and also among other words: they may have pasted all they got.
    """
    code = joining.code_in(request.text, alone=request.partner is not None)
    if code and (request.partner or code == request.text.strip()):
        return code if await request.work.invites.by_code(code) else ""
    return code


async def _go(request: Request, arrival: Arrival, where: Destination | Ask | Wish | None) -> None:
    courtesy = asides.courtesy(request, arrival)
    if await _is_shown(request, where, courtesy) or isinstance(where, Wish):
        return
    if await _is_meant_as_a_press(request, where, courtesy):
        return
    answers = asides.may_be_aside(where) and await stands_last.is_asking(
        request, ever=courtesy in (asides.SORRY, FINE)
    )
    asking = (courtesy in asides.BUTTONS and isinstance(where, Ask)) or answers
    letter = where is None and courtesy is None and await _may_be_a_letter(request, arrival)
    if answers and not letter and (courtesy in asides.ANSWERING or where is None):
        await request.say(K.COURTESY, what=stands_last.PRESS, dropped=int(not courtesy))
    elif courtesy in (CHANGE, PRIVATE) and await _takes_back(request, where, courtesy):
        pass  # it is said how
    elif courtesy in asides.BUTTONS_OF_TODAY and await asides.is_under_today(request, where, courtesy):
        await asides.show_under_today(request, courtesy, where)
    elif asides.is_asked(request, where, courtesy):
        await asides.answer_asked(request, courtesy, where)
    elif (
        courtesy == FINE
        and isinstance(where, Destination)
        and (wished := await asides.wished_before(request))
    ):
        await asides.show_button(request, where, wished)
    elif courtesy in asides.BUTTONS and where != asides.WAITING:  # nothing is written there
        await _file(request, arrival, _asked_of(where, courtesy), None, asking=asking)
    elif courtesy and await asides.is_aside(request, where, courtesy):
        await _answer_aside(request, courtesy, arrival, where)
    else:
        asking = asking or await safety.is_last(request) or await _may_choose(request)
        await _file(request, arrival, Ask((LETTER,)) if letter else where, courtesy, asking=asking)


async def _is_meant_as_a_press(
    request: Request, where: Destination | Ask | Wish | None, courtesy: str | None
) -> bool:
    """Say where the button is that words say, or whose question they answer in a word; False for any other words."""
    if where == LETTER:
        return await capsule.answers_beside(request, courtesy)
    if courtesy not in (None, FINE, asides.SORRY, *RESTS) or not _may_be_pressed(where):
        return False
    if await labels.says_how_it_landed(request):
        return True
    pressed = (courtesy is None or courtesy in RESTS) and await labels.answers(request)
    if pressed or await _begins_in_a_word(request, where, courtesy):
        await request.say(K.COURTESY, what=stands_last.PRESS, **asides.held(request))
    elif courtesy is None and (command := await _names_a_command(request, where)):
        await request.say(K.COURTESY, what="menu", command=f"/{command}", **asides.held(request))
    elif courtesy is None and await labels.stands(request):
        await request.say(K.COURTESY, what=labels.LABEL, **asides.held(request))
    else:
        return False
    return True


async def _names_a_command(request: Request, where: Destination | Ask | Wish | None) -> str:
    """Name the command that a text is nothing but the name of, and no answer of a card's; empty for none."""
    if request.reply or request.passed_on or not (asides.may_be_aside(where) or where == asides.WAITING):
        return ""
    if isinstance(where, Destination) and await asides.is_choice(request, where):
        return ""
    return request.services.content.menu(request.language).called(request.text)


async def _begins_in_a_word(
    request: Request, where: Destination | Ask | Wish | None, courtesy: str | None
) -> bool:
    """Tell whether an answer to the other would begin with a bare yes or no, where they have asked nothing."""
    if not isinstance(where, Destination) or where.kind not in ONE_SENTENCE or request.reply:
        return False
    us = await together(request.work, request.me.id)
    if request.me.expectation.what in (Expecting.RESPONSE, Expecting.CLARIFICATION):
        return False  # they have said that they'd write
    if courtesy and await asides.is_aside(request, where, courtesy):
        return False
    if us is None or where in await written_in(request.work, us, [where]) or not request.answers_in_a_word():
        return False
    round_ = await request.work.rounds.find(where.round) if where.round else None
    if round_ is None or where.kind is not DestinationKind.RESPONSE:
        return True
    task = task_of(request.services.content, request.language, round_, us.other.id)
    return task not in (Task.GUESS, Task.ASK)


def _may_be_pressed(where: Destination | Ask | Wish | None) -> bool:
    """Tell whether words that would go there may be a button's: a question of the bot's own takes its answer."""
    return not isinstance(where, Destination) or where.kind not in QUESTIONS


async def _may_be_a_letter(request: Request, arrival: Arrival) -> bool:
    """Tell whether words that come while nothing is open may be for the other: a letter keeps them.

    A no or a wait is for nobody's eyes, and no letter is held out to who may be in danger of its reader.
    """
    told = arrival.kind is not PieceKind.TEXT or bool(labels.letters(arrival.text))
    if not told or request.answers_in_a_word() or request.alarm(request.text) is not None:
        return False
    return await together(request.work, request.me.id) is not None


async def _is_shown(request: Request, where: Destination | Ask | Wish | None, courtesy: str | None) -> bool:
    """Show a button to who wishes for it: of a talk, of what stands there, of what is written."""
    unplaced = where == asides.WAITING or isinstance(where, Ask)
    if courtesy in RESTS and unplaced and await talk_steps.meets_rest(request):
        return True
    if courtesy == BREAK and await asides.meets_break(request, where):
        return True
    if (unplaced or where is None) and await said_no.is_answered(request):
        return True
    if not isinstance(where, Destination) and await labels.is_label(
        request, await stands_last.question(request)
    ):
        await request.say(K.COURTESY, what=stands_last.PRESS)
        return True
    if isinstance(where, Wish):
        await asides.show_button(request, where.place, courtesy if courtesy in asides.WISHES else SEND)
    return isinstance(where, Wish)


async def _takes_back(request: Request, where: Destination | Ask | None, courtesy: str) -> bool:
    """Say how what was sealed is taken back; while other words wait, only what was sealed a moment ago is meant."""
    if courtesy == PRIVATE:  # what is sealed goes to the other unless it is taken back
        return asides.is_asked(request, where, courtesy) and await taking_back.show(request, QUESTION_LASTS)
    if where == asides.WAITING:
        return await taking_back.say_how(request, QUESTION_LASTS)
    besides = await asides.in_case(request, where, courtesy)
    return asides.may_be_aside(where) and await taking_back.say_how(request, besides=besides)


async def _ask_of_a_yes(request: Request, arrival: Arrival, where: Destination | Ask | None) -> None:
    """Ask what a bare yes is for that may answer an earlier question: by itself it's a consent to nothing."""
    places = where.places if isinstance(where, Ask) else ()
    if any(place.kind is not DestinationKind.ADDITION for place in places):
        await _file(request, arrival, where, None, asking=True)
    else:
        await request.say(K.COURTESY, what=stands_last.PRESS)


async def _may_choose(request: Request) -> bool:
    """Tell whether a few words may be for the buttons that stand last: a choice, or how an answer landed."""
    last = await stands_last.last_shown(request)
    if last is None or not stands_last.is_short(request):
        return False
    return last.kind in named.CHOSEN_FROM or await lands(request.work, request.me, last)


async def _answer_aside(
    request: Request, courtesy: str | None, arrival: Arrival, where: Destination | Ask | None
) -> None:
    """Answer what is for nothing in particular; thanks right under what has come from the other may be for them."""
    if await asides.is_late_yes(request):
        await _ask_of_a_yes(request, arrival, where)
        return
    _, last = await request.work.outbox.shown_last(request.me.id)
    theirs = last is not None and last.kind in named.THEIRS and not request.reply
    reacts = theirs and courtesy in REACTIONS
    if last is None or not reacts or not await react(request.work, request.me, last, courtesy):
        held = await asides.in_case(request, where, courtesy)
        await plain(request.work, request.me, asides.soberly(request, courtesy), unkept=held.get(UNKEPT, 0))


def _asked_of(where: Destination | Ask | None, courtesy: str) -> Destination | Ask | None:
    """Ask about a wish for a button that isn't there; one to send, and "not now" as an answer, are words."""
    if not isinstance(where, Destination) or courtesy == SEND or not asides.may_be_aside(where):
        return where
    return where if courtesy == NOT_NOW and where.kind not in REFLECTIONS else Ask((where,))


async def _file(
    request: Request,
    arrival: Arrival,
    where: Destination | Ask | None,
    courtesy: str | None,
    *,
    asking: bool,
) -> None:
    """Take words where they go, or ask what they are for."""
    match where:
        case None:
            await _answer_aside(request, courtesy, arrival, where)
        case Destination(kind=DestinationKind.WAITING) if courtesy in asides.GREETINGS | {THANKS}:
            await plain(request.work, request.me, asides.soberly(request, courtesy))
        case Destination(kind=DestinationKind.WAITING) if _is_a_press(request, courtesy):
            await stands_last.press_under_words(request)
        case Ask() if await request.work.words.by_source(request.me.id, arrival.source):
            pass  # an edit of it has come before it
        case Ask():
            perhaps = waiting.Perhaps.PRESS if asking else waiting.Perhaps.NOTHING
            if courtesy is None and await asides.is_for_bot(request):
                perhaps |= waiting.Perhaps.TO_BOT
            await waiting.ask(request.work, request.me, arrival, where.places, perhaps)
            await named.note_asked(request.work, request.me)
        case Destination(kind=DestinationKind.WAITING):
            if not await answer.after_all(request):
                await waiting.ask_more(request.work, request.me, arrival)
        case Destination():
            await placing.put(request, where, [arrival])


def _is_a_press(request: Request, courtesy: str | None) -> bool:
    """Tell whether words are nothing that waits for a place itself: an apology may be for the other, a no isn't."""
    if courtesy is None:
        return request.says_done()
    return courtesy != asides.SORRY or request.says_no()


async def _is_answered(request: Request, where: Destination | Ask | Wish | None) -> bool:
    """Tell whether a picture is of an album that can't be taken and whose sender has been told so."""
    taken = where is not None and not (isinstance(where, Destination) and where.kind in TEXTS_ALONE)
    if taken or not request.is_rest_of_album(NOT_TAKEN):
        return False
    if where == Destination(DestinationKind.PRACTICE):
        await practised(request.work, request.me, [request.source])
    return True
