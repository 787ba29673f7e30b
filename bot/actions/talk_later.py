"""A talk rests until a time that one of the two names; who had no time now is asked again, alone.

The other hears one sentence, without a time and without an owner.
"""

from dataclasses import replace
from datetime import datetime

from bot.actions import talk_chats
from bot.actions.announce import home_zone, to_other
from bot.actions.people import Together, done, expect, must_be_together
from bot.actions.ports import Work
from bot.actions.talk_told import KIND, TALK, Subject, about, end, give_step, theirs
from bot.messages import Message, MessageKind, Priority
from bot.practice import calendar
from bot.practice import talk as rules
from bot.practice.ids import TalkId
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.talk import LIVE, UNDER_WAY, TalkKind, TalkState, TalkStep

K = MessageKind
AT = "at"  # unix minutes
MOST_OFFERED = 3


async def ask_when(work: Work, us: Together, subject: Subject, shown_in: int | None = None) -> None:
    """Ask when to come back: to a talk that is to rest, or to asking for one."""
    kind, talk = subject.kind, subject.talk
    await expect_when(work, us, subject)
    asked = us.message(K.TALK_LATER_ASK, us.me, details={KIND: kind.value, TALK: talk or 0})
    await work.outbox.put(asked.editing(shown_in))


async def expect_when(work: Work, us: Together, subject: Subject, again: int = 0) -> None:
    """Let the next words be a time to come back; `again` is how often it was asked again."""
    about_what = f"{subject.kind.value}-{subject.talk or 0}"
    await expect(work, us.me, Expectation(Expecting.LATER, starter=about_what, again=again))


async def ask_pause(work: Work, partner: Partner, talk: TalkId) -> None:
    """Ask until when a talk shall rest. Raises Refusal NO_COUPLE, TALK_OVER, NOT_YOURS."""
    us = await must_be_together(work, partner.id)
    found = await theirs(work, us, talk, *UNDER_WAY)
    await ask_when(work, us, Subject(found.kind, talk))


def asked_about(partner: Partner) -> Subject:
    """Tell for what somebody was asked when to come back. Raises Refusal NOT_YOURS where they were not."""
    kind, _, talk = (partner.expectation.starter or "").partition("-")
    if partner.expectation.what is not Expecting.LATER or kind not in set(TalkKind) or not talk.isdecimal():
        raise Refusal(Reason.NOT_YOURS)
    return Subject(TalkKind(kind), TalkId(int(talk)) if int(talk) else None)


async def offer(work: Work, partner: Partner, moments: list[datetime]) -> None:
    """Ask which of several times is meant."""
    us = await must_be_together(work, partner.id)
    subject = asked_about(partner)
    given = {f"{AT}{i}": int(at.timestamp()) // 60 for i, at in enumerate(moments[:MOST_OFFERED])}
    details: dict[str, int | str] = {KIND: subject.kind.value, TALK: subject.talk or 0, **given}
    await work.outbox.put(us.message(K.TALK_LATER_CHOICES, us.me, details=details))


async def come_back(
    work: Work, partner: Partner, subject: Subject, at: datetime, shown_in: int | None
) -> None:
    """Let a talk rest until a time, or ask somebody alone again then.

    Raises Refusal NO_COUPLE, TALK_OVER, NOT_YOURS, BAD_LATER.
    """
    kind, talk = subject.kind, subject.talk
    us = await must_be_together(work, partner.id)
    rules.check_later(at, work.now)
    if talk is None:
        await done(work, us.me, Expecting.LATER)
        minute = int((await _remind(work, us, kind, at)).timestamp()) // 60
        noted = us.message(K.TALK_LATER_NOTED, us.me, details={KIND: kind.value, AT: minute})
        await work.outbox.put(noted.editing(shown_in))
        return
    found = await theirs(work, us, talk, *UNDER_WAY)
    paused = rules.pause(found, at, work.now)
    await work.talks.save(paused)
    await end(work, us)
    await work.outbox.put(about(us, K.TALK_PAUSED, us.me, paused).editing(shown_in))
    if found.state is TalkState.GOING:  # another time for a rest is nothing new to the other
        await work.outbox.put(*to_other(us, about(us, K.TALK_PAUSED_TOLD, us.other, paused), now=work.now))


async def _remind(work: Work, us: Together, kind: TalkKind, at: datetime) -> datetime:
    """Ask somebody again at a time, or when their quiet hours around it end; tell when that is."""
    await work.outbox.withdraw(to=us.me.id, kinds=(K.TALK_AGAIN,))
    due = calendar.deliver_at(at, us.me.quiet, home_zone(us.me, us), us.me.acted_at)
    again: Message = us.message(K.TALK_AGAIN, us.me, details={KIND: kind.value})
    await work.outbox.put(replace(again, due=due, priority=Priority.MORNING))
    return due


async def go_on(work: Work, partner: Partner, talk: TalkId) -> None:
    """Take a talk up before its time. Raises Refusal NO_COUPLE, TALK_OVER, NOT_YOURS."""
    us = await must_be_together(work, partner.id)
    found = rules.moved(await theirs(work, us, talk, TalkState.PAUSED), TalkStep.GO_ON, work.now)
    await work.talks.save(found)
    await work.outbox.withdraw(couple=us.couple.id, kinds=(K.TALK_PAUSED_TOLD,))
    for each in us.pair:
        rested = await talk_chats.quiet(work, each, found, *talk_chats.RESTING)
        told = [*rested, *await give_step(work, us, each, found, back=True)]
        await work.outbox.put(*(told if each.id == us.me.id else to_other(us, *told, now=work.now)))


async def stop(work: Work, partner: Partner, talk: TalkId, shown_in: int) -> None:
    """End a talk, without a reason: its words are destroyed. Raises Refusal NO_COUPLE, TALK_OVER, NOT_YOURS."""
    us = await must_be_together(work, partner.id)
    found = await theirs(work, us, talk, *LIVE)
    if found.state is TalkState.ASKED and found.partners[found.asked] == us.me.id:
        raise Refusal(Reason.NOT_YOURS)  # who is asked says no
    over = rules.moved(found, TalkStep.STOP, work.now)
    await work.talks.save(over)
    await end(work, us)
    await work.outbox.put(Message(K.BUTTONS_OFF, us.me.chat, us.me.id).editing(shown_in))
    await work.outbox.put(*await talk_chats.quiet(work, us.me, found, *talk_chats.GOING))
    await work.outbox.put(about(us, K.TALK_STOPPED, us.me, over, asked=int(found.state is TalkState.ASKED)))
    if found.state is TalkState.ASKED:
        await work.outbox.put(*await talk_chats.unasked(work, us.other, found, *talk_chats.ASKING))
    else:
        await work.outbox.withdraw(couple=us.couple.id, kinds=(K.TALK_PAUSED_TOLD,))
        told = [
            *await talk_chats.quiet(work, us.other, found, *talk_chats.GOING),
            about(us, K.TALK_STOPPED_TOLD, us.other, over),
        ]
        await work.outbox.put(*to_other(us, *told, now=work.now))
