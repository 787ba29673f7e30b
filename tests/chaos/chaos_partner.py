"""A simulated partner: writes planted words, presses what their phone shows, and waits like a person."""

from collections.abc import Callable
from functools import partial
from random import Random

from chaos_ledger import FILLER, Ledger, Word

from bot.practice.destination import DestinationKind
from bot.sandbox import Message, Phone
from bot.screens.callbacks import Verb, asks_for, decode

PATIENCE = (
    300.0  # real seconds: the bot may be dead most of the time; a stall is told before the test is ended
)
CHANGED = "have changed since"
ONCE_MORE = "r press again"  # words wait beside it, or it's open whether all shall go
PLACES = {
    Verb.SEAL: (DestinationKind.REFLECTION,),
    Verb.SEND: (DestinationKind.RESPONSE, DestinationKind.CLARIFICATION),
    Verb.TALK_SEND: (DestinationKind.TALK,),
    Verb.CAPSULE_DAY: (DestinationKind.CAPSULE,),
}
SETTLED = 0.3  # seconds after which a bot that lives has noted that its prompt has arrived
CLEARED_AT = 0.7  # of the people let their words leave the chat
LOOKS_AT = 0.4  # of the times, they look at them again
LONG_AT = 0.08  # of the words come in a message that nearly fills one of Telegram's


class Partner:
    """One person; `mark` is the newest message when their evening began."""

    def __init__(self, phone: Phone, ledger: Ledger, random: Random) -> None:
        self.phone = phone
        self.ledger = ledger
        self.random = random
        self.mark = 0
        self.day = 0
        self.late = ""  # the round of a day that is over, as buttons write it, while it is written for
        self.written: list[Word] = []  # in today's draft
        self.sources: dict[str, int] = {}
        self.letters: list[Word] = []  # that wait for their day

    async def sees(self, wanted: str | Callable[[Message], bool], after: int | None = None) -> Message:
        """Wait for a message of the bot's since the evening began."""
        return await self.phone.wait_for(wanted, PATIENCE, after=self.mark if after is None else after)

    def begin(self, day: int) -> None:
        """Begin an evening: only what comes from now on counts."""
        self.day, self.written, self.late = day, [], ""
        self.mark = max(self.phone.chat.messages, default=0)

    def says(self, text: str) -> int:
        """Write something that is no word for the round."""
        return self.phone.send_text(text).message_id

    async def presses(self, verb: Verb, *about: str, after: int | None = None) -> int:
        """Press the newest button that asks for this; tell the message it stands under."""
        shown = await self.sees(lambda message: button(message, verb, *about) is not None, after)
        self._press(shown, verb, *about)
        return shown.message_id

    def _press(self, shown: Message, verb: Verb, *about: str) -> None:
        found = button(shown, verb, *about)
        assert found is not None, shown.labels
        self.phone.press(shown, found)

    def _place(self, under: Message, verb: Verb) -> tuple[str, ...]:
        """Tell where words go that are asked about: into today's round, and into no other."""
        about = (self._today(),) if verb is Verb.SEAL else ()
        for kind in PLACES[verb]:
            found = button(under, Verb.PLACE, kind.value, *about)
            if found is not None:
                return (kind.value, *about)
        return ()

    def _today(self) -> str:
        """Tell today's round, as buttons write it."""
        if self.late:
            return self.late
        asked = (
            press for message in self.phone.from_bot for data in message.offered if (press := decode(data))
        )
        return max(
            (press.arguments[0] for press in asked if press.verb is Verb.NOT_TODAY), key=lambda r: (len(r), r)
        )

    def plants(self, *, response: bool = False, place: str = "") -> Word:
        """Write a planted word; in a `place` of its own, it is no word of the round."""
        response = response or bool(place)
        word = self.ledger.plant(self.phone.user_id, self.day, response=response, place=place)
        long = FILLER if not place and self.random.random() < LONG_AT else ""
        self.sources[word.token] = self.says(f"It was {word.token} that stayed with me.{long}")
        if not response:
            self.written.append(word)
        return word

    async def quoted(self, word: Word, verb: Verb) -> Word:
        """Wait until a word is quoted back with a button under it, or under a later quotation.

        A bot that was killed may not know that its prompt has arrived, and asks what the word is for: say so.
        Where it offers another round than the one that is meant, say "nowhere" and write another word.
        """
        after = self.sources[word.token]
        while True:
            shown = await self.sees(word.token, after)
            under = await self.sees(partial(_offers, verb), shown.message_id - 1)
            if button(under, verb) is not None:
                return word
            place = self._place(under, verb)
            self._press(under, Verb.PLACE if place else Verb.NOWHERE, *place)
            after = under.message_id
            if not place:
                for lost in [word, *(other for other in self.written if other.token in under.text)]:
                    lost.gone = True
                self.written = [kept for kept in self.written if not kept.gone]
                word = self.plants(response=word.response, place=word.place)
                after = self.sources[word.token]

    async def writes(self) -> None:
        """Write a reflection in one to three parts, perhaps edit it, perhaps start over."""
        for _ in range(self.random.choice((1, 1, 2, 3))):
            self.plants()
            if self.random.random() < 0.5:
                await self.quoted(self.written[-1], Verb.SEAL)
        await self.quoted(self.written[-1], Verb.SEAL)
        if self.random.random() < 0.25:
            await self.edits()
        if self.random.random() < 0.1:
            await self.starts_over()

    async def edits(self) -> None:
        """Edit one part in Telegram; the word that it held is gone."""
        old = self.random.choice(self.written)
        new = self.ledger.plant(self.phone.user_id, self.day, response=False)
        old.gone = True
        self.sources[new.token] = source = self.sources[old.token]
        self.written[self.written.index(old)] = new
        self.phone.edit_text(source, f"Rather, it was {new.token}.")
        await self.quoted(new, Verb.SEAL)

    async def starts_over(self) -> None:
        """Clear the draft and write again."""
        several = len(self.written) > 1
        for word in self.written:
            word.gone = True
        under = await self.presses(Verb.START_OVER)
        if several:
            under = await self.presses(Verb.START_OVER_SURELY, after=under)
        await self.sees("A clean page", under - 1)
        self.written = []
        self.plants()
        await self.quoted(self.written[-1], Verb.SEAL)

    async def seals(self) -> None:
        """Seal what is quoted; where it has changed since, what is quoted then."""
        while True:
            self.ledger.note_seal(self.phone.user_id, self.day)
            mark = max(self.phone.chat.messages)
            under = await self.presses(Verb.SEAL)
            await self.phone.wait_until(partial(_is_answered, under=under, mark=mark), PATIENCE)
            if _is_sealed(self.phone, under):
                self.answers_or_looks(under)
                return

    def answers_or_looks(self, under: int) -> None:
        """Take what is offered under the first seal, or not; later look again at what is put away, now and then."""
        note = self.phone.chat.messages[under]
        if button(note, Verb.CLEAR_MINE) is not None:
            if self.random.random() < CLEARED_AT:
                self._press(note, Verb.CLEAR_MINE)
        elif button(note, Verb.SHOW_MINE) is not None and self.random.random() < LOOKS_AT:
            for _ in range(self.random.choice((1, 1, 2))):
                self._press(note, Verb.SHOW_MINE)

    async def opens_late(self, day: int, date: str) -> None:
        """Go back to a day that is over, as far as its card; what is written from now on is for that day."""
        self.begin(day)
        self.says("/journal")
        listed = await self.sees("Late is welcome", await self.presses(Verb.EARLIER))
        found = next(b for row in listed.buttons for b in row if b.text.startswith(f"{date} ·"))
        press = decode(str(found.value))
        assert press is not None
        self.late = press.arguments[0]
        self.phone.press(listed, str(found.value))
        opened = await self.sees(_opens, listed.message_id)
        if button(opened, Verb.WRITE_FOR) is not None:
            self._press(opened, Verb.WRITE_FOR)
            await self.sees("what comes next is for", opened.message_id)

    async def changes_their_mind(self) -> None:
        """Take the seal back where that is still possible, and seal again."""
        shown = self.phone.find(lambda message: button(message, Verb.TAKE_BACK) is not None, after=self.mark)
        if shown is None:
            return
        self._press(shown, Verb.TAKE_BACK)
        outcome = await self.sees(
            lambda m: m.text.startswith(("Taken back", "Before you", "Both of you had sealed")),
            shown.message_id,
        )
        if outcome.text.startswith("Taken back"):
            await self.sees(lambda message: button(message, Verb.SEAL) is not None, outcome.message_id)
            await self.seals()
        else:
            self.ledger.too_late[self.phone.user_id] += 1


def button(message: Message, verb: Verb, *about: str) -> str | None:
    """Find the button of a message that asks for this and is about these; give what it carries."""
    data = (str(found.value) for row in message.buttons for found in row if message.from_bot)
    return next((one for one in data if asks_for(one, verb, *about)), None)


def _opens(message: Message) -> bool:
    return button(message, Verb.WRITE_FOR) is not None or button(message, Verb.SEAL) is not None


def _offers(verb: Verb, message: Message) -> bool:
    return button(message, verb) is not None or button(message, Verb.NOWHERE) is not None


def _is_answered(phone: Phone, *, under: int, mark: int) -> bool:
    changed = phone.find(CHANGED, after=under) or phone.find(ONCE_MORE, after=mark)
    return _is_sealed(phone, under) or changed is not None


def _is_sealed(phone: Phone, message: int) -> bool:
    shown = phone.chat.messages.get(message)
    return shown is not None and shown.text.startswith(("Sealed", "Open now"))
