"""The export: one's own words and what was shown, as a page and as JSON, in the private chat alone."""

import io
import json
import re
import zipfile

from labels import label
from memory import stored
from people import Person, couple, later, meet, next_round, screen, settings, settled
from talking import begun, to_the_end

from bot.content import Content
from bot.home.house import Home
from bot.sandbox import Fault
from bot.screens.callbacks import Verb

KEPT_BACK = "These words stay in the chat."
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(60)


async def keepsake(home: Home, person: Person) -> tuple[str, dict[str, object], list[str]]:
    """Ask for an export; give its page, its JSON, and the names in it."""
    person.writes("/export")
    await person.sees("Your keepsake: open the page")
    sent = next(m for m in reversed(person.phone.from_bot) if m.media)
    assert sent.media is not None
    stored = home.world.files.get(sent.media.file_id)
    assert stored is not None
    with zipfile.ZipFile(io.BytesIO(stored.data)) as archive:
        page = archive.read("keepsake.html").decode()
        return page, json.loads(archive.read("keepsake.json")), archive.namelist()


async def test_a_keepsake_holds_ones_own_and_what_the_other_allows(home: Home) -> None:
    """While the couple lasts: own words, the other's revealed ones, voice and pictures inside the page."""
    ana, bo = await couple(home, "Ana", "Bo")
    await allows(bo)
    ana.phone.send_photo(PICTURE, caption="the <lighthouse> & I")
    await ana.finds(lambda m: "A picture" in m.text and label("seal") in m.labels)
    await ana.presses(Verb.SEAL)
    await bo.seals("bo-words")
    await ana.sees("one sentence that shows")
    await settled(home)
    await next_round(home, ana, bo)
    await ana.drafts("never sealed")
    page, data, names = await keepsake(home, ana)
    assert "the &lt;lighthouse&gt; &amp; I" in page
    assert "bo-words" in page
    assert KEPT_BACK not in page
    assert "never sealed" in page
    assert 'src="data:image/jpeg;base64,' in page
    assert "http:" not in page
    assert "https:" not in page
    assert "media/0001.jpg" in names
    assert isinstance(data["rounds"], list)
    assert len(data["rounds"]) == 2
    assert ana.was_told("and what Bo has shown you")


async def test_protected_words_are_in_no_keepsake_of_the_others(home: Home) -> None:
    """Reflection, response, picture: in their place stands that they stay in the chat. One's own are there."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals("ana-words")
    bo.phone.send_photo(PICTURE, caption="bo-caption")
    await bo.presses(
        Verb.SEAL, on=await bo.finds(lambda m: "A picture" in m.text and label("seal") in m.labels)
    )
    await bo.presses(Verb.OWN_WORDS, on=await bo.sees("one sentence that shows"))
    bo.writes("bo-response")
    await bo.presses(Verb.SEND)
    await ana.sees("bo-response")
    page, data, names = await keepsake(home, ana)
    for text in (page, json.dumps(data)):
        assert "ana-words" in text
        assert "bo-" not in text
    assert page.count(KEPT_BACK) == 2
    assert "src=" not in page
    assert [name for name in names if name.startswith("media/")] == []
    assert ana.was_told("what Bo wrote stays in the chat")
    own, _, _ = await keepsake(home, bo)
    assert "bo-caption" in own
    assert "bo-response" in own


async def test_what_is_allowed_ends_with_protection(home: Home) -> None:
    """While one's words are protected it can't be allowed; protecting them again takes it back for good."""
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.seals("ana-words")
    await bo.seals("bo-words")
    await screen(bo, Verb.KEEPABLE)
    assert bo.was_told("Your words are protected")
    assert "bo-words" not in (await keepsake(home, ana))[0]
    assert "may hold your words too" in await screen(bo, (Verb.SWITCH, "protect"), Verb.KEEPABLE)
    await later(home, hours=2)
    assert "bo-words" in (await keepsake(home, ana))[0]
    for _ in range(2):
        assert "they stay in the chat" in await screen(bo, (Verb.SWITCH, "protect"))
    await later(home, hours=2)
    assert "bo-words" not in (await keepsake(home, ana))[0]


async def test_what_was_allowed_to_one_is_not_allowed_to_the_next(home: Home) -> None:
    """A yes is for this couple: in a new one, even with the same person, it is off."""
    ana, bo = await couple(home, "Ana", "Bo")
    await allows(bo)
    bo.writes("/leave")
    await bo.presses(Verb.LEAVE)
    await ana.sees("come to an end")
    await meet(ana, bo)
    assert "they stay in the chat" in await settings(bo)


async def test_each_ones_words_stand_under_the_card_that_they_answered(home: Home, content: Content) -> None:
    """Whoever has taken another card is read under it, in the keepsake and in the journal of both."""
    ana, bo = await couple(home, "Ana", "Bo")
    await allows(ana)
    await allows(bo)
    (came,) = stored(home, "SELECT prompt FROM rounds")[0]
    await ana.presses(Verb.ANOTHER_CARD)
    await settled(home)
    taken = str(stored(home, "SELECT card FROM turns WHERE card IS NOT NULL")[0][0])
    await ana.seals("ana-words")
    bo.phone.send_photo(PICTURE, caption="bo-caption")
    await bo.presses(
        Verb.SEAL, on=await bo.finds(lambda m: "A picture" in m.text and label("seal") in m.labels)
    )
    await settled(home)
    cards = {"ana-words": a_piece_of(content, taken), "bo-caption": a_piece_of(content, came)}
    for who in (ana, bo):
        page, _, _ = await keepsake(home, who)
        for words, card in cards.items():
            assert page.rindex(card, 0, page.index(words)) == max(
                page.rfind(each, 0, page.index(words)) for each in cards.values()
            )
        await who.hears()
        who.writes("/journal")
        await who.presses(Verb.ENTRY, on=await who.sees("Your journal"))
        said = "\n".join(await who.hears())
        assert all(card in said for card in cards.values())


def a_piece_of(content: Content, prompt: str) -> str:
    """Give the longest piece of a card without a name or anything that a page writes otherwise."""
    return max(re.split(r"[^\w ,.]", content.prompt(prompt, "en").single_text()), key=len)


async def allows(person: Person) -> None:
    """Allow one's own words in the other's keepsake."""
    await screen(person, (Verb.SWITCH, "protect"), Verb.KEEPABLE)
    await settled(person.home)


async def test_a_slow_export_holds_nothing_of_its_owners_up(home: Home) -> None:
    """While its file is on a slow way, whatever else is for them arrives."""
    ana, bo = await couple(home, "Ana", "Bo")
    home.world.faults.add(Fault("hang", ["sendDocument"], chat_id=ana.phone.user_id, count=1))
    await ana.drafts("a morning by the canal")
    ana.writes("/export")
    await home.world.faults.moved.wait(5)
    assert home.world.faults.held == 1
    await ana.presses(Verb.SEAL)
    await ana.finds(lambda m: label("take_back") in m.labels)
    bo.writes("bo-words")
    await bo.presses(Verb.SEAL, on=await bo.sees("That's yours for now"))
    await ana.sees("bo-words")
    home.world.faults.clear()
    await ana.sees("Your keepsake: open the page")


async def test_after_parting_a_keepsake_holds_only_ones_own(home: Home) -> None:
    """An ex's words are in no export any more, nor their name."""
    ana, bo = await couple(home, "Ana", "Boniface")
    await ana.seals("ana-words")
    await bo.seals("bo-words")
    await ana.sees("one sentence that shows")
    bo.writes("/leave")
    await bo.presses(Verb.LEAVE)
    await ana.sees("come to an end")
    page, data, _ = await keepsake(home, ana)
    assert "ana-words" in page
    for text in (page, json.dumps(data)):
        assert "bo-words" not in text
        assert "Boniface" not in text


async def test_a_sealed_word_of_the_other_is_in_no_keepsake(home: Home) -> None:
    """What the other has sealed but not revealed stays out, also where they let their words be kept."""
    ana, bo = await couple(home, "Ana", "Bo")
    await allows(bo)
    await bo.seals("bo-sealed")
    await ana.drafts("ana-draft")
    page, data, _ = await keepsake(home, ana)
    assert "bo-sealed" not in page + json.dumps(data)


async def test_an_export_comes_once_an_hour(home: Home) -> None:
    """A second one within the hour is kindly refused; without words there is nothing to export."""
    ana, _ = await couple(home, "Ana", "Bo")
    ana.writes("/export")
    await ana.sees("nothing of yours")
    await ana.drafts("words")
    await keepsake(home, ana)
    ana.writes("/export")
    await ana.sees("within the last hour")


async def test_what_its_author_has_covered_is_covered_in_a_keepsake(home: Home) -> None:
    """Until it is chosen on the page; in the JSON stands which words it is."""
    ana, bo = await couple(home, "Ana", "Bo")
    await allows(bo)
    text = "I hid the cake"
    sent = {
        "message_id": 9_000,
        "from": bo.phone.person.to_user(),
        "chat": bo.phone.chat.to_chat(),
        "date": home.world.timestamp(),
        "text": text,
        "entities": [{"type": "spoiler", "offset": 2, "length": 3}],
    }
    home.world.inject({"message": sent})
    await bo.finds("That's yours for now")
    await bo.presses(Verb.SEAL)
    await ana.seals("the soup")
    await ana.sees("one sentence that shows")
    await settled(home)
    page, data, _ = await keepsake(home, ana)
    assert 'I <span class="cover" tabindex="0">hid</span> the cake' in page
    assert '"text": "I hid the cake", "file": "", "covered": false, "covers": [[2, 5]]' in json.dumps(data)


async def test_a_talk_that_both_kept_is_in_both_keepsakes(home: Home) -> None:
    """One's own words always; the other's where they allow it, and else in their place that they stay in the chat."""
    two = await begun(home)
    await to_the_end(two)
    for each in (two.noa, two.sam):
        await each.presses(Verb.TALK_KEEP, 1)
        await settled(home)
    await allows(two.sam)
    page, _, _ = await keepsake(home, two.noa)
    assert "says Noa." in page
    assert "gives Sam." in page
    page, _, _ = await keepsake(home, two.sam)
    assert "gives Sam." in page
    assert "says Noa." not in page
    assert KEPT_BACK in page
