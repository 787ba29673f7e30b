"""A talk goes step by step: words are quoted to their author, sent or sealed by a press, and brought to the other."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from bot.actions import left_out, put_away, talk_chats
from bot.actions.advice import SUGGEST
from bot.actions.announce import to_other
from bot.actions.people import Together, done, must_be_together
from bot.actions.ports import Work
from bot.actions.reflect import Arrival, piece_of
from bot.actions.talk_told import (
    BLAMES,
    KIND,
    LABEL,
    STEP,
    TALK,
    VERSION,
    StepPress,
    about,
    end,
    give_step,
    heard_last,
    theirs,
    words_of,
)
from bot.messages import InChat, Message, MessageKind
from bot.practice import dialogue, repair, saying
from bot.practice import talk as rules
from bot.practice.destination import Destination, DestinationKind
from bot.practice.dialogue import MoveAnswer
from bot.practice.draft import PieceKind
from bot.practice.ids import TalkId
from bot.practice.partner import Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.saying import Saying
from bot.practice.talk import Talk, TalkKind, TalkState

K = MessageKind


class StepReader(Protocol):
    """Whoever can read words before they go, and has one thing to suggest on them, to their author alone."""

    def kind(self, text: str, about: str) -> str | None:
        """Name the one suggestion on what a listener says to the speaker's words; None to stay silent."""
        ...

    def blames(self, text: str) -> bool:
        """Tell whether somebody's own words may be hard to hear."""
        ...


async def take(work: Work, partner: Partner, arrivals: Sequence[Arrival], reader: StepReader) -> None:
    """Take words for the step that is somebody's, and quote all of them back.

    Raises Refusal NO_COUPLE, TALK_OVER, TALK_TOO_MUCH.
    """
    us = await must_be_together(work, partner.id)
    talk = await work.talks.live(us.couple.id)
    step = rules.writes(talk, partner.id) if talk is not None else None
    if talk is None or step is None:
        raise Refusal(Reason.TALK_OVER)
    mine = await work.talks.own(partner.id, talk, step)
    known = {piece.source for piece in mine.pieces}
    more = [piece_of(work, arrival) for arrival in arrivals if arrival.source not in known]
    mine = saying.with_pieces(mine, (*mine.pieces, *more))
    await work.talks.write(mine)
    await _quote(work, us, talk, mine, reader=reader)


async def edit(work: Work, partner: Partner, arrival: Arrival, reader: StepReader) -> bool:
    """Take an edit of a message that came for a step; False where it is none.

    Raises Refusal FROZEN, STILL_SEALED.
    """
    place = await work.talks.by_source(partner.id, arrival.source)
    if place is None:
        return False
    us = await must_be_together(work, partner.id)
    talk = await work.talks.find(place[0])
    if talk is None or talk.state not in rules.UNDER_WAY:
        raise Refusal(Reason.FROZEN)
    mine = await work.talks.own(partner.id, talk, place[1])
    made = {"text": arrival.text, "kind": arrival.kind, "file": arrival.file, "covered": arrival.covered}
    changes: dict[str, Any] = made | {"covers": arrival.covers}
    pieces = tuple(replace(p, **changes) if p.source == arrival.source else p for p in mine.pieces)
    if pieces == mine.pieces:
        return True
    noted = None
    if mine.sent_at is not None:
        talk, noted = await _open_by_edit(work, us, talk, mine.step)
        mine = replace(mine, sent_at=None)
    changed = saying.with_pieces(mine, pieces)
    await work.talks.write(changed)
    await _quote(work, us, talk, changed, reader=reader, taken_back=noted)
    return True


async def _open_by_edit(work: Work, us: Together, talk: Talk, step: int) -> tuple[Talk, int | None]:
    """Open one's newest seal of a repair again because its words change; name the message that told of it.

    Raises Refusal FROZEN for words that have gone, STILL_SEALED for those that lie under a later seal, or rest.
    """
    waits = repair.state_of(talk.sealed, step) is repair.CardState.WAITING
    if talk.kind is not TalkKind.REPAIR or not waits:
        raise Refusal(Reason.FROZEN)
    newest = talk.sealed[talk.seat(us.me.id)] - 1 == step
    if talk.state is not TalkState.GOING or not newest:
        raise Refusal(Reason.STILL_SEALED)
    after = rules.taken_back(talk, us.me.id, step, work.now)
    await work.talks.save(after)
    noted = [one.number for one in await _notes(work, us.me, talk, step)]
    await work.outbox.put(us.message(K.UNSEALED_BY_EDIT, us.me), *await give_step(work, us, us.me, after))
    await _note_before(work, us, after, step)
    return after, noted[-1] if noted else None


async def _quote(
    work: Work,
    us: Together,
    talk: Talk,
    mine: Saying,
    *,
    reader: StepReader | None = None,
    taken_back: int | None = None,
) -> None:
    """Quote somebody's own words under their buttons at the end of the chat; the quotation before goes."""
    await _retire(work, us.me, taken_back)
    more: dict[str, int | str] = {STEP: mine.step, LABEL: mine.label, VERSION: mine.version}
    if reader is not None and us.me.coach:
        more |= await _suggested(work, us, talk, mine, reader)
    await work.outbox.put(about(us, K.TALK_DRAFT, us.me, talk, **more))


async def _suggested(
    work: Work, us: Together, talk: Talk, mine: Saying, reader: StepReader
) -> dict[str, int | str]:
    """Choose one suggestion: on what a listener says, the coach's; else that words may be hard to hear."""
    listens = talk.kind is TalkKind.DIALOGUE and talk.stage.move in dialogue.LISTENING
    if listens and all(piece.kind is PieceKind.TEXT for piece in mine.pieces):
        kind = reader.kind(mine.text, await heard_last(work, us, talk))
        if kind is not None:
            return {SUGGEST: kind}
    return {BLAMES: 1} if reader.blames(mine.text) else {}


async def _retire(work: Work, me: Partner, taken_back: int | None = None) -> None:
    """Let the quotation go that stands; where it says by now that the words have gone, it stays.

    `taken_back`: the message about words that are somebody's own again.
    """
    await work.outbox.withdraw(to=me.id, kinds=(K.TALK_DRAFT,))
    standing = await work.outbox.standing(me.id, (K.TALK_DRAFT, K.TALK_SENT))
    stay = {one.number for one in standing if one.message.kind is K.TALK_SENT} - {taken_back}
    for number in {one.number for one in standing if one.number is not None} - stay:
        await work.outbox.put(Message(K.GONE, me.chat, me.id).editing(number))


async def rewrite(work: Work, partner: Partner, talk: TalkId, step: int) -> None:
    """Clear what somebody has written for a step, and ask anew. Raises Refusal NO_COUPLE, TALK_OVER, NOT_YOURS."""
    us = await must_be_together(work, partner.id)
    found = await _at(work, us, talk, step)
    mine = await work.talks.own(partner.id, found, step)
    await work.talks.write(saying.with_pieces(mine, ()))
    await _retire(work, us.me)
    await work.outbox.put(*await give_step(work, us, us.me, found))


async def _at(work: Work, us: Together, talk: TalkId, step: int) -> Talk:
    """Load a talk whose step is somebody's to write. Raises Refusal TALK_OVER, NOT_YOURS."""
    found = await theirs(work, us, talk, TalkState.GOING)
    if rules.writes(found, us.me.id) != step:
        raise Refusal(Reason.TALK_OVER)
    return found


async def send(work: Work, partner: Partner, pressed: StepPress, version: int) -> None:
    """Send or seal the words that were quoted; a second tap on the same button does nothing.

    Raises Refusal NO_COUPLE, TALK_OVER, NOT_YOURS, NOTHING_WRITTEN, WORDS_CHANGED, and as left_out.check.
    """
    us = await must_be_together(work, partner.id)
    talk, step, shown_in = pressed.talk, pressed.step, pressed.shown_in
    known = await work.talks.find(talk)
    if known is not None and known.couple == us.couple.id:
        before = await work.talks.own(partner.id, known, step)
        if before.sent_at is not None and before.version == version:
            return
    found = await _at(work, us, talk, step)
    mine = saying.send(await work.talks.own(partner.id, found, step), version, work.now)
    await left_out.check(work, partner, Destination(DestinationKind.TALK))
    await work.talks.write(mine)
    await _note(work, us, found, mine, shown_in)
    if found.kind is TalkKind.REPAIR:
        await _sealed(work, us, found, step)
    else:
        after = rules.answered(found, partner.id, step, MoveAnswer.SEND, work.now)
        await _went_on(work, us, found, after, words_of(us, us.other, after, mine))


async def _note(work: Work, us: Together, talk: Talk, mine: Saying, shown_in: int) -> None:
    """Say in place of the quotation's buttons that it has gone; its words leave the chat where that is wanted."""
    away = int(bool(us.me.put_away))
    more: dict[str, int | str] = {STEP: mine.step, LABEL: mine.label, VERSION: mine.version, "away": away}
    await work.outbox.put(about(us, K.TALK_SENT, us.me, talk, **more).editing(shown_in))
    await put_away.let_go(work, us.me, [piece.source for piece in mine.pieces], shown_in)


async def answer(work: Work, partner: Partner, pressed: StepPress, said: MoveAnswer) -> None:
    """Take a press that does a move without words, or leaves a card blank.

    Raises Refusal NO_COUPLE, TALK_OVER, NOT_YOURS.
    """
    us = await must_be_together(work, partner.id)
    number, shown_in = pressed.step, pressed.shown_in
    found = await theirs(work, us, pressed.talk, TalkState.GOING)
    if found.kind is TalkKind.REPAIR:
        if said is not MoveAnswer.PASS:
            raise Refusal(Reason.NOT_YOURS)
        await _leave_blank(work, us, await _at(work, us, pressed.talk, number), number, shown_in)
        return
    if said is MoveAnswer.SEND and not found.sofa:
        raise Refusal(Reason.NOT_YOURS)  # words go from under their quotation
    after = rules.answered(found, partner.id, number, said, work.now)
    await _buttons_off(work, us, shown_in)
    told = [about(us, K.TALK_MORE, us.other, after)] if said is MoveAnswer.MORE and not found.sofa else []
    await _drop_unsent(work, us, found, number)
    await _went_on(work, us, found, after, told)


async def _drop_unsent(work: Work, us: Together, talk: Talk, step: int) -> None:
    """Destroy what was written for a step that is passed after all."""
    mine = await work.talks.own(us.me.id, talk, step)
    if mine.pieces and mine.sent_at is None:
        await work.talks.write(saying.with_pieces(mine, ()))
        await _retire(work, us.me)


async def _leave_blank(work: Work, us: Together, talk: Talk, card: int, shown_in: int) -> None:
    blank = saying.with_pieces(await work.talks.own(us.me.id, talk, card), ())
    await work.talks.write(replace(blank, sent_at=work.now))
    await _buttons_off(work, us, shown_in)
    await _retire(work, us.me)
    await _sealed(work, us, talk, card)


async def _buttons_off(work: Work, us: Together, shown_in: int) -> None:
    await work.outbox.put(Message(K.BUTTONS_OFF, us.me.chat, us.me.id).editing(shown_in))


async def _sealed(work: Work, us: Together, talk: Talk, card: int) -> None:
    """Go on after a seal: the next card comes, and where both have sealed this one, each is shown the other's."""
    after = rules.sealed(talk, us.me.id, card, work.now)
    await work.talks.save(after)
    await done(work, us.me, Expecting.TALK)
    await _note_before(work, us, after, card)
    if repair.state_of(after.sealed, card) is repair.CardState.SHOWN:
        mine, other = await work.talks.own(us.me.id, after, card), us.other
        read = await work.talks.read(us.me.id, other.id, after, card)
        if read is not None:
            await work.outbox.put(*words_of(us, us.me, after, read))
        await _note_again(work, us, us.other, after, card)
        await work.outbox.put(*to_other(us, *words_of(us, other, after, mine), now=work.now))
    if after.state is TalkState.KEEPING:
        await _ask_keep(work, us, after)
    else:
        await work.outbox.put(*await give_step(work, us, us.me, after))


async def _notes(work: Work, me: Partner, talk: Talk, card: int) -> list[InChat]:
    """List what stands in somebody's chat about their words for a card that they have sealed."""
    found = await work.outbox.standing(me.id, (K.TALK_SENT,))
    return [
        one
        for one in found
        if one.number is not None
        and (one.message.details[TALK], one.message.details[STEP]) == (talk.id, card)
    ]


async def _note_again(work: Work, us: Together, me: Partner, talk: Talk, card: int) -> None:
    """Say anew under somebody's own words of a card how they stand: open now, or to be taken back, or not."""
    for one in (await _notes(work, me, talk, card))[-1:]:
        known = {name: value for name, value in one.message.details.items() if name not in (TALK, KIND)}
        await work.outbox.put(about(us, K.TALK_SENT, me, talk, **known).editing(one.number))


async def _note_before(work: Work, us: Together, talk: Talk, card: int) -> None:
    """Say anew under one's own words of the card before, if it is still sealed: the newest seal alone opens again."""
    if card and repair.state_of(talk.sealed, card - 1) is repair.CardState.WAITING:
        await _note_again(work, us, us.me, talk, card - 1)


async def take_back(work: Work, partner: Partner, talk: TalkId, card: int, shown_in: int) -> None:
    """Open one's newest seal of a repair again. Raises Refusal NO_COUPLE, TALK_OVER, NOT_YOURS, TOO_LATE."""
    us = await must_be_together(work, partner.id)
    found = await theirs(work, us, talk, TalkState.GOING)
    after = rules.taken_back(found, partner.id, card, work.now)
    await work.talks.save(after)
    mine = await work.talks.own(partner.id, after, card)
    await work.talks.write(replace(mine, sent_at=None, version=mine.version + 1))
    await work.outbox.put(*await give_step(work, us, us.me, after))
    await _note_before(work, us, after, card)
    if mine.pieces:
        await _quote(work, us, after, replace(mine, version=mine.version + 1), taken_back=shown_in)


async def _went_on(work: Work, us: Together, before: Talk, after: Talk, told: list[Message]) -> None:
    """Save a dialogue that has moved, bring `told` to the other, and say what is next to whom."""
    await work.talks.save(after)
    await done(work, us.me, Expecting.TALK)
    theirs_ = list(told)
    if after.state is TalkState.GOING:
        if after.sofa or after.partners[after.stage.whose] == us.me.id:
            await work.outbox.put(*await give_step(work, us, us.me, after))
        else:
            theirs_ += await give_step(work, us, us.other, after)
    await work.outbox.put(*to_other(us, *theirs_, now=work.now))
    if after.state is TalkState.KEEPING:
        await _ask_keep(work, us, after)
    elif after.state is TalkState.OVER and before.sofa:
        await work.outbox.put(about(us, K.TALK_DONE, us.me, after))


async def _ask_keep(work: Work, us: Together, talk: Talk) -> None:
    """Ask each alone whether what was said shall stay."""
    await end(work, us)
    for each in us.pair:
        told = [
            *await talk_chats.quiet(work, each, talk, *talk_chats.GOING),
            about(us, K.TALK_KEEP_ASK, each, talk),
        ]
        await work.outbox.put(*(told if each.id == us.me.id else to_other(us, *told, now=work.now)))
