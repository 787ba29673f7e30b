"""Who acts: loading a partner with their couple, and the two as a pair."""

from dataclasses import dataclass, replace
from typing import Any

from bot.actions.aside import aside
from bot.actions.ports import Work
from bot.actions.practised import practice_over
from bot.messages import Message, MessageKind
from bot.practice import round as rules
from bot.practice.couple import Couple
from bot.practice.ids import PartnerId, RoundId
from bot.practice.partner import PRACTICES, Expectation, Expecting, Pair, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round

LETTER = frozenset({Expecting.CAPSULE, Expecting.CAPSULE_DAY})
"""A letter and its day: to be asked for one puts the other aside no more than a page does its number."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who writes, as Telegram names them; not yet, or not any more, a partner."""

    chat: int
    name: str
    language: str
    username: str | None = None
    far: bool = False  # their own language is not spoken here


@dataclass(frozen=True)
class Together:
    """A couple as one of its partners meets it."""

    me: Partner
    other: Partner
    couple: Couple

    @property
    def pair(self) -> Pair:
        """Both partners in the order of their seats."""
        return (self.me, self.other) if self.couple.partners[0] == self.me.id else (self.other, self.me)

    def message(
        self, kind: MessageKind, to: Partner, round_: RoundId | None = None, **besides: Any
    ) -> Message:
        """Address a message of this couple, whose words or name it may carry being the other one's."""
        about = self.other if to.id == self.me.id else self.me
        return Message(kind, to.chat, to.id, couple=self.couple.id, round=round_, about=about.id, **besides)


def message(kind: MessageKind, to: Partner, **details: int | str) -> Message:
    """Address a message to one partner."""
    return Message(kind, to.chat, to.id, details=details)


async def together(work: Work, partner: PartnerId) -> Together | None:
    """Load the couple that a partner is in, if any."""
    couple = await work.couples.of(partner)
    if couple is None:
        return None
    me = await work.partners.get(partner)
    return Together(me, await work.partners.get(couple.other(partner)), couple)


async def must_be_together(work: Work, partner: PartnerId) -> Together:
    """Load the couple that a partner is in. Raises Refusal NO_COUPLE."""
    found = await together(work, partner)
    if found is None:
        raise Refusal(Reason.NO_COUPLE)
    return found


async def expect(work: Work, partner: Partner, expectation: Expectation | None = None) -> Partner:
    """Note what a partner's next plain words are for, from now on; nothing in particular without an argument."""
    wanted = expectation or Expectation()
    if partner.expectation.what in PRACTICES and partner.expectation.what is not wanted.what:
        await practice_over(work, partner)
    if wanted.what is not Expecting.NOTHING:
        if wanted.what is not partner.expectation.what and {wanted.what, partner.expectation.what} != LETTER:
            await work.outbox.put(*aside(partner, work.now))
        wanted = replace(wanted, since=work.now, mark=work.new_id())
    changed = replace(partner, expectation=wanted)
    if changed != partner:
        await work.partners.save(changed)
    return changed


async def done(work: Work, partner: Partner, *over: Expecting, round_: RoundId | None = None) -> Partner:
    """Expect no more words for what is over, of a round where one is named; what was begun since goes on."""
    changed = replace(partner, expectation=partner.expectation.after(*over, round_=round_))
    if changed != partner:
        await work.partners.save(changed)
    return changed


async def their_round(work: Work, us: Together, round_: RoundId) -> Round:
    """Load a round that a button names, as it is now: any that is open to words or to what follows the reveal.

    Raises Refusal: NOT_YOURS (another couple's, or none), ROUND_OVER (neither live, nor the newest, nor the
    one that was revealed last).
    """
    found = await work.rounds.find(round_)
    if found is None or found.couple != us.couple.id:
        raise Refusal(Reason.NOT_YOURS)
    found = rules.as_of(found, work.now)
    if found.state in rules.LIVE:
        return found
    newest = await work.rounds.latest(us.couple.id)
    if newest is not None and found.id == newest.id:
        return found
    shown = await work.rounds.latest_shown(us.couple.id)
    if shown is None or found.id != shown.id:
        raise Refusal(Reason.ROUND_OVER)
    return found


async def late_rounds(work: Work, us: Together) -> list[Round]:
    """Load the rounds whose day is over and that are still open to both, newest first."""
    live = [rules.as_of(round_, work.now) for round_ in await work.rounds.live(us.couple.id)]
    return [round_ for round_ in live if round_.late]
