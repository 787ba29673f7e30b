"""A talk begins: one would like to, the other is asked whether now is good, and each alone how calm they are.

What somebody says about their calm is never kept. No, a later time and "not calm" reach the other as one sentence.
"""

from datetime import datetime, timedelta

from bot.actions import talk_chats
from bot.actions.announce import to_other
from bot.actions.people import Together, must_be_together
from bot.actions.ports import Work
from bot.actions.talk_later import ask_when, expect_when
from bot.actions.talk_told import KIND, Subject, about, give_step, theirs, words_of
from bot.messages import Message, MessageKind
from bot.practice import talk as rules
from bot.practice.ids import TalkId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.talk import CALM_LASTS, Talk, TalkKind, TalkState, TalkStep

K = MessageKind
SINCE = "since"


async def begin(work: Work, partner: Partner, kind: TalkKind, shown_in: int | None = None) -> None:
    """Ask somebody who would like to talk how calm they are; show what is open already.

    Raises Refusal NO_COUPLE, TALK_ASKED_LATELY.
    """
    us = await must_be_together(work, partner.id)
    live = await work.talks.live(us.couple.id)
    if live is not None:
        await stand(work, us, live)
        return
    rules.check_ask(await work.talks.last(us.couple.id), partner.id, work.now)
    await work.outbox.put(us.message(K.TALK_CALM, us.me, details={KIND: kind.value}).editing(shown_in))


async def say_calm(work: Work, partner: Partner, subject: Subject, answer: int, shown_in: int) -> None:
    """Take an answer to how calm somebody is: it is kept nowhere. Raises Refusal NO_COUPLE, TALK_OVER, NOT_YOURS."""
    us = await must_be_together(work, partner.id)
    calm = rules.is_calm(answer)
    kind = subject.kind
    found = await _asked(work, us, subject.talk, kind)
    if found is None and await work.talks.live(us.couple.id) is not None:
        await _stand_live(work, us)
        return
    if not calm:
        if found is not None:
            await _not_now(work, us, found)
        await expect_when(work, us, Subject(kind), again=1)  # who isn't calm may write other words, and once
        rest = us.message(K.TALK_REST, us.me, details={KIND: kind.value})
        await work.outbox.put(rest.editing(shown_in))
    elif found is not None:
        await _agree(work, us, found, shown_in)
    elif kind is TalkKind.DIALOGUE:
        where = us.message(K.TALK_WHERE, us.me, details={SINCE: int(work.now.timestamp()) // 60})
        await work.outbox.put(where.editing(shown_in))
    else:
        await _ask(work, us, kind, shown_in, sofa=False)


async def _asked(work: Work, us: Together, talk: TalkId | None, kind: TalkKind | None = None) -> Talk | None:
    """Load the talk that somebody is asked for: the one a button names, or where both ask at once, the other's.

    Where the other has asked for one of another kind, a yes to that is still theirs to give.
    """
    if talk is not None:
        found = await theirs(work, us, talk, TalkState.ASKED)
        if found.partners[found.asked] != us.me.id:
            raise Refusal(Reason.TALK_OVER)
        return found
    live = await work.talks.live(us.couple.id)
    mine = live is not None and live.state is TalkState.ASKED and live.partners[live.asked] == us.me.id
    return live if mine and live is not None and live.kind is kind else None


async def _stand_live(work: Work, us: Together) -> bool:
    live = await work.talks.live(us.couple.id)
    if live is not None:
        await stand(work, us, live)
    return live is not None


async def say_where(work: Work, partner: Partner, since: int, shown_in: int, *, sofa: bool) -> None:
    """Ask the other for a dialogue, in both chats or on one phone; where calm was said long ago, ask that again.

    Raises Refusal NO_COUPLE, TALK_ASKED_LATELY.
    """
    us = await must_be_together(work, partner.id)
    asked = await _asked(work, us, None, TalkKind.DIALOGUE)
    if asked is not None:  # both ask at once
        await _agree(work, us, asked, shown_in)
    elif await work.talks.live(us.couple.id) is not None:
        await _stand_live(work, us)
    elif abs(work.now - _minute(since, work.now)) > CALM_LASTS:
        await begin(work, partner, TalkKind.DIALOGUE)
    else:
        await _ask(work, us, TalkKind.DIALOGUE, shown_in, sofa=sofa)


def _minute(since: int, now: datetime) -> datetime:
    try:
        return datetime.fromtimestamp(since * 60, now.tzinfo)
    except (OverflowError, OSError, ValueError):
        return now - timedelta(days=1)


async def _ask(work: Work, us: Together, kind: TalkKind, shown_in: int, *, sofa: bool) -> None:
    rules.check_ask(await work.talks.last(us.couple.id), us.me.id, work.now)
    partners = (us.me.id, us.other.id)
    talk = Talk(TalkId(work.new_id()), us.couple.id, kind, partners, work.now, work.now, sofa=sofa)
    await work.talks.save(talk)
    await _say_asked(work, us, talk, shown_in)


async def _say_asked(work: Work, us: Together, talk: Talk, shown_in: int) -> None:
    """Bring the question to the other; who rests is not asked, and whoever asks can't tell."""
    await work.outbox.put(about(us, K.TALK_WAITS, us.me, talk).editing(shown_in))
    if not us.other.away:
        await work.outbox.put(*to_other(us, about(us, K.TALK_ASK, us.other, talk), now=work.now))


async def say_yes(work: Work, partner: Partner, talk: TalkId, shown_in: int) -> None:
    """Ask who has time how calm they are. Raises Refusal NO_COUPLE, TALK_OVER, NOT_YOURS."""
    us = await must_be_together(work, partner.id)
    found = await _asked(work, us, talk)
    if found is not None:
        await work.outbox.put(about(us, K.TALK_CALM, us.me, found).editing(shown_in))


async def say_not_now(work: Work, partner: Partner, talk: TalkId, shown_in: int, *, later: bool) -> None:
    """Take a no, or the wish for a later time: the other hears the same. Raises as say_yes."""
    us = await must_be_together(work, partner.id)
    found = await _asked(work, us, talk)
    if found is None:
        return
    await _not_now(work, us, found)
    if later:
        await ask_when(work, us, Subject(found.kind), shown_in)
    else:
        await work.outbox.put(about(us, K.TALK_LET_BE, us.me, found).editing(shown_in))


async def _not_now(work: Work, us: Together, talk: Talk) -> None:
    await work.talks.save(rules.moved(talk, TalkStep.NOT_NOW, work.now))
    asked = await talk_chats.quiet(work, us.other, talk, *talk_chats.WAITING)
    await work.outbox.put(*to_other(us, *asked, not_now(us, us.other, talk), now=work.now))


def not_now(us: Together, to: Partner, talk: Talk) -> Message:
    """Say to who has asked that it isn't the moment: nothing in it depends on why."""
    return about(us, K.TALK_NOT_NOW, to, talk)


async def _agree(work: Work, us: Together, talk: Talk, shown_in: int) -> None:
    found = rules.agree(talk, work.now)
    await work.talks.save(found)
    asked = await talk_chats.quiet(work, us.other, talk, *talk_chats.WAITING)
    await work.outbox.put(*to_other(us, *asked, now=work.now))
    question = await talk_chats.unasked(work, us.me, talk, K.TALK_ASK)  # another than the one just answered
    await work.outbox.put(*(one for one in question if one.edit != shown_in))
    if found.state is TalkState.ASKED:
        await _say_asked(work, us, found, shown_in)
        return
    mine, *rest = await give_step(work, us, us.me, found)
    await work.outbox.put(mine.editing(shown_in) if not rest else mine, *rest)
    await work.outbox.put(*to_other(us, *await give_step(work, us, us.other, found), now=work.now))


async def stand(work: Work, us: Together, talk: Talk) -> None:
    """Show somebody where a talk stands: the other's last words, and what is theirs to do."""
    match talk.state:
        case TalkState.ASKED:
            kind = K.TALK_ASK if talk.partners[talk.asked] == us.me.id else K.TALK_WAITS
            await work.outbox.put(about(us, kind, us.me, talk))
        case TalkState.PAUSED:
            await work.outbox.put(about(us, K.TALK_PAUSED, us.me, talk))
        case _:
            heard = [one for one in await work.talks.said(us.me.id, talk) if one.author == us.other.id]
            last = words_of(us, us.me, talk, heard[-1]) if heard else []
            await work.outbox.put(*last, *await give_step(work, us, us.me, talk, back=True))


async def missed(work: Work, us: Together) -> None:
    """Show who can be reached again where a talk under way stands: what was said meanwhile has not come."""
    live = await work.talks.live(us.couple.id)
    if live is not None and live.state is TalkState.GOING:
        await stand(work, us, live)


async def stand_again(work: Work, partner: Partner) -> bool:
    """Show where a couple's talk stands, after a button that is old. False where there is none."""
    us = await must_be_together(work, partner.id)
    return await _stand_live(work, us)
