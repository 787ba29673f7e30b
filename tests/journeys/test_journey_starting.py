"""Starting: what a newcomer is told, and that nothing is known of them before they say yes."""

import pytest
from labels import labels
from memory import everything, stored, traces
from people import MakeHome, couple, invites, joins, person, settled

from bot.home.house import OPERATOR, Home
from bot.screens.callbacks import Verb

SAFETY = ("adults", "both want it", "Not therapy", "afraid of your partner", "/safety", "/privacy", OPERATOR)


async def test_a_newcomer_reads_about_fifty_words(home: Home) -> None:
    """The welcome is 45 to 62 words besides the operator's name."""
    noa = person(home, "Noa")
    welcome = await noa.answer("/start")
    assert 45 <= len(welcome.replace(OPERATOR, "").split()) <= 62
    assert noa.phone.last.labels == labels("in", "not_now")


@pytest.mark.parametrize("invited", [False, True])
async def test_joining_is_told_what_it_is(home: Home, *, invited: bool) -> None:
    """Both who start and who are invited read whom it is for, who runs it, and what that means."""
    noa = person(home, "Noa")
    if invited:
        noa.opens(await invites(person(home, "Sam")))
    else:
        noa.writes("/start")
    welcome = await noa.sees("few minutes a day")
    assert [word for word in SAFETY if word not in welcome.text] == []
    assert "could read what's kept" in welcome.text


async def test_consent_is_one_tap(home: Home) -> None:
    """One tap on I'm in, and the invitation is there."""
    noa = person(home, "Noa")
    await noa.answer("/start")
    assert "Who will you practise with?" in await noa.press_answer(Verb.CONSENT)
    assert stored(home, "SELECT chat_id FROM partners") == [(noa.phone.user_id,)]


async def test_a_second_tap_makes_no_second_person(home: Home) -> None:
    """A double tap on I'm in leaves one partner and one link that works."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    noa.writes("/start")
    welcome = await noa.sees("Hello")
    await noa.presses(Verb.CONSENT, on=welcome)
    await noa.presses(Verb.CONSENT, on=welcome)
    await settled(home)
    assert stored(home, "SELECT count(*) FROM partners") == [(1,)]
    links = [word for text in await noa.hears() for word in text.split() if "t.me/" in word]
    await joins(sam, links[-1])


async def test_nothing_of_a_visitor_is_kept(home: Home) -> None:
    """Whatever a visitor does before they consent, no file of the bot's holds their id or their name."""
    noa = person(home, "Noa")
    link = await invites(noa)
    visitor = person(home, "Quimby", username="quimby_the_visitor", user_id=987_654_321_012)
    for text in ("/start", "/help", "/privacy", "/safety", "/today", "hello there", "/nonsense", "/invite"):
        await visitor.answer(text)
    await visitor.press_answer(Verb.NOT_NOW)
    visitor.opens(link)
    await visitor.sees("would like to practise")
    visitor.phone.send_sticker()
    await settled(home)
    assert [row for row in everything(home) if str(visitor.phone.user_id) in row] == []
    assert traces(home, "Quimby", "quimby_the_visitor") == []


async def test_not_now_ends_it_kindly(home: Home) -> None:
    """Who says not now is told that nothing was kept, and may begin later."""
    noa = person(home, "Noa")
    await noa.answer("/start")
    assert "Nothing has been kept" in await noa.press_answer(Verb.NOT_NOW)
    assert stored(home, "SELECT count(*) FROM partners") == [(0,)]
    assert "Who will you" in await noa.press_answer(Verb.CONSENT)


async def test_only_those_allowed_may_start(make_home: MakeHome) -> None:
    """Who isn't named in ATTUNE_ALLOW is refused kindly, by command and by an old button alike."""
    home = await make_home(allow=frozenset({555}))
    noa = person(home, "Noa", user_id=555)
    stranger = person(home, "Ira")
    assert "Hello" in await noa.answer("/start")
    for text in ("/start", "/invite"):
        assert "people its operator knows" in await stranger.answer(text)
    assert stored(home, "SELECT count(*) FROM partners") == [(0,)]


async def test_whoever_they_invite_may_join(make_home: MakeHome) -> None:
    """A person who isn't named may join by a link, but not start a couple of their own."""
    home = await make_home(allow=frozenset({555}))
    noa, sam = person(home, "Noa", user_id=555), person(home, "Sam")
    await joins(sam, await invites(noa))
    await noa.presses(Verb.CONFIRM)
    await sam.sees("together here")
    sam.writes("/leave")
    await sam.presses(Verb.LEAVE, on=await sam.sees("Leave this couple?"))
    await sam.hears()
    assert "people its operator knows" in await sam.answer("/invite")


async def test_a_partner_who_starts_again_is_told_where_they_stand(home: Home) -> None:
    """/start in a couple shows today's prompt, not the welcome."""
    noa, _ = await couple(home)
    assert (await noa.answer("/start")).startswith("Today")
