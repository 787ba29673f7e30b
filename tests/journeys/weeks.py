"""Weeks of two people: who wants to be asked, and what they tap."""

from people import Person, later, settled

from bot.screens.callbacks import Verb

ASKED = ("how understood did you feel", "what you think and feel counts", "how cared for did you feel")


async def wants_pulse(who: Person) -> None:
    """Say in /growth that one wants to be asked, on Sundays at 18:00."""
    who.writes("/growth")
    await who.presses(Verb.PULSE_AT, on=await who.sees("how understood, how valued"))
    await settled(who.home)


async def answers_week(who: Person, *taps: int) -> str:
    """Tap what is asked in the newest question; give its words as they stand then."""
    shown = next(m for m in reversed(who.phone.from_bot) if any(words in m.text for words in ASKED))
    for tap in taps:
        now = who.phone.chat.messages[shown.message_id]
        step = next(i for i, words in enumerate(ASKED) if words in now.text)
        data = next(b for row in now.buttons for b in row if str(b.value).endswith(f":{step}:{tap}"))
        who.phone.press(now, str(data.value))
        await settled(who.home)
    text = who.phone.chat.messages[shown.message_id].text
    return text.removeprefix("Thank you. ").removesuffix(".")


async def a_week(*people: tuple[Person, tuple[int, int, int] | None]) -> None:
    """Let a week pass, and these people tap; None leaves it."""
    await later(people[0][0].home, days=7)
    for who, taps in people:
        if taps is not None:
            await answers_week(who, *taps)
