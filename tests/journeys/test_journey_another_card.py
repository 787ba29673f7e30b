"""Another card: for oneself alone, and shown above one's words at the reveal."""

import pytest
from labels import label, labels
from memory import stored
from people import MakeHome, couple, next_round, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb


async def test_another_card_is_for_one_alone_and_shown_at_the_reveal(home: Home) -> None:
    """The other hears nothing of it until both have sealed; then each sees what the other answered."""
    ana, bo = await couple(home, "Ana", "Bo")
    quiet = len(bo.texts())
    await ana.presses(Verb.ANOTHER_CARD)
    shown = await ana.sees("Today ·")
    taken = shown.text.split("\n")[1]
    await ana.drafts("A window on the stairs.")
    await ana.presses(Verb.ANOTHER_CARD, on=shown)
    last = await ana.sees("Today ·")
    assert last.labels == labels("not_today")
    draft = await ana.sees("It's for this card")
    assert taken in draft.text
    await ana.presses(Verb.SEAL, on=draft)
    await settled(home)
    assert len(bo.texts()) == quiet
    await bo.seals("A kettle.")
    assert "Ana's card was:" in (await bo.sees("Before you read")).text
    assert "Bo's card was:" in (await ana.sees("Before you read")).text
    assert stored(home, "SELECT max(swaps), min(swaps) FROM turns") == [(2, 0)]


async def test_what_is_passed_over_is_noted_when_the_day_ends_and_told_to_nobody(home: Home) -> None:
    """One takes another card and one leaves it for today: two have passed it over, and none of it is said."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.presses(Verb.ANOTHER_CARD)
    await bo.presses(Verb.NOT_TODAY)
    await settled(home)
    await next_round(home, ana, bo)
    assert stored(home, "SELECT passed FROM rounds ORDER BY ordinal")[0] == (2,)
    await ana.presses(Verb.NOT_TODAY)
    await settled(home)
    assert [passed for (passed,) in stored(home, "SELECT passed FROM rounds ORDER BY ordinal")] == [2, 1]


async def test_today_has_all_that_the_prompt_has(make_home: MakeHome) -> None:
    """What the other is asked, the answers of a quick card, and the way to another one."""
    home = await make_home()
    ana, _ = await couple(home, "Ana", "Bo")
    prompt = await ana.finds("Today ·")
    ana.writes("/today")
    again = await ana.sees("Today ·")
    body = prompt.text[prompt.text.index("Today ·") :]
    assert body.startswith(again.text)
    assert again.labels == prompt.labels
    await ana.presses(Verb.ANOTHER_CARD, on=again)
    await settled(home)
    shown = [message for message in ana.phone.from_bot if label("another_card") in message.labels]
    assert len(shown) == 1
    assert shown[0].text != again.text


@pytest.mark.parametrize("card", ["quick-sleep-as-a-fabric", "perspective-the-hard-hour"])
async def test_today_has_what_the_other_is_asked_and_what_a_tap_answers(
    make_home: MakeHome, card: str
) -> None:
    """For a card with two sides, and for a quick one."""
    home = await make_home(prompts=(card,))
    ana, _ = await couple(home, "Ana", "Bo")
    prompt = await ana.finds("Today ·")
    ana.writes("/today")
    again = await ana.sees("Today ·")
    assert again.labels == prompt.labels
    wanted = "One tap will do" if card.startswith("quick") else "Bo is asked"
    assert wanted in again.text
    assert wanted in prompt.text
