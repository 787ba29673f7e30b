"""A quick prompt over HTTP: one tap makes the draft, another changes it, and nothing goes before the seal."""

import json
from collections.abc import Sequence
from datetime import date

import pytest
from forging import forges
from labels import label
from memory import stored
from people import MakeHome, Person, couple, later, screen, settled
from test_journey_export import keepsake

from bot.content import Content
from bot.home.house import Home
from bot.sandbox import Button
from bot.screens.callbacks import Verb, encode

Steps = Sequence[tuple[Verb, int | str]]

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
    assert any(answers[2] in text for text in bo.texts() if "wrote:" in text)


async def test_an_answer_that_the_card_has_not_is_refused(make_home: MakeHome) -> None:
    """A forged button puts nothing into the draft."""
    ana, _ = await couple(await _quick(make_home), "Ana", "Bo")
    shown = await ana.finds("One tap will do")
    ((round_,),) = stored(ana.home, "SELECT id FROM rounds")
    await forges(ana, shown, encode(Verb.CHOOSE, round_, 4))
    assert not any("That's yours" in text for text in ana.texts())
    assert stored(ana.home, "SELECT count(*) FROM pieces") == [(0,)]


async def test_a_reminder_can_be_answered_by_a_tap(make_home: MakeHome) -> None:
    """It has the card's answers under it, as the card has."""
    home = await _quick(make_home)
    ana, _ = await couple(home, "Ana", "Bo")
    answers = (await ana.finds("One tap will do")).labels[:4]
    await later(home, hours=13)
    reminded = await ana.finds("Today's prompt is still here. One tap will do")
    assert reminded.labels == answers
    await ana.presses(answers[1], on=reminded)
    assert answers[1] in (await ana.sees("That's yours for now")).text


async def test_an_answer_of_a_card_one_had_before_is_refused(make_home: MakeHome) -> None:
    """It would be the answer that stands in its place on the card they have now."""
    home = await make_home(prompts=(QUICK, "quick-evening-shape", "quick-one-word-for-now"))
    ana, _ = await couple(home, "Ana", "Bo")
    await later(home, hours=13)
    before = await ana.finds("Today's prompt is still here. One tap will do")
    await ana.presses(Verb.ANOTHER_CARD, on=await ana.finds("Today ·"))
    await settled(home)
    await ana.hears()
    await ana.presses(before.labels[0], on=before)
    await ana.sees("That button doesn't do anything any more")
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]


TAPS = (label("tap_new"), label("tap_knew"), label("tap_more"))


@pytest.mark.parametrize("words", TAPS)
async def test_one_tap_each_way_answers_and_ends_the_round(make_home: MakeHome, words: str) -> None:
    """The other reads exactly what stood on the button; with the second tap the round is over for both."""
    home = await _quick(make_home)
    ana, bo = await couple(home, "Ana", "Bo")
    for partner in (ana, bo):
        await partner.seals(f"Crumpled, says {partner.name}.")
    invited = await ana.finds("One tap is enough")
    await ana.presses(words, on=invited)
    await bo.finds(lambda message: message.text == f"Ana: “{words}”")
    assert not any(text == f"Bo: “{words}”" for text in ana.texts())
    await bo.presses(words)
    await ana.finds(lambda message: message.text == f"Bo: “{words}”")
    await settled(home)
    assert stored(home, "SELECT state FROM rounds") == [("complete",)]
    assert stored(home, "SELECT DISTINCT thread FROM turns") == [("tapped",)]


async def test_a_second_tap_and_a_forged_one_say_nothing_more(make_home: MakeHome) -> None:
    """A tap counts once; there is none before the reveal, of a word there is not, or on a card of words."""
    home = await _quick(make_home)
    ana, bo = await couple(home, "Ana", "Bo")
    ((round_,),) = stored(home, "SELECT id FROM rounds")
    shown = await ana.finds("One tap will do")
    await forges(ana, shown, encode(Verb.TAP, round_, "new"))
    assert not bo.was_told("Ana: “")
    for partner in (ana, bo):
        await partner.seals("Crumpled.")
    await forges(ana, shown, encode(Verb.TAP, round_, "wonderful"))
    assert not bo.was_told("Ana: “")
    for word in ("new", "knew"):
        await forges(ana, shown, encode(Verb.TAP, round_, word))
    assert [text for text in bo.texts() if text.startswith("Ana: “")] == ["Ana: “That's new to me”"]


async def test_a_tap_leaves_a_drafted_answer_unsent_and_says_so(make_home: MakeHome) -> None:
    """Its quotation goes, no word of it reaches the other, and the journal and the keepsake call it unsent."""
    home = await _quick(make_home)
    ana, bo = await couple(home, "Ana", "Bo")
    for partner in (ana, bo):
        await partner.seals("Crumpled.")
    invited = await ana.finds("One tap is enough")
    ana.writes("Like linen in the sun?")
    await ana.sees("Like linen in the sun?")
    await ana.presses(label("tap_knew"), on=invited)
    assert (await ana.sees("Bo reads")).text.endswith("wasn't sent. It's in your /journal.")
    await settled(home)
    assert not any(Verb.SEND.value == str(b.value).split(":")[0] for b in _all_buttons(ana))
    ana.writes("/journal")
    await ana.presses(Verb.ENTRY, on=await ana.sees("Your journal"))
    entry = (await ana.finds(lambda message: "Crumpled" in message.text and "linen" in message.text)).text
    assert "You wrote this; it wasn't sent:\nLike linen" in entry
    assert "You answered" not in entry
    page, data, _ = await keepsake(home, ana)
    assert "You wrote, and didn't send" in page
    assert "You answered" not in page
    assert json.dumps(data).count('"unsent": true') == 1
    assert not bo.was_told("linen")


def _all_buttons(partner: Person) -> list[Button]:
    return [button for shown in partner.phone.from_bot for row in shown.buttons for button in row]


async def test_a_card_of_words_takes_no_tap(home: Home) -> None:
    """What was answered at length is not brushed off with a forged tap."""
    ana, bo = await couple(home, "Ana", "Bo")
    for partner in (ana, bo):
        await partner.seals("A long story, told with care.")
    ((round_,),) = stored(home, "SELECT id FROM rounds")
    await forges(ana, await ana.finds("Before you read"), encode(Verb.TAP, round_, "knew"))
    assert not bo.was_told(label("tap_knew"))


async def _cards_of(make_home: MakeHome, content: Content, ana_does: Steps, bo_does: Steps) -> list[bool]:
    """Live a week, after each has chosen; tell by weekday whether the card was a quick one."""
    single = [card for card in content.cards() if card.arc is None and not card.quick]
    plain = [card.id for card in single if card.depth == 1 and card.way == "daily"]
    quick = [card.id for card in content.cards() if card.quick]
    home = await make_home(prompts=(*plain[:12], *quick[:8]))
    ana, bo = await couple(home, "Ana", "Bo")
    await screen(ana, (Verb.SCREEN, "quick"), *ana_does)
    await screen(bo, (Verb.SCREEN, "quick"), *bo_does)
    for partner in (ana, bo):
        partner.writes("/today")
        await partner.hears()
    for number in range(8):
        for partner in (ana, bo):
            await partner.seals("Something.")
        await later(home, hours=36 if not number else 24)
    rounds = stored(home, "SELECT local_date, prompt FROM rounds ORDER BY local_date")[1:8]
    by_day = {date.fromisoformat(day).weekday(): prompt in quick for day, prompt in rounds}
    return [by_day[day] for day in range(7)]


ALWAYS = (Verb.SWITCH, "quick")


@pytest.mark.parametrize(
    ("ana_does", "bo_does", "expected"),
    [
        ([(Verb.BUSY, 1)], [(Verb.BUSY, 1), (Verb.BUSY, 3)], {1, 3}),
        ([ALWAYS], [], set()),
        ([ALWAYS], [ALWAYS], set(range(7))),
    ],
)
async def test_quick_ones_come_on_either_ones_busy_days_or_where_both_prefer_them(
    make_home: MakeHome, content: Content, ana_does: Steps, bo_does: Steps, expected: set[int]
) -> None:
    """One who prefers them always changes nothing alone."""
    came = await _cards_of(make_home, content, ana_does, bo_does)
    assert {day for day, quick in enumerate(came) if quick} == expected


async def test_a_fourth_busy_day_is_refused_and_nothing_is_told(home: Home) -> None:
    """The three stay, and the other's chat and page are as they were."""
    ana, bo = await couple(home, "Ana", "Bo")
    before = await screen(bo, (Verb.SCREEN, "quick"))
    await screen(ana, (Verb.SCREEN, "quick"), *((Verb.BUSY, day) for day in range(4)))
    assert ana.was_told("Three busy days are the most")
    assert stored(home, "SELECT max(busy), min(busy) FROM partners") == [(0b111, 0)]
    assert await bo.hears() == []
    assert await screen(bo, (Verb.SCREEN, "quick")) == before
    assert not any(label.startswith("✓") for label in bo.phone.last.labels)
