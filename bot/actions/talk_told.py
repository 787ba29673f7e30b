"""What is said of a talk, to whom and when: who acts hears at once, the other as their quiet hours allow."""

from dataclasses import dataclass, replace

from bot.actions import talk_chats
from bot.actions.aside import aside
from bot.actions.people import Together
from bot.actions.ports import Work
from bot.actions.quotation import Kinds, quotation
from bot.messages import Message, MessageKind
from bot.practice import talk as rules
from bot.practice.ids import TalkId
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.saying import Saying
from bot.practice.talk import Talk, TalkKind, TalkState

K = MessageKind
TALK, STEP, LABEL, KIND, BACK = "talk", "step", "label", "kind", "back"
VERSION, BLAMES = "version", "blames"
WORDS: Kinds = (K.TALK_WORDS, K.TALK_MEDIA)


@dataclass(frozen=True)
class Subject:
    """What a question is about: a talk, or asking for one."""

    kind: TalkKind
    talk: TalkId | None = None


@dataclass(frozen=True)
class StepPress:
    """What a button of a step names, and the message that it stands under."""

    talk: TalkId
    step: int
    shown_in: int


async def theirs(work: Work, us: Together, talk: TalkId, *states: TalkState) -> Talk:
    """Load a talk that a button names, in one of these states. Raises Refusal NOT_YOURS, TALK_OVER."""
    found = await work.talks.find(talk)
    if found is not None and found.couple != us.couple.id:
        raise Refusal(Reason.NOT_YOURS)
    if found is None or found.state not in states:
        raise Refusal(Reason.TALK_OVER)
    return found


def about(us: Together, kind: MessageKind, to: Partner, talk: Talk, **more: int | str) -> Message:
    """Address a message about a talk."""
    return us.message(kind, to, details={TALK: talk.id, KIND: talk.kind.value, **more})


def words_of(us: Together, to: Partner, talk: Talk, saying: Saying) -> list[Message]:
    """Bring the other's words; of a card that was left blank, say so."""
    more: dict[str, int | str] = {STEP: saying.step, LABEL: saying.label}
    if not saying.pieces:
        return [about(us, K.TALK_BLANK, to, talk, **more)]
    return quotation(about(us, WORDS[0], to, talk, **more), saying, WORDS)


async def heard_last(work: Work, us: Together, talk: Talk) -> str:
    """Give the other's newest words in a talk, as far as they have come to somebody."""
    said = [one for one in await work.talks.said(us.me.id, talk) if one.author == us.other.id]
    return said[-1].text if said else ""


async def give_step(
    work: Work, us: Together, to: Partner, talk: Talk, *, back: bool = False
) -> list[Message]:
    """Say to one of the two what is next, and let their next words be for it where words are wanted.

    Whoever is about to let it rest is asked again when to come back, under what has come.
    """
    found: list[Message] = []
    to = await work.partners.get(to.id)
    rests = Expecting.LATER, f"{talk.kind.value}-{talk.id}"
    resting = (to.expectation.what, to.expectation.starter) == rests
    if rules.writes(talk, to.id) is not None and not resting:
        if to.expectation.what is not Expecting.TALK:
            found += aside(to, work.now)
        wanted = Expectation(Expecting.TALK, since=work.now, mark=work.new_id())
        await work.partners.save(replace(to, expectation=wanted))
    repair = talk.kind is TalkKind.REPAIR
    number = talk.sealed[talk.seat(to.id)] if repair else talk.stage.number
    more: dict[str, int | str] = {STEP: number, LABEL: rules.label_of(talk, number), BACK: int(back)}
    found += await talk_chats.quiet(work, to, talk, *talk_chats.STEPS)
    found.append(about(us, K.TALK_STEP, to, talk, **more))
    if resting:
        found += await talk_chats.quiet(work, to, talk, K.TALK_LATER_ASK, K.TALK_LATER_CHOICES)
        found.append(about(us, K.TALK_LATER_ASK, to, talk))
    return found


async def end(work: Work, us: Together) -> None:
    """Let nobody's next words be for a talk any more: it is over, or rests."""
    for partner in us.pair:
        known = await work.partners.get(partner.id)
        if known.expectation.what in (Expecting.TALK, Expecting.LATER):
            await work.partners.save(replace(known, expectation=Expectation()))
    await work.outbox.withdraw(couple=us.couple.id, kinds=(K.TALK_STEP, K.TALK_MORE))
