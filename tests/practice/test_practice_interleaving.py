"""Two partners act in any order, a stranger tries too, rounds follow on each other: the seal holds."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from two_people import ADA, BEN, BOTH, EVE, NOW, a_round

from bot.practice import round as rules
from bot.practice.ids import PartnerId
from bot.practice.refusals import Refusal
from bot.practice.reveal import may_read
from bot.practice.round import Round, Slot
from bot.practice.thread import Heard

# All that one thread can be: respond, yes or miss, clarify or leave, respond or leave.
THREAD = re.compile(r"R(Y|M(L|C(R|L)?)?)?|")
CLOSED = re.compile(r"R(Y|M(L|C(R|L)))")

people = st.sampled_from([ADA, BEN, ADA, BEN, EVE])
ages = st.sampled_from([0, 0, 0, 1, 1, 2, 5])
TWO_WEEKS, ACT_TAKES = timedelta(days=14), timedelta(minutes=1)


@dataclass
class Told:
    """What a witness who knows only the practice page would remember of one round."""

    sealed: set[PartnerId] = field(default_factory=set)
    reveals: int = 0
    threads: dict[PartnerId, str] = field(default_factory=lambda: {ADA: "", BEN: ""})
    followed: datetime | None = None  # when the next one opened first
    parted: bool = False

    def lapsed(self, now: datetime) -> bool:
        """Tell whether its two weeks are over without a reveal."""
        return not self.reveals and self.followed is not None and now >= self.followed + TWO_WEEKS

    def over(self, now: datetime) -> bool:
        """Tell whether nothing can be written any more."""
        return self.parted or bool(self.reveals) or self.lapsed(now)

    @property
    def closed(self) -> bool:
        """Tell whether both have nothing left to say."""
        return all(CLOSED.fullmatch(said) for said in self.threads.values())


class TwoPartners(RuleBasedStateMachine):
    """Everything that two partners, a stranger and the clock can do to a couple's rounds."""

    def __init__(self) -> None:
        super().__init__()
        self.rounds: list[Round] = [a_round()]
        self.told: list[Told] = [Told()]
        self.parted = False
        self.now = NOW

    def act(self, age: int, expected: bool, doing: str, *arguments: object) -> bool:  # noqa: FBT001 (told, not chosen)
        """Do one act on the newest round, or on one before; tell whether it was done."""
        place = max(0, len(self.rounds) - 1 - age)
        self.now += ACT_TAKES
        before = self.rounds[place] = rules.as_of(self.rounds[place], self.now)
        copy = repr(before)
        try:
            self.rounds[place] = getattr(rules, doing)(before, *arguments)
        except Refusal:
            done = False
        else:
            done = True
        assert repr(before) == copy, "an act changes nothing in place"
        assert done == expected, (doing, arguments, before)
        return done

    def of(self, age: int) -> Told:
        """Recall one round."""
        return self.told[max(0, len(self.rounds) - 1 - age)]

    @rule(age=ages, who=people)
    def write(self, age: int, who: PartnerId) -> None:
        """Let somebody write into a reflection."""
        told = self.of(age)
        self.act(
            age, who in BOTH and not told.over(self.now + ACT_TAKES) and who not in told.sealed, "write", who
        )

    @rule(age=ages, who=people)
    def decline(self, age: int, who: PartnerId) -> None:
        """Let somebody say "not today"."""
        told = self.of(age)
        self.act(
            age,
            who in BOTH and not told.over(self.now + ACT_TAKES) and who not in told.sealed,
            "decline",
            who,
        )

    @rule(age=ages, who=people)
    def seal(self, age: int, who: PartnerId) -> None:
        """Let somebody seal; the second seal is the reveal."""
        told = self.of(age)
        expected = who in BOTH and not told.over(self.now + ACT_TAKES) and who not in told.sealed
        if self.act(age, expected, "seal", who, self.now):
            told.sealed.add(who)
            told.reveals += len(told.sealed) == len(BOTH)

    @rule(age=ages, who=people)
    def take_back(self, age: int, who: PartnerId) -> None:
        """Let somebody take a seal back."""
        told = self.of(age)
        if self.act(age, who in told.sealed and not told.over(self.now + ACT_TAKES), "take_back", who):
            told.sealed.discard(who)

    def _say(self, age: int, author: PartnerId, word: str, doing: str, *arguments: object) -> None:
        told = self.of(age)
        after = told.threads.get(author, "") + word
        shown = bool(told.reveals) and not told.parted
        expected = author in BOTH and shown and bool(THREAD.fullmatch(after))
        if self.act(age, expected, doing, *arguments, self.now):
            told.threads[author] = after

    @rule(age=ages, who=people)
    def respond(self, age: int, who: PartnerId) -> None:
        """Let somebody respond to the other's words."""
        author = {ADA: BEN, BEN: ADA}.get(who, EVE)
        self._say(age, author, "R", "respond", who)

    @rule(age=ages, who=people, word=st.sampled_from(Heard))
    def hear(self, age: int, who: PartnerId, word: Heard) -> None:
        """Let somebody say how a response has landed."""
        self._say(age, who, "Y" if word is Heard.YES else "M", "hear", who, word)

    @rule(age=ages, who=people)
    def clarify(self, age: int, who: PartnerId) -> None:
        """Let somebody add what they would like understood."""
        self._say(age, who, "C", "clarify", who)

    @rule(age=ages, who=people)
    def leave_there(self, age: int, who: PartnerId) -> None:
        """Let somebody leave a thread as it is."""
        self._say(age, who, "L", "leave_there", who)

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        """Let nothing happen for some days, as in a rest."""
        self.now += timedelta(days=days)
        self.rounds = [rules.as_of(round_, self.now) for round_ in self.rounds]

    @precondition(lambda self: not self.parted)
    @rule()
    def next_opens(self) -> None:
        """Bring the next morning."""
        for age in range(len(self.rounds)):
            told = self.of(age)
            gone_on = told.reveals and told.followed and told.followed > self.revealed_at(age)
            live = not told.closed and not told.lapsed(self.now + ACT_TAKES) and not gone_on
            if self.act(age, live, "next_opens", self.now + ACT_TAKES) and (
                told.reveals or not told.followed
            ):
                told.followed = self.now
        self.rounds.append(a_round(len(self.rounds) + 1))
        self.told.append(Told())

    def revealed_at(self, age: int) -> datetime:
        """Tell when a round was revealed."""
        found = self.rounds[len(self.rounds) - 1 - age].revealed_at
        assert found is not None
        return found

    @precondition(lambda self: not self.parted and len(self.rounds) > 1)
    @rule()
    def part(self) -> None:
        """Part the couple; what is complete or has lapsed stays so."""
        for age in range(len(self.rounds)):
            told = self.of(age)
            if self.rounds[len(self.rounds) - 1 - age].state in rules.LIVE:
                told.parted = not told.lapsed(self.now + ACT_TAKES)
                self.act(age, told.parted, "part", self.now)
        self.parted = True

    @invariant()
    def revealed_if_and_only_if_both_were_sealed_at_one_moment(self) -> None:
        """Find one reveal at most, exactly when both are sealed, and never undone."""
        for round_, told in zip(self.rounds, self.told, strict=True):
            assert told.reveals in (0, 1)
            assert (round_.revealed_at is not None) == bool(told.reveals)
            assert {turn.partner for turn in round_.turns if turn.sealed} == told.sealed
            if told.reveals:
                assert all(turn.sealed for turn in round_.turns), "a reveal cannot be undone"

    @invariant()
    def each_state_is_what_a_witness_would_say(self) -> None:
        """Find it complete only with both threads closed or the next round open."""
        for round_, told in zip(self.rounds, self.told, strict=True):
            if told.parted:
                expected = "closed"
            elif told.reveals:
                late = round_.revealed_at is not None and told.followed and told.followed > round_.revealed_at
                expected = "complete" if told.closed or late else "revealed"
            elif told.lapsed(self.now):
                expected = "lapsed"
            else:
                expected = "waiting" if told.sealed else "open"
            found = rules.as_of(round_, self.now)
            assert found.state == expected
            assert (found.ended_at is not None) == (expected in {"complete", "lapsed", "closed"})

    @invariant()
    def nobody_reads_a_reflection_before_the_reveal_or_ever_when_it_lapsed(self) -> None:
        """Ask the one rule of the seal after every act; a stranger reads nothing."""
        for round_, told in zip(self.rounds, self.told, strict=True):
            shown = bool(told.reveals) and not told.parted
            for reader, author in ((ADA, BEN), (BEN, ADA)):
                seen = may_read(
                    reader,
                    author,
                    round_,
                    Slot.REFLECTION,
                    committed=author in told.sealed,
                    parted=told.parted,
                )
                assert seen == shown
            assert not may_read(EVE, ADA, round_, Slot.REFLECTION, committed=True, parted=False)


TestTwoPartners = TwoPartners.TestCase
TestTwoPartners.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
