"""Point 5: no streaks, scores or rankings; nothing that anybody sees tells how many rounds were kept."""

import io
import re
import zipfile
from pathlib import Path

from labels import labels
from people import MakeHome, Person, settled
from two_lives import Fork, both_seal, fork, next_round, undated

from bot.content import Content
from bot.home.house import Home
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb
from bot.screens.table import SCREENS

# Words and signs of counting, rank and comparison.
COUNTING = re.compile(
    r"\b(streaks?|scores?|ranks?|ranking|points|percent|in a row|badges?|levels?|trophy|personal best|goals?|"
    r"\d+ (of|out of) \d+|\d+ (rounds?|days?|times|answers)|(more|less|fewer|longer|faster) (often )?than "
    r"(Noa|Sam|your partner|usual|last|other))\b|%|[\U0001f525\U0001f3c6\U0001f3c5\U0001f947-\U0001f949\u2b50]",
    re.IGNORECASE,
)
SET = ("30 days", "7 days", "Depth: 1 of 3")  # settings in force, in /privacy and /settings
NUMBER = re.compile(r"\d+")
NOT_ASKED = ("start", "leave", "forget", "invite", "cancel", "practice")
ASKED = [name for name in SCREENS.commands if name not in NOT_ASKED]
MANY, FEW = {0, 1, 2, 3, 4, 5}, {0, 3}
DAYS = 6
EARLIER = "Earlier ones"
LISTS = labels("older", "earlier")


def prompt_of(content: Content) -> list[str]:
    """Choose the one prompt of both lives: which one comes would tell them apart, and is no count."""
    plain = (card for card in content.cards() if card.depth == 1 and not card.form and not card.arc)
    return [next(card.id for card in plain if not card.two_sided)]


async def lives(home: Home, noa: Person, sam: Person, kept: set[int]) -> None:
    """Live some rounds, of which these are kept; others lapse, some with the words of one."""
    for day in range(DAYS):
        if day in kept:
            await both_seal(noa, sam)
        elif day % 2:
            await noa.seals("Only mine.")
        await next_round(home)


async def looks_around(home: Home, *people: Person) -> None:
    """Let each ask for all there is to ask for, and open what their journal's first page names."""
    for who in people:
        for name in ASKED:
            who.writes(f"/{name}")
            await settled(home)
        who.writes("/journal")
        await settled(home)
        shown = who.phone.last
        for day in [words for words in shown.labels if undated(words) != words]:
            await who.presses(day, on=shown)
            await settled(home)


async def last_round(home: Home, noa: Person, sam: Person) -> None:
    """Live one more round, to its end."""
    await both_seal(noa, sam)
    await sam.presses(Verb.OWN_WORDS)
    await sam.hears()
    sam.writes("You laughed on the stairs.")
    await sam.presses(Verb.SEND, on=await sam.sees("To Noa"))
    await settled(home)
    await noa.presses(Verb.HEARD, Heard.YES)
    await settled(home)


def shown_to(who: Person, since: int = 0) -> list[str]:
    """Give all words that a person sees: of messages, of buttons, and of keepsakes that were sent."""
    found = []
    for message in who.phone.from_bot:
        if message.message_id > since:
            found += [
                message.text,
                *message.labels,
                *_keepsake(who, message.media.file_id if message.media else ""),
            ]
    return found


def _keepsake(who: Person, file_id: str) -> list[str]:
    file = who.home.world.files.get(file_id) if file_id else None
    if file is None or not zipfile.is_zipfile(io.BytesIO(file.data)):
        return []
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        page = archive.read("keepsake.html").decode().partition("</head>")[2]
        return [re.sub(r"<[^>]*>", " ", page), archive.read("keepsake.json").decode()]


def numbers(texts: list[str]) -> set[str]:
    """Give the numbers in texts, without dates."""
    return {number for text in texts for number in NUMBER.findall(undated(text))}


async def begun(make_home: MakeHome, tmp_path: Path, content: Content) -> Fork:
    """Bring two together in whose life one prompt comes again and again."""
    return await fork(make_home, tmp_path, prompts=prompt_of(content))


async def test_safety_05_nothing_is_counted_ranked_or_scored(
    make_home: MakeHome, tmp_path: Path, content: Content
) -> None:
    """No word or sign of counting anywhere, and no number that did not stand there after the first round.

    Looked at are all messages and buttons of both, journal and entries, keepsakes as page and as JSON.
    """
    made = await begun(make_home, tmp_path, content)
    async with made.life("one", prompts=prompt_of(content)) as (home, noa, sam):
        await last_round(home, noa, sam)
        await looks_around(home, noa, sam)
        first = {who.name: numbers(shown_to(who)) for who in (noa, sam)}
        await next_round(home)
        await lives(home, noa, sam, FEW)
        await last_round(home, noa, sam)
        await looks_around(home, noa, sam)
        for who in (noa, sam):
            texts = shown_to(who)
            assert len(texts) > 100
            assert any("keepsake" in text for text in texts)
            plain = [re.sub("|".join(SET), "", text) for text in texts]
            assert [found.group() for text in plain for found in COUNTING.finditer(text)] == []
            assert numbers(texts) - first[who.name] == set()


async def test_safety_05_how_many_rounds_were_kept_shows_nowhere(
    make_home: MakeHome, tmp_path: Path, content: Content
) -> None:
    """A couple that kept every round and one that kept two of six see the same from then on, but for dates.

    A journal lists what there is to open, by date, and so do the earlier ones that stay open: the entries and
    the ways to older and earlier ones are left aside.
    """
    made, worlds = await begun(make_home, tmp_path, content), []
    for name, kept in (("many", MANY), ("few", FEW)):
        async with made.life(name, prompts=prompt_of(content)) as (home, noa, sam):
            await lives(home, noa, sam, kept)
            await noa.hears()
            await sam.hears()
            since = noa.seen, sam.seen
            await last_round(home, noa, sam)
            for who in (noa, sam):
                for command in ASKED:
                    who.writes(f"/{command}")
                    await settled(home)
            worlds.append([comparable(who, mark) for who, mark in zip((noa, sam), since, strict=True)])
    many, few = worlds
    assert many == few
    assert all(len(chat) > len(ASKED) for chat in many)


def comparable(who: Person, since: int) -> list[tuple[str, list[str]]]:
    """Give what a chat shows since a message, its dates and what is listed by date left aside."""
    return [
        (undated(m.html), [label for label in m.labels if undated(label) == label and label not in LISTS])
        for m in who.phone.from_bot
        if m.message_id > since and not m.text.startswith(EARLIER)
    ]


async def test_safety_05_neither_is_told_how_they_compare(
    make_home: MakeHome, tmp_path: Path, content: Content
) -> None:
    """One has written in every round and the other in few: both read the same, with the names exchanged."""
    made = await begun(make_home, tmp_path, content)
    async with made.life("one", prompts=prompt_of(content)) as (home, noa, sam):
        await lives(home, noa, sam, FEW)
        await noa.hears()
        await sam.hears()
        said = []
        for who in (noa, sam):
            for command in ("today", "settings", "help", "ways", "privacy", "journal", "pause", "resume"):
                who.writes(f"/{command}")
                await settled(home)
            said.append([m for m in comparable(who, who.seen) if "journal" not in m[0]])
    exchanged = [(_exchange(text), [_exchange(label) for label in labels]) for text, labels in said[1]]
    assert said[0] == exchanged


def _exchange(text: str) -> str:
    return text.replace("Noa", "\0").replace("Sam", "Noa").replace("\0", "Sam")
