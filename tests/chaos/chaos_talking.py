"""What two people do besides their rounds: a dialogue, five cards after a quarrel, a letter that opens later."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from chaos_ledger import Word
from chaos_partner import PATIENCE, Partner, button

from bot.practice.dialogue import MoveAnswer
from bot.sandbox import Message
from bot.screens.callbacks import Verb

CALM = "4"
CARDS = 5
STOPS_AT = 0.4  # of the talks are stopped in the middle
KEEPS_AT = 0.8  # of the answers, somebody would like it to stay
REWRITES_AT = 0.2  # of the words are written anew before they go
LETTER_AT = 0.3  # of what is done besides is a letter
MOVES = ("what you heard", "makes sense to you in it", "how may that have felt")
ENDS = ("One thing you'd like to ask", "one thing you'd gladly give")

Step = tuple[Partner, str]  # whose, and what they are asked in; empty where a press is wanted


@dataclass
class Besides:
    """What two people do besides."""

    random: Random

    async def some(self, one: Partner, two: Partner) -> None:
        """Do one of these."""
        if self.random.random() < LETTER_AT:
            await self.letter(one)
        elif self.random.random() < 0.5:
            await self.talk(one, two, "/dialogue", _dialogue(one, two))
        else:
            await self.talk(one, two, "/repair", self._cards(one, two))

    def _cards(self, one: Partner, two: Partner) -> list[Step]:
        """List the cards of both, each in their order and at their own pace."""
        left = {one.phone.user_id: 1, two.phone.user_id: 1}
        order = self.random.sample([one] * CARDS + [two] * CARDS, 2 * CARDS)
        steps = []
        for who in order:
            steps.append((who, f"{left[who.phone.user_id]} of {CARDS}."))
            left[who.phone.user_id] += 1
        return steps

    async def talk(self, one: Partner, two: Partner, command: str, steps: Sequence[Step]) -> None:
        """Talk something through to its end, or stop somewhere; nothing stays but by the yes of both."""
        await _begin(one, two, command)
        stops = self.random.randrange(1, len(steps)) if self.random.random() < STOPS_AT else len(steps)
        said = []
        for who, asked in steps[:stops]:
            if asked:
                said.append(await self._says(who, asked))
            else:
                await who.presses(Verb.TALK_ANSWER, MoveAnswer.GOT_IT.value)
        keep = [False]
        if stops < len(steps):
            stopper = self.random.choice((one, two))
            await stopper.presses(Verb.TALK_STOP)
            await stopper.sees("that's all right")
        else:
            keep = [self.random.random() < KEEPS_AT for _ in (one, two)]
            for who, yes in zip((one, two), keep, strict=True):
                await who.presses(Verb.TALK_KEEP, str(int(yes)))
                await who.sees("You both said so" if who is two and all(keep) else "Noted.")
        for word in said:
            word.destroyed = not all(keep)

    async def _says(self, who: Partner, asked: str) -> Word:
        await who.sees(asked)
        word = await who.quoted(who.plants(place="talk"), Verb.TALK_SEND)
        if self.random.random() < REWRITES_AT:
            word.gone = True
            under = await who.presses(Verb.TALK_REWRITE)
            await who.sees(asked, under)
            word = await who.quoted(who.plants(place="talk"), Verb.TALK_SEND)
        who.ledger.note_send(who.phone.user_id)
        under = await who.presses(Verb.TALK_SEND)
        await who.phone.wait_until(lambda view: _no_more_asks(view.chat.messages.get(under)), PATIENCE)
        return word

    async def letter(self, one: Partner) -> None:
        """Write a letter to the other, and seal it for a month from now."""
        one.says("/capsule")
        await one.sees("A letter for later")
        word = await one.quoted(one.plants(place="letter"), Verb.CAPSULE_DAY)
        under = await one.presses(Verb.CAPSULE_DAY)
        under = await one.presses(Verb.CAPSULE_SEAL, after=under)
        await one.phone.wait_until(lambda view: _no_more_asks(view.chat.messages.get(under)), PATIENCE)
        one.letters.append(word)


async def _begin(one: Partner, two: Partner, command: str) -> None:
    one.says(command)
    await one.presses(Verb.TALK_CALM, CALM)
    if command == "/dialogue":
        await one.presses(Verb.TALK_WHERE, "0")
    await two.presses(Verb.TALK_YES)
    await two.presses(Verb.TALK_CALM, CALM)


def _dialogue(one: Partner, two: Partner) -> list[Step]:
    """List the moves of a dialogue in which each says one thing."""
    heard, makes_sense, felt = MOVES
    turns = [
        step
        for speaker, listener in ((one, two), (two, one))
        for step in (
            (speaker, "You speak now"),
            (listener, heard),
            (speaker, ""),
            (listener, makes_sense),
            (listener, felt),
        )
    ]
    return [*turns, *((who, asked) for asked in ENDS for who in (one, two))]


def _no_more_asks(note: Message | None) -> bool:
    return note is not None and all(
        button(note, verb) is None for verb in (Verb.TALK_SEND, Verb.CAPSULE_SEAL)
    )
