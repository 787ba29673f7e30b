"""Topics in a private chat: what is said in one is answered there."""

from dataclasses import replace

from people import Person, couple, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb


def threads(person: Person) -> list[int | None]:
    """Tell in which topics the bot's messages stand that this person has not looked at."""
    new = [m for m in person.phone.from_bot if m.message_id > person.seen]
    return [m.body.get("message_thread_id") for m in new]


async def test_an_answer_goes_where_its_person_wrote(home: Home) -> None:
    """Words, a press and the other's news: all stand in the topic that was last written in."""
    home.world.profile.topics = True
    noa, sam = await couple(home)
    topic = noa.phone.open_topic("us")
    await noa.hears()
    there = replace(noa, phone=noa.phone.at(noa.phone.chat, topic))
    there.writes("the tram was late and she waited")
    await settled(home)
    assert threads(noa) == [topic]
    await noa.presses(Verb.SEAL)
    await settled(home)
    await sam.seals("the soup")
    await settled(home)
    assert set(threads(noa)) == {topic}
    assert set(threads(sam)) == {None}


async def test_a_topic_that_is_gone_holds_nothing_back(home: Home) -> None:
    """What was meant for it comes beside the topics."""
    home.world.profile.topics = True
    noa, sam = await couple(home)
    topic = noa.phone.open_topic("us")
    there = replace(noa, phone=noa.phone.at(noa.phone.chat, topic))
    there.writes("the tram was late and she waited")
    await settled(home)
    await noa.presses(Verb.SEAL)
    await noa.hears()
    del noa.phone.chat.topics[topic]
    await sam.seals("the soup")
    await settled(home)
    assert noa.was_told("the soup")
    assert set(threads(noa)) == {None}
