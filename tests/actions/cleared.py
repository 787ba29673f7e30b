"""Whoever reads a chat: what a note there says of words that were put away is so."""

from couple_person import Person

from bot.practice.ids import RoundId
from bot.practice.round import Slot
from bot.screens.callbacks import Verb, asks_for, decode

ASKED_FOR = {"mine_words", "mine_media", "journal_words", "journal_media"}  # by a button, since
CLEARED = "Your words are cleared"


async def look(person: Person) -> int:
    """Hold each note against the chat, when all that was due has arrived; tell how many said that all is cleared."""
    held = 0
    for note in list(person.shown.values()):
        pressed = [decode(data) for _, data in note.buttons]
        about = [press for press in pressed if press and press.verb is Verb.SHOW_MINE]
        old = note.id in person.left  # of a seal that was opened since
        if about and not old and CLEARED in note.text and "look up once" not in note.text:
            await _hold(person, RoundId(about[0].number(0)), Slot(about[0].text(1)))
            held += 1
    return held


async def _hold(person: Person, round_: RoundId, slot: Slot) -> None:
    async with person.world.unit() as work:
        draft = await work.words.own(person.id, round_, slot)
    assert draft.committed_at is not None
    for piece in draft.pieces:
        assert piece.source in person.deleted or piece.source in person.shown
        for message in person.shown.values():
            labels = [label for label, data in message.buttons if not asks_for(data, Verb.CHOOSE)]
            said = message.text + "".join(labels)  # a card's own choices stand there for whoever picks one
            assert message.kind in ASKED_FOR or not piece.text or piece.text[:12] not in said, message.kind
