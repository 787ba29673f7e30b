"""A quick prompt over HTTP: one tap makes the draft, another changes it, and nothing goes before the seal."""

from forging import forges
from memory import stored
from people import MakeHome, couple, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb, encode

QUICK = "quick-sleep-as-a-fabric"


async def _quick(make_home: MakeHome) -> Home:
    return await make_home(prompts=(QUICK,))


async def test_a_tap_answers_and_another_takes_its_place(make_home: MakeHome) -> None:
    """The draft quotes one answer, never two, and the other sees it once both have sealed."""
    home = await _quick(make_home)
    ana, bo = await couple(home, "Ana", "Bo")
    shown = await ana.finds("One tap will do")
    answers = shown.labels[:4]
    await ana.presses(answers[0], on=shown)
    first = await ana.sees("That's yours for now")
    assert answers[0] in first.text
    await ana.presses(answers[2], on=shown)
    await settled(home)
    last = await ana.finds(lambda message: answers[2] in message.text and "That's yours" in message.text)
    assert answers[0] not in last.text
    assert not any(answers[2] in text for text in bo.texts() if "One tap" not in text)
    await ana.presses(Verb.SEAL, on=last)
    await bo.seals("Crumpled, and warm.")
    await settled(home)
    assert any(answers[2] in text for text in bo.texts() if "One tap" not in text)


async def test_an_answer_that_the_card_has_not_is_refused(make_home: MakeHome) -> None:
    """A forged button puts nothing into the draft."""
    ana, _ = await couple(await _quick(make_home), "Ana", "Bo")
    shown = await ana.finds("One tap will do")
    ((round_,),) = stored(ana.home, "SELECT id FROM rounds")
    await forges(ana, shown, encode(Verb.CHOOSE, round_, 4))
    assert not any("That's yours" in text for text in ana.texts())
    assert stored(ana.home, "SELECT count(*) FROM pieces") == [(0,)]
