"""The account at the end: where every word is, who saw it, how often; and what was sent more than once."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from chaos_bot import BotProcess
from chaos_couple import Couple
from chaos_crew import Crew
from chaos_ledger import TOKEN, Ledger, Sighting
from chaos_world import Taken, WatchedWorld
from postgres_cluster import Questions

from bot.practice.ids import PartnerId, RoundId
from bot.practice.round import Slot
from bot.sandbox import Phone
from storage.database import Database
from storage.keyring import Keyring

NEAR = 5.0  # seconds around a trouble in which what was taken may be taken again
SHOWN = ("revealed", "complete", "closed")


@dataclass(frozen=True)
class Kept:
    """A word as the database keeps it."""

    round: int
    state: str
    author: int  # chat
    slot: str
    committed: bool
    parted: bool

    @property
    def due(self) -> bool:
        """Tell whether the other must have seen it."""
        return self.committed and self.state in ("revealed", "complete") and not self.parted


@dataclass
class Account:
    """What was found; every field but the last ones must be empty."""

    lost: list[str] = field(default_factory=list)
    ghosts: list[str] = field(default_factory=list)  # taken away by their author, and yet kept or seen
    early: list[Sighting] = field(default_factory=list)
    not_shown: list[str] = field(default_factory=list)
    double_reveals: list[str] = field(default_factory=list)
    outside: list[Taken] = field(default_factory=list)  # repeated, and not in the named window
    in_clear: list[str] = field(default_factory=list)
    mornings: list[str] = field(default_factory=list)  # rounds that are missing, or too many
    left_here: list[str] = field(default_factory=list)  # said to be cleared, and in the chat all the same
    not_cleared: list[str] = field(default_factory=list)  # "I'm clearing your words", for ever
    cleared: int = 0  # words that were said to be cleared
    left_over: int = 0  # rows still leased, or queued and due
    repeated: list[Taken] = field(default_factory=list)
    rounds: int = 0
    reveals: int = 0
    sent: int = 0
    stories: list[str] = field(default_factory=list)  # what a lost word's author was told after it


Memory = Path | str
"""A database: a file, or an address on a server."""


def rows(database: Memory, sql: str, *values: object) -> list[Any]:
    """Ask the database from outside."""
    if isinstance(database, str):
        with psycopg.connect(database, cursor_factory=Questions) as beside:
            return beside.execute(sql.encode(), values).fetchall()
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


async def account(
    bot: BotProcess | Crew, folder: Path, world: WatchedWorld, couples: list[Couple]
) -> Account:
    """Account for everything, the bot being at rest."""
    found = Account()
    database = bot.memory
    kept = await every_word(bot.server or bot.data, bot.key_file)
    _words(found, world.ledger, kept, couples)
    _besides(found, world.ledger, await every_word_besides(bot.server or bot.data, bot.key_file), couples)
    _put_away(found, database, kept, couples)
    _repeats(found, database, world, bot.troubles if isinstance(bot, Crew) else None)
    _double(found, database, world.ledger)
    _rounds(found, database, couples)
    _in_clear(found, folder)
    return found


def _memory(data: Memory) -> Memory:
    return data / "attune.db" if isinstance(data, Path) else data


async def every_word_besides(data: Memory, key_file: Path) -> dict[str, int]:
    """Decrypt every word of a talk or a letter; give whose it is, by their chat."""
    people = rows(_memory(data), "SELECT id, chat_id FROM partners")
    database = await Database.open(data, Keyring.load(key_file))
    kept: dict[str, int] = {}
    try:
        async with database.unit(datetime.now(UTC)) as unit:
            for id_, chat in people:
                said = [
                    one for talk in await unit.talks.mine(id_) for one in await unit.talks.said(id_, talk)
                ]
                letters = await unit.capsules.of(id_)
                pieces = [p for one in said if one.author == id_ for p in one.pieces]
                pieces += [p for letter in letters for p in letter.pieces]
                kept |= {token: chat for piece in pieces for token in TOKEN.findall(piece.text)}
    finally:
        await database.close()
    return kept


async def every_word(data: Memory, key_file: Path) -> dict[str, Kept]:
    """Decrypt every word, through storage and with the key."""
    drafts = rows(
        _memory(data),
        "SELECT d.round_id, d.author_id, d.slot, d.committed_at IS NOT NULL, p.chat_id, r.state,"
        " c.parted_at IS NOT NULL FROM drafts AS d"
        " JOIN partners AS p ON p.id = d.author_id JOIN rounds AS r ON r.id = d.round_id"
        " JOIN couples AS c ON c.id = r.couple_id",
    )
    database = await Database.open(data, Keyring.load(key_file))
    kept: dict[str, Kept] = {}
    try:
        async with database.unit(datetime.now(UTC)) as unit:
            for round_, author, slot, committed, chat, state, parted in drafts:
                draft = await unit.words.own(PartnerId(author), RoundId(round_), Slot(slot))
                where = Kept(round_, state, chat, slot, bool(committed), bool(parted))
                kept |= {token: where for piece in draft.pieces for token in TOKEN.findall(piece.text)}
    finally:
        await database.close()
    return kept


def _words(found: Account, ledger: Ledger, kept: dict[str, Kept], couples: list[Couple]) -> None:
    others = {
        a.phone.user_id: (b.phone.user_id, couple)
        for couple in couples
        for a, b in (couple.both, couple.both[::-1])
    }
    seen = Counter((sighting.token, sighting.chat) for sighting in ledger.sightings)
    for token, word in ledger.words.items():
        if word.place:
            continue
        reader, couple = others[word.author]
        place = kept.get(token)
        shown = seen[token, reader] > 0
        if word.gone:
            if place is not None or shown:
                found.ghosts.append(token)
        elif place is None or place.author != word.author:
            found.lost.append(token)
            found.stories.append(_story(token, couple))
        elif shown and not (place.committed and place.state in SHOWN):
            found.ghosts.append(token)
        elif not shown and place.due and reader not in couple.unreachable:
            found.not_shown.append(token)
    for sighting in ledger.sightings:
        author = ledger.words[sighting.token].author
        if sighting.chat not in (author, others[author][0]) or (
            sighting.chat != author and ledger.early(sighting)
        ):
            found.early.append(sighting)


def _besides(found: Account, ledger: Ledger, kept: dict[str, int], couples: list[Couple]) -> None:
    """Hold what was said in talks and letters against what is kept: all of what stays, and nothing else."""
    others = {a.phone.user_id: b.phone.user_id for c in couples for a, b in (c.both, c.both[::-1])}
    seen = {(sighting.token, sighting.chat) for sighting in ledger.sightings}
    for token, word in ledger.words.items():
        if not word.place:
            continue
        shown = (token, others[word.author]) in seen
        if word.gone or word.destroyed:
            if token in kept or (word.gone and shown):
                found.ghosts.append(token)
        elif kept.get(token) != word.author:
            found.lost.append(token)
        elif word.place == "talk" and not shown:
            found.not_shown.append(token)


def _put_away(found: Account, database: Memory, kept: dict[str, Kept], couples: list[Couple]) -> None:
    """Hold what each note says of words that were put away against what stands in their author's chat."""
    for partner in (partner for couple in couples for partner in couple.both):
        phone = partner.phone
        here = {token for message in phone.messages for token in TOKEN.findall(message.text)}
        for round_, slot, text in _notes(database, phone):
            words = {
                t for t, w in kept.items() if (w.author, w.round, w.slot) == (phone.user_id, round_, slot)
            }
            if "I'm clearing your words" in text:
                found.not_cleared.append(f"{slot} of round {round_} of {phone.user_id}")
            elif "Your words are cleared" in text and "look up once" not in text:
                found.cleared += len(words)
                found.left_here += [
                    f"{word} of {phone.user_id}, {slot}, in {_where(database, phone, word)}"
                    for word in sorted(words & here)
                ]


def _where(database: Memory, phone: Phone, word: str) -> str:
    """Name the messages of a chat in which a word stands, and what we know of each."""
    sql = "SELECT kind || ' ' || state || ' ' || doubtful FROM outbox WHERE message_id = ? ORDER BY id"
    found = []
    for message in phone.messages:
        if word in message.text:
            known = [what for (what,) in rows(database, sql, message.message_id)]
            found.append(
                f"{message.message_id} ({', '.join(known) or 'theirs' if not message.from_bot else known})"
            )
    return "; ".join(found)


def _notes(database: Memory, phone: Phone) -> Iterator[tuple[int, str, str]]:
    """Give what every note in a chat is about, and what it says now."""
    sent = rows(
        database,
        "SELECT o.message_id, o.round_id, o.ids FROM outbox AS o JOIN partners AS p ON p.id = o.partner_id"
        " WHERE p.chat_id = ? AND o.state = 'sent' AND o.kind IN ('sealed', 'response_sent', 'clarification_sent')"
        " ORDER BY o.id",
        phone.user_id,
    )
    about = {message: (round_, json.loads(ids).get("details", {})) for message, round_, ids in sent}
    for message, (round_, details) in about.items():
        shown = phone.chat.messages.get(message)
        if shown is not None:
            yield round_, str(details.get("slot", "reflection")), shown.text


def _story(token: str, couple: Couple) -> str:
    """Tell a word's author and what stands in their chat from the word on."""
    for partner in couple.both:
        source = partner.sources.get(token)
        if source is not None:
            after = [m.text[:90] for m in partner.phone.messages if m.message_id >= source]
            return f"{token} of {partner.phone.user_id}: " + " | ".join(after[:6])
    return token


def _repeats(
    found: Account, database: Memory, world: WatchedWorld, troubles: Sequence[tuple[float, float]] | None
) -> None:
    """Find what Telegram took and no row knows of: the call was made again.

    Its window: of one chat one row is on its way at a time, so it is the last that a life of the bot sent to
    that chat, and that life was killed; or the answer was lost on its way. Of several processes at once nobody knows
    here which one sent: there it was taken near one of the `troubles`.
    """
    settled = {
        message
        for (message,) in rows(database, "SELECT message_id FROM outbox WHERE state IN ('sent', 'gone')")
    }
    last = {(taken.life, taken.chat): taken for taken in world.taken}
    found.repeated = [taken for taken in world.taken if taken.message not in settled]
    found.outside = [
        taken
        for taken in found.repeated
        if not (
            taken.answer_lost
            or (
                taken.life < world.life and last[taken.life, taken.chat] is taken
                if troubles is None
                else any(began - NEAR < taken.at < over + NEAR for began, over in troubles)
            )
        )
    ]
    found.sent = len(world.taken)
    found.left_over = len(rows(database, "SELECT 1 FROM outbox WHERE state = 'leased'"))


def _double(found: Account, database: Memory, ledger: Ledger) -> None:
    """Find what was queued twice. Who takes a seal back too late is shown the reveal once more, on purpose."""
    twice = rows(
        database,
        "SELECT o.kind, o.round_id, p.chat_id, count(*) FROM outbox AS o JOIN partners AS p"
        " ON p.id = o.partner_id WHERE o.state <> 'withdrawn' AND o.kind IN"
        " ('reveal_frame', 'reveal_words', 'reveal_invite', 'prompt', 'response_words')"
        " GROUP BY o.kind, o.round_id, p.chat_id, o.ids HAVING count(*) > 1",
    )
    for kind, round_, chat, times in twice:
        again = ledger.too_late[chat] if str(kind).startswith("reveal") else 0
        if times > 1 + again:
            found.double_reveals.append(f"{kind} of round {round_} to {chat}: {times} times")


def _rounds(found: Account, database: Memory, couples: list[Couple]) -> None:
    had: dict[int, list[str]] = defaultdict(list)
    for chat, couple, day, opened in rows(
        database,
        "SELECT p.chat_id, r.couple_id, r.local_date, r.opened_at FROM turns AS t"
        " JOIN partners AS p ON p.id = t.partner_id JOIN rounds AS r ON r.id = t.round_id ORDER BY r.id",
    ):
        at = datetime.fromtimestamp(int(str(opened)) / 1_000_000, UTC)
        had[int(str(chat))].append(f"of couple {couple} for {day}, opened on {at}")
    for couple in couples:
        for partner in couple.both:
            chat = partner.phone.user_id
            if len(had[chat]) != couple.expected:
                found.mornings.append(
                    f"{chat} had {len(had[chat])} of {couple.expected}: {'; '.join(had[chat])}"
                )
    found.rounds = len(rows(database, "SELECT 1 FROM rounds"))
    found.reveals = len(rows(database, "SELECT 1 FROM rounds WHERE revealed_at IS NOT NULL"))


def _in_clear(found: Account, folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and TOKEN.search(path.read_bytes().decode("latin-1")):
            found.in_clear.append(path.name)
