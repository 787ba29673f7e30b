"""What the checker lets a template use is there whenever that template is sent."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from couple_person import Person
from couple_world import DAY, HOUR, OPERATOR, World, base36, each, seal
from talking_story import talks

from bot.actions.open_capsules import open_due
from bot.actions.people import must_be_together
from bot.actions.pulse import about
from bot.messages import Message, MessageKind
from bot.practice.deeper import KEPT
from bot.practice.pulse import WEEK, Pulse
from bot.practice.thread import Heard
from bot.screens import text
from bot.screens.callbacks import Verb
from bot.screens.context import Deployment, RenderContext
from bot.screens.render import MessageRenderer
from bot.screens.table import SCREENS
from bot.screens.view import View
from bot.telegram.dispatch import on_message

Pair = tuple[Person, Person]
AS_A_FILE = {
    MessageKind.EXPORT.value,
    MessageKind.PAGE.value,
    MessageKind.MONTH_BACK.value,
}  # made with the file
REFUSED = {MessageKind.NOT_SHOWN.value}  # said where Telegram refuses, which it never does here
SETTINGS = ("hour", "days", "quiet", "depth")
PAGES = ("/today", "/nonsense", "/journal", "/privacy", "/safety", "/ways", "/cancel")
MONDAY = date(2026, 3, 2)
LONG = "It was a long evening. " * 150


class Noting(MessageRenderer):
    """The renderer, which notes what each template was given."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.given: dict[str, list[frozenset[str]]] = defaultdict(list)

    def _words(self, context: RenderContext, view: View) -> str:
        given = frozenset(context.names() | view.values())
        self.given[view.template(context.message)].append(given)
        return super()._words(context, view)


async def looks_around(person: Person) -> None:
    """Ask for every page, every screen, and a zone."""
    world = person.world
    for page in PAGES:
        await person.writes(page)
    await person.writes("/settings")
    for screen in SETTINGS:
        await person.presses_data(1, f"scr:{screen}")
    await person.presses_data(1, "land:se")
    for button, words in (("city", "Portland"), ("city", "USA"), ("oh", "half past 7"), ("oq", "after ten")):
        await person.presses_data(1, button)
        await person.writes(words)
    await person.presses_data(1, "zone:Europe/Paris")
    await world.deliver()


async def words_that_wait(ana: Person) -> None:
    """Be asked what words are for, and be asked again."""
    world = ana.world
    await seal(ana, "one")
    await ana.writes("more")
    await world.deliver()
    await ana.presses(Verb.PLACE)
    await world.deliver()
    await ana.presses(Verb.START_OVER)
    await ana.presses_data(1, "city")
    await ana.writes("Xyzzyville")
    await world.deliver()
    await ana.presses(Verb.NEVER_MIND)


async def puts_away(person: Person) -> None:
    """Put words and a picture away, see them again, and practise what Telegram does not delete."""
    world = person.world
    await person.writes("/settings")
    await person.presses_data(1, "sw:put_away")
    await person.sends("photo", "p9", "the stairs")
    await world.deliver()
    await person.presses(Verb.PLACE)  # it was asked about, right after what is for oneself alone
    await world.deliver()
    await seal(person, "a window")
    await person.presses(Verb.SHOW_MINE)
    await world.deliver()
    await person.presses(Verb.TAKE_BACK)
    await world.deliver()
    await person.presses(Verb.START_OVER)
    await world.deliver()
    await person.presses(Verb.START_OVER_SURELY)
    await practises(person)
    async with world.unit() as work:
        await work.traces.stay(person.id, None, "practice", [1])
        await work.outbox.put(Message(MessageKind.STILL_HERE, person.chat, person.id))
    await person.presses_data(1, "sw:put_away")
    await world.deliver()


async def is_offered_help(person: Person) -> None:
    """Write words that may mean danger, where they are heeded."""
    world = person.world
    chat = {"id": person.chat, "type": "private", "first_name": "Ana"}
    incoming = {"message_id": person.number(), "date": 1, "text": "I want to die tonight."}
    await world.handle(
        {"message": incoming | {"chat": chat, "from": chat | {"is_bot": False}}},
        on_message(text.words, world.services, world.throttle, heed=True),
    )
    await world.deliver()
    await person.presses(Verb.PLACE)  # something else stood last
    await world.deliver()
    await person.presses(Verb.START_OVER)
    await world.deliver()


async def practises(person: Person) -> None:
    """Practise alone, for one moment."""
    await person.writes("/practice")
    await person.world.deliver()
    await person.writes("That sounds lonely.")
    await person.world.deliver()
    await person.presses(Verb.SOLO_ENOUGH)
    await person.world.deliver()


async def a_whole_round(world: World, ana: Person, bo: Person) -> None:
    """Bring a round to its end, with media, and look at it in the journal."""
    await ana.sends("photo", "p1", "the window")
    await world.deliver()
    await ana.presses(Verb.SEAL)
    await ana.writes("/practice")  # which the reveal puts aside
    await seal(bo, LONG)
    await bo.presses(Verb.SEAL)  # what waits beside it was said first
    await world.deliver()
    for me, other in each(ana, bo):
        await me.presses(Verb.OWN_WORDS)
        await (me.sends("photo", "p4", "I hear you") if me is ana else me.writes("I hear you"))
        await world.deliver()
        await me.presses(Verb.SEND)
        await world.deliver()
        await other.presses(Heard.PARTLY)
        await (other.sends("photo", "p2", "so quiet") if me is ana else other.writes("so quiet"))
        await world.deliver()
        await other.presses(Verb.SEND)
        await world.deliver()
        await (me.sends("photo", "p3", "I see") if me is ana else me.writes("Now I see the window"))
        await world.deliver()
        await me.presses(Verb.SEND)
        await world.deliver()
    await ana.presses_data(1, f"je:{base36((await world.round()).id)}")
    await world.deliver()
    await ana.presses(Verb.PAGE_CHOICE)
    await world.deliver()


async def looks_back(world: World, ana: Person) -> None:
    """Let what was revealed come up again."""
    async with world.unit() as work:
        us = await must_be_together(work, ana.id)
        shown = await work.rounds.latest_shown(us.couple.id)
        assert shown is not None
        await work.outbox.put(us.message(MessageKind.LOOK_BACK, us.me, shown.id, details={"ago": "year"}))
    await world.deliver()


async def tells_how_near(world: World, ana: Person, bo: Person) -> None:
    """Reveal a guess, and say how near it was."""
    async with world.unit() as work:
        sql = "UPDATE rounds SET prompt = 'perspective-the-hard-hour' WHERE state = 'open'"
        await work.context.transaction.rows(sql)
    for person in (ana, bo):
        await seal(person, "that hour")
    teller = next(person for person in (ana, bo) if Verb.NEAR in person.asks())
    await teller.presses(Verb.NEAR)
    await world.deliver()
    await world.next_opening()


async def taps(world: World, ana: Person, bo: Person) -> None:
    """Reveal a quick prompt, and answer with a tap."""
    await world.next_opening()
    async with world.unit() as work:
        sql = "UPDATE rounds SET prompt = 'quick-sleep-as-a-fabric' WHERE state = 'open'"
        await work.context.transaction.rows(sql)
    for person in (ana, bo):
        await seal(person, "wool")
    await ana.presses(Verb.TAP)
    await world.deliver()
    await world.next_opening()


async def writes_a_card(world: World, ana: Person) -> None:
    """Write a card, let it come, and be asked it."""
    await ana.writes("/card Which smell takes you back?")
    await world.deliver()
    await ana.presses(Verb.CARD_COME)
    await world.deliver()
    await world.next_opening()


async def stays_open(world: World, ana: Person) -> None:
    """Let a day pass, seal late, take it back, and let the two weeks pass."""
    await seal(ana, "for that day")
    await world.next_opening()
    await ana.writes("/today")
    await world.deliver()
    for ask in (Verb.EARLIER_CARD, Verb.KEEP_TO_ONESELF, Verb.EARLIER_CARD, Verb.START_OVER):
        await ana.presses(ask)
        await world.deliver()
    await ana.presses(Verb.EARLIER_CARD)
    await world.deliver()
    await ana.presses(Verb.WRITE_FOR)
    await ana.writes("again for that day")
    await world.later(14 * DAY)


async def deletes(world: World, ana: Person) -> None:
    """Delete what was written in the newest round of one's own that is over."""
    await ana.writes("/journal")
    await world.deliver()
    for ask in (Verb.ENTRY, Verb.DELETE_ASK, Verb.DELETE):
        await ana.presses(ask)
        await world.deliver()


async def wishes(world: World, ana: Person, bo: Person) -> None:
    """Open a theme, ask for another, and want it too."""
    for person in (ana, bo):
        await person.presses_data(1, "th:touch")
        await world.deliver()
    await ana.presses_data(1, "wp:0")
    await world.deliver()
    await ana.presses_data(1, "wi:fun")
    await world.deliver()
    await bo.presses(Verb.WISH_TOO)
    await world.deliver()


async def spends_ten_minutes(world: World, ana: Person, bo: Person) -> None:
    """Reveal a round that is not the first, and both say yes to ten minutes together."""
    for person in (ana, bo):
        await seal(person, "the kettle")
    await ana.writes("/today")
    await world.deliver()
    for person in (ana, bo):
        await person.presses_data(1, f"tm:{base36((await world.round()).id)}")
        await world.deliver()
        await person.presses(Verb.TOGETHER_YES)
        await world.deliver()


async def keeps_a_sentence(world: World, ana: Person, bo: Person) -> None:
    """Mark one of two sentences that were revealed last, tell their author, and look at all."""
    await world.next_opening()
    await seal(ana, "It rained.")
    await seal(bo, "It rained. We stayed in.")
    await ana.presses_data(1, f"hla:{base36((await world.round()).id)}:0")
    await world.deliver()
    for ask in (Verb.HIGHLIGHT_PICK, Verb.HIGHLIGHT_TELL, Verb.HIGHLIGHTS):
        await ana.presses(ask)
        await world.deliver()


async def writes_a_letter(world: World, ana: Person, bo: Person) -> None:
    """Write a long letter, seal it, and let it open."""
    await ana.writes("/capsule")
    await world.deliver()
    for words in ("a" * 3_000, "b" * 3_000):
        await ana.writes(words)
        await world.deliver()
    await ana.sends("photo", "p7", "the bench")
    await world.deliver()
    for ask in (Verb.CAPSULE_DAY, Verb.CAPSULE_SEAL):
        await ana.presses(ask)
        await world.deliver()
    async with world.unit() as work:
        await work.context.transaction.rows(
            "UPDATE capsules SET opens_on = '2020-01-01', opens_at = 1, look_at = 1"
        )
        await open_due(work, 9)
    await world.deliver()
    await bo.writes("/capsule")
    await world.deliver()


async def lives_weeks(world: World, ana: Person, bo: Person) -> None:
    """Be asked how a week felt; look at one's own line and at both; and look at a quarrel as a friend would."""
    await ana.writes("/growth")
    await world.deliver()
    await ana.presses(Verb.PULSE_AT)
    await world.deliver()
    async with world.unit() as work:
        couple = await work.couples.get(world.couple)
        before = world.now - HOUR
        await work.couples.save(replace(couple, lines_since=(before, before)))
        for who in (ana, bo):
            for number in range(3):
                pulse = Pulse(who.id, couple.id, MONDAY + WEEK * number, world.now, (3, 4, 5))
                await work.pulses.save(pulse)
        await work.outbox.put(about(await work.partners.get(ana.id), MONDAY))
    await world.deliver()
    await ana.writes("/growth")
    await world.deliver()
    for ask in (Verb.BOTH, Verb.BOTH_NOT, Verb.BOTH_YES):
        await ana.presses(ask)
        await world.deliver()
    await ana.writes("/practice")
    await world.deliver()
    for ask in (Verb.FRIEND, Verb.FRIEND_BEGIN):
        await ana.presses(ask)
        await world.deliver()
    await ana.writes("the kettle")
    await world.deliver()
    for ask in (*[Verb.FRIEND_ON] * 3, Verb.FRIEND_KEEP):
        await ana.presses(ask)
        await world.deliver()
    await ana.writes("/journal")
    await world.deliver()
    await ana.presses(Verb.FRIEND_SHOW)
    await world.deliver()


async def looks_back_at_the_week(world: World, ana: Person) -> None:
    """Choose a day for it, and let it come."""
    await ana.presses_data(1, "wkd:6")
    await world.later(HOUR)
    async with world.unit() as work:
        us = await must_be_together(work, ana.id)
        newest = await work.rounds.latest(us.couple.id)
        assert newest is not None
        await work.outbox.put(us.message(MessageKind.WEEK_BACK, us.me, newest.id))
    await world.deliver()


async def meets_again(inviter: Person, joiner: Person) -> None:
    """Invite, join and confirm."""
    world = inviter.world
    await inviter.writes("/invite")
    await world.deliver()
    code = inviter.last("invite").text.rpartition("=")[2]
    await joiner.writes(f"/start {code}")
    await world.deliver()
    await joiner.presses(Verb.JOIN)
    await world.deliver()
    await inviter.presses(Verb.CONFIRM)
    await world.deliver()


async def starts_anew(person: Person) -> None:
    """Be forgotten, and come as a stranger."""
    await person.writes("/forget")
    await person.world.deliver()
    await person.presses(Verb.FORGET)
    await person.world.deliver()
    await person.writes("/start")
    await person.world.deliver()


async def test_what_a_template_may_use_is_always_there(world: World, pair: Pair) -> None:
    """In a couple and in none, in a round and between two: no message fails for want of a value."""
    ana, bo = pair
    world.renderer = noting = Noting(world.services.content, Deployment(OPERATOR, "attune_bot"))
    await looks_around(ana)
    await practises(ana)
    await puts_away(ana)
    await is_offered_help(ana)
    await words_that_wait(bo)
    await a_whole_round(world, ana, bo)
    for word in ("/pause", "/resume", "thank you"):
        await ana.writes(word)
    async with world.unit() as work:
        await work.couples.save(replace(await work.couples.get(world.couple), kept=KEPT))
    await world.next_opening()
    await ana.presses(Verb.DEEPER)
    await looks_around(ana)
    await ana.presses_data(1, "hour:" + base36(18 * 60))
    await world.next_opening()
    await world.later(12 * HOUR)
    await looks_back(world, ana)
    await tells_how_near(world, ana, bo)
    await taps(world, ana, bo)
    await writes_a_card(world, ana)
    await spends_ten_minutes(world, ana, bo)
    await keeps_a_sentence(world, ana, bo)
    await world.next_opening()
    await looks_back_at_the_week(world, ana)
    await writes_a_letter(world, ana, bo)
    await lives_weeks(world, ana, bo)
    await world.next_opening()
    await stays_open(world, ana)
    await deletes(world, ana)
    await wishes(world, ana, bo)
    await talks(world, ana, bo)
    await ana.writes("/leave")
    await world.deliver()
    await ana.presses(Verb.LEAVE)
    await looks_around(ana)
    await meets_again(ana, bo)
    await starts_anew(ana)
    wanted = {name: values.may for name, values in SCREENS.expected().items()}
    missing = {
        name: wanted[name] - found
        for name, many in noting.given.items()
        for found in many
        if name in wanted and wanted[name] - found
    }
    assert missing == {}
    full = {kind.value for kind, view in SCREENS.views.items() if view.said}
    unseen = full - AS_A_FILE - REFUSED - set(noting.given)
    assert unseen == set(), "this story sends every kind that is given more than the names"
