"""A guess that ends, over HTTP: told, guessed, and how near it was."""

from labels import labels
from memory import behind, stored
from people import couple, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb


async def test_a_guess_is_answered_like_a_guess(home: Home) -> None:
    """The teller presses one of three words, the guesser reads it, and the teller adds how it was."""
    ana, bo = await couple(home, "Ana", "Bo")
    await behind(home, "UPDATE rounds SET prompt = 'perspective-the-hard-hour', swapped = 0")
    await bo.seals("I guess it was the morning.")
    await ana.seals("Thursday, before the visit.")
    invited = await ana.sees("How near did Bo come?")
    assert invited.labels == labels(
        "near_very", "near_partly", "near_not_this_time", "own_words", "worries_me"
    )
    await bo.sees("You'd made a guess about this.")
    await ana.presses(Verb.NEAR, "not_this_time")
    await bo.sees("Ana says: not this time.")
    await ana.presses(Verb.OWN_WORDS, on=await ana.sees("what it was really like"))
    await ana.sees("In your own words")
    ana.writes("It was the hour before the visit.")
    await ana.presses(Verb.SEND, on=await ana.sees("about this round"))
    await bo.sees("the hour before the visit")
    await settled(home)
    assert stored(home, "SELECT seat, near FROM turns ORDER BY seat") == [(0, None), (1, "not_this_time")]
