"""Promises to one of the two, each seen to be kept within a moment, without a network or a wait."""

from dataclasses import replace
from datetime import timedelta

import pytest
from couple_person import Person
from couple_world import HOUR, World, each, respond, reveal, seal

from bot.actions import export, forget, invite, join
from bot.actions.people import Visitor
from bot.messages import Message, MessageKind
from bot.practice.calendar import Quiet
from bot.practice.ids import PartnerId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.thread import Heard
from bot.screens import text
from bot.screens.call import Call
from bot.screens.callbacks import Verb
from bot.telegram.dispatch import on_message

Pair = tuple[Person, Person]
SHARP = "That sounds hard, but you should have just asked for help."


async def test_nothing_of_the_couple_arrives_after_its_end(world: World, pair: Pair) -> None:
    """What quiet hours held for one of them goes with it: they hear that it is over, and nothing else."""
    ana, bo = pair
    await reveal(world)
    await respond(bo, "you were alone")
    world.now += timedelta(minutes=30)
    now = world.now.hour * 60 + world.now.minute
    await world.change(bo, quiet=Quiet(now, (now + 5 * 60) % 1440))
    await ana.presses(Heard.YES)
    await world.deliver()
    bo.look_away()
    await ana.writes("/leave")
    await world.deliver()
    await ana.presses(Verb.LEAVE)
    await world.later(6 * HOUR)
    assert bo.kinds() == ["other_left"]


async def test_a_suggestion_is_shown_to_its_writer_alone(world: World, pair: Pair) -> None:
    """The other gets exactly what was written, once it is sent, and before that nothing."""
    ana, bo = pair
    await reveal(world, one="I was so tired on Monday that I cried in the car.")
    ana.look_away()
    bo.look_away()
    await bo.writes(SHARP)
    await world.deliver()
    assert ana.kinds() == []
    suggestion = bo.last("response_draft").text.split(SHARP)[1].strip()
    assert len(suggestion) > 20
    await bo.presses(Verb.SEND)
    await world.deliver()
    (arrived,) = ana.texts()
    assert SHARP in arrived
    assert suggestion.split("\n")[-1] not in arrived


async def test_a_rest_is_told_to_nobody_before_the_next_opening(world: World, pair: Pair) -> None:
    """Whoever pauses hears so; the other hears one sentence, when a round would have opened."""
    ana, bo = pair
    bo.look_away()
    await ana.writes("/pause")
    await world.deliver()
    assert ana.kinds()[-1] == "paused"
    assert bo.kinds() == []
    await world.next_opening()
    assert bo.kinds() == ["reminder", "rest_told"]  # their own open round's, and then the one sentence


async def test_a_keepsake_is_made_once_an_hour(world: World, pair: Pair) -> None:
    """A second one is refused kindly, and made again when the hour is over."""
    ana, _ = pair
    await seal(ana, "one")

    async def ask() -> None:
        async with world.unit() as work:
            await export.export(work, await work.partners.get(ana.id))

    await ask()
    world.now += timedelta(minutes=59)
    with pytest.raises(Refusal) as refused:
        await ask()
    assert refused.value.reason is Reason.EXPORTED_LATELY
    world.now += timedelta(minutes=1)
    await ask()


async def test_a_new_invitation_ends_the_one_before(world: World) -> None:
    """The link that was given out first leads nowhere; the new one leads in."""
    visitor = Visitor(2, "Sam", "en")
    async with world.unit() as work:
        noa = Partner(PartnerId(work.new_id()), 1, "Noa", "en", world.now)
        await work.partners.add(noa)
    codes = []
    for _ in range(2):
        async with world.unit() as work:
            await invite.invite(work, noa)
            newest = (await work.invites.of(noa.id))[-1]
            codes.append(await work.invites.code(newest.id))
        world.now += timedelta(minutes=1)
    first, second = map(str, codes)
    assert first != second
    with pytest.raises(Refusal) as refused:
        async with world.unit() as work:
            await join.look(work, visitor, first)
    assert refused.value.reason is Reason.LINK_OVER
    async with world.unit() as work:
        await join.look(work, visitor, second)
    assert await world.rows("SELECT count(*) FROM outbox WHERE kind = 'welcome_invited'") == [(1,)]


async def test_a_suggestion_can_be_switched_off(world: World, pair: Pair) -> None:
    """Then the quotation is what was written, and its frame."""
    ana, bo = pair
    await reveal(world)
    await world.change(bo, coach=False)
    await bo.writes(SHARP)
    await world.deliver()
    without = len(bo.last("response_draft").text)
    await world.change(bo, coach=True)
    await bo.writes(SHARP)
    await world.deliver()
    assert len(bo.last("response_draft").text) > without + 20
    assert "response_words" not in ana.kinds()


async def test_words_of_danger_bring_help_and_stop_nothing(world: World, pair: Pair) -> None:
    """They are drafted as any words are; help comes once in a day, to their author alone."""
    ana, bo = pair
    ana.look_away()
    bo.look_away()
    for _ in range(2):
        incoming = {"message_id": ana.number(), "date": 1, "text": "I want to die tonight."}
        chat = {"id": ana.chat, "type": "private", "first_name": "Ana"}
        await world.handle(
            {"message": incoming | {"chat": chat, "from": chat | {"is_bot": False}}},
            on_message(text.words, world.services, world.throttle, heed=True),
        )
        await world.deliver()
    assert ana.kinds().count("care") == 1
    assert ana.last("draft").quoted == ["I want to die tonight."] * 2
    assert bo.kinds() == []


async def test_the_country_that_somebody_looks_at_is_on_no_disk(world: World, pair: Pair) -> None:
    """Not while the message is on its way; and once it is there, not even that anybody looked."""
    ana, _ = pair
    await ana.writes("/safety")
    await world.deliver()
    await ana.presses_data(1, f"{Verb.COUNTRY}:se")
    (row,) = await world.rows("SELECT * FROM outbox WHERE kind = 'safety_lines'")
    assert not [value for value in row if value == "se" or '"se"' in str(value)]
    await world.deliver()
    assert "safety_lines" in ana.kinds()
    assert await world.rows("SELECT 1 FROM outbox WHERE kind LIKE 'safety%'") == []


async def test_an_answer_in_practice_is_kept_nowhere(world: World, pair: Pair) -> None:
    """Nor does the other hear of it, though a round is open all the while."""
    ana, bo = pair
    bo.look_away()
    await ana.writes("/practice")
    await world.deliver()
    await ana.writes("It sounds as if you were alone with it.")
    await world.deliver()
    assert "solo_felt" in ana.kinds()
    assert await world.rows("SELECT count(*) FROM drafts") == [(0,)]
    assert bo.kinds() == []


async def lived(world: World, pair: Pair) -> None:
    """Let the two live a round to its end, and look at whatever there is to look at."""
    ana, bo = pair
    await reveal(world, "written by Ana", "written by Bo")
    for me, other in each(ana, bo):
        await respond(me, f"{me.name} has heard that.")
        await other.presses(Heard.YES)
        await world.deliver()
    for person in pair:
        for command in ("today", "settings", "journal", "help", "privacy", "ways"):
            await person.writes(f"/{command}")
        await world.deliver()
        await person.presses(Verb.ENTRY)
        await world.deliver()


async def shown_again(world: World, person: Person) -> list[tuple[Message, Call | None]]:
    """Render all that somebody was ever sent once more, as things stand now: as a row would be that was on its way."""
    async with world.unit() as work:
        return [
            (row.message, await world.renderer.render(work, row.message))
            for _, row, _ in person.calls
            if row.message.kind is not MessageKind.BUTTONS_OFF
        ]


async def test_what_is_shown_depends_on_no_count(world: World, pair: Pair) -> None:
    """A couple that has kept one round reads in every message what one with hundreds would."""
    ana, _ = pair
    await lived(world, pair)
    before = await shown_again(world, ana)
    assert len({message.kind for message, _ in before}) > 15
    async with world.unit() as work:
        couple = await work.couples.get(world.couple)
        await work.couples.save(replace(couple, kept=777, lapses=0))
    assert await shown_again(world, ana) == before


async def test_no_message_shows_an_ex_the_others_words(world: World, pair: Pair) -> None:
    """Whatever was on its way when one of them left: of the other's words nothing is made any more."""
    ana, bo = pair
    await lived(world, pair)
    theirs = ("written by Bo", "Bo has heard that.")
    assert sum(_holds(call, theirs) for _, call in await shown_again(world, ana)) >= 3
    await bo.writes("/leave")
    await world.deliver()
    await bo.presses(Verb.LEAVE)
    again = await shown_again(world, ana)
    assert [message.kind for message, call in again if _holds(call, theirs)] == []
    assert [message.kind for message, call in again if _holds(call, ("written by Ana",))]


async def test_what_is_about_somebody_forgotten_is_not_said(world: World, pair: Pair) -> None:
    """Not with a gap where their name was, either."""
    ana, bo = pair
    await lived(world, pair)
    assert [call for message, call in await shown_again(world, ana) if message.about == bo.id and call]
    async with world.unit() as work:
        await forget.forget(work, await work.partners.get(bo.id))
    assert [m.kind for m, call in await shown_again(world, ana) if m.about == bo.id and call] == []


def _holds(call: Call | None, words: tuple[str, ...]) -> bool:
    return call is not None and any(word in str(call.payload) for word in words)
