"""The sandbox reads text as Telegram's own engine does. TDLib judges; where it can't be installed, nobody does."""

import itertools
import secrets
import string
from functools import cache
from random import Random
from typing import Any

import pytest

pytest.importorskip(
    "tdjson", reason="Telegram's text engine can't be installed here: nobody can judge the sandbox's"
)

import judge
import sendable
from compare import KINDS, disagreements, ours, theirs
from marked import Marker

from bot.sandbox.entities import format_text, plain
from bot.sandbox.found import find
from bot.sandbox.found.hosts import known_domains
from bot.sandbox.wire import ApiError
from prompts.names import as_plain_text, as_words, clean_name

SEED = 8_2026
FOUND = frozenset({"url", "email", "mention", "bot_command", "hashtag", "cashtag"})
KINDS_OF_USERS_ENTITIES = (
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "blockquote",
    "expandable_blockquote",
    "text_link",
)

# What was wrong once, and what stands near it.
HAND_PICKED = [
    "lifeline.org.au",
    "see lifeline.org.au. And then",
    '<a href="https://e.org/?a=1&b=2">x</a>',
    '<a href="https://e.org/?a=1&amp;b=2&lt;">x</a>',
    "<i>e.org </i>",
    '<a href="http://localhost:8080/x">x</a>',
    '<a href="tel:112">x</a>',
    '<a href="mailto:a@b.org">x</a>',
    "&#xD83C;&#xDF31;",
    '<b><tg-time unix="1647531900" format="t">x</tg-time></b>',
    '<tg-time unix="1647531900"><b>x</b> y</tg-time>',
    '<tg-spoiler>a <tg-time unix="1647531900">x</tg-time> b</tg-spoiler>',
    '<blockquote>a <tg-time unix="1647531900">x</tg-time> b</blockquote>',
    '<tg-time unix="soon">x</tg-time>',
    '<tg-time unix="5" format="long">x</tg-time>',
    "a<b> </b>b",
    "R&#38D",
    "&lt1",
    "a&#9;b&#x2028;c&#13;d&#1;e",
    "a\u030a b\u0333 c\u033f d\u0301",
    f"<tg-spoiler>{'#tag ' * 40}</tg-spoiler>",
    "home.It",
    "It was not.today, i.love.you",
    "@sam",
    "@samuel",
    "/leave@x",
    "/leave@attune_bot",
    "<blockquote>/leave @samuel e.org a@e.org #tag $TAG</blockquote>",
    "<tg-spoiler>/leave @samuel e.org a@e.org #tag $TAG</tg-spoiler>",
    "<code>/leave @samuel</code> <pre>e.org</pre> <a href='e.org'>#tag</a>",
    "4242 4242 4242 4242 and <b>4242424242424242 too</b>",
    "+353 1 234 5678",
    "\u2068/forget\u2069 \u2068@samuel\u2069 \u2068e.org\u2069 \u2068#tag\u2069 a\u2068.org\u2069 @samuel\u2069x",
    "<b>\u2068\u0633\u0644\u0645\u0649\u2069</b> \u2067 \u2069 \u2068e.org\u2069/x",
    "\u2068\u2069",
]


@pytest.mark.parametrize("kind", KINDS)
def test_both_read_it_alike(kind: str) -> None:
    """A few hundred made-up texts of every kind, the same each time."""
    assert next(disagreements(kind, SEED, 400), None) is None


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", KINDS)
def test_both_read_all_alike(kind: str) -> None:
    """Fifty thousand fresh texts of every kind; what fails names its seed."""
    seed = secrets.randbelow(10**9)
    found = list(itertools.islice(disagreements(kind, seed, 50_000), 3))
    assert not found, f"seed {seed}"


@pytest.mark.parametrize("source", HAND_PICKED)
@pytest.mark.parametrize("mode", ["HTML", None])
def test_hand_picked_texts_are_read_alike(source: str, mode: str | None) -> None:
    """Each was wrong once, or stands near what was."""
    assert ours(source, mode) == theirs(source, mode)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_attune_sends_is_read_alike(seed: int) -> None:
    """Every template, with names and words of any kind, is taken and means the same to both."""
    for name, source in sendable.render_all(Marker(Random(seed))):  # noqa: S311  repeatable on purpose
        assert isinstance(ours(source, "HTML"), tuple), name
        assert ours(source, "HTML") == theirs(source, "HTML"), name


class Full(Random):
    """Chance that leaves no fact empty, and no list."""

    def choice(self, seq: Any) -> Any:
        """Pick, but never what makes an empty text."""
        return super().choice([one for one in seq if one is not str and one != ""])

    def randrange(self, *limits: int) -> int:  # type: ignore[override]  # the few ways it's called here
        """Pick one at least."""
        return max(1, super().randrange(*limits))


def test_no_message_has_two_blank_lines_in_a_row() -> None:
    """In no language, nor an end of line just within a cover; what people write apart."""
    for seed in range(2):
        for name, source in sendable.render_all(sendable.Quiet(Full(seed))):
            assert "\n\n\n" not in source, name
            assert "\n</tg-spoiler>" not in source, name


def test_isolates_are_kept() -> None:
    """A name that runs the other way keeps the marks that it stands between, and is as long as they say."""
    text, entities = judge.format_text("<b>\u2068Noa\u2069</b>", "HTML")
    assert text == "\u2068Noa\u2069"
    assert [(entity["offset"], entity["length"]) for entity in entities] == [(0, 5)]


def test_an_hour_is_read_as_one_and_its_words_stand_in_for_it() -> None:
    """As the bot tells when the next prompt comes."""
    source = 'The next one comes on <tg-time unix="1772353800" format="wt">Sunday at 08:30</tg-time>.'
    text, entities = judge.format_text(source, "HTML")
    assert text == "The next one comes on Sunday at 08:30."
    assert [(one["type"], one["unix_time"], one["date_time_format"]) for one in entities] == [
        ("date_time", 1772353800, "wt")
    ]


def test_typed_text_is_what_a_person_sends() -> None:
    """What a phone sends and what a bot sends without markup are one."""
    assert plain("see e.org /now") == format_text("see e.org /now", None)


def test_every_known_domain_is_known_and_no_other() -> None:
    """Each top-level domain of the list; of those that aren't in it, all of two letters and a sample of three."""
    random = Random(SEED)  # noqa: S311  repeatable on purpose
    letters = string.ascii_lowercase
    two = map("".join, itertools.product(letters, repeat=2))
    three = ("".join(random.choices(letters, k=3)) for _ in range(2000))
    for domain in {*known_domains(), *two, *three}:
        text = f"see example.{domain} there"
        assert find(text) == judge.found(text), domain


def test_every_letter_is_a_letter_to_both() -> None:
    """Which characters are letters, digits or blanks: a sample of all there are, and all of the first thousand."""
    random = Random(SEED)  # noqa: S311  repeatable on purpose
    for code in [*range(0xA0, 0x500), *random.sample(range(0x500, 0x2FFFF), 4000)]:
        if not 0xD800 <= code <= 0xDFFF:
            text = f"#a{chr(code)} @name{chr(code)} e.org/{chr(code)} /do{chr(code)}"
            assert find(text) == judge.found(text), hex(code)


@pytest.mark.parametrize("seed", range(400))
def test_entities_of_a_bots_own_nest_alike(seed: int) -> None:
    """Any places, crossing or not, within the text or not, in a text to be cleaned."""
    random = Random(seed)  # noqa: S311  repeatable on purpose
    text = Marker(random).text()
    entities = []
    for _ in range(random.randrange(1, 8)):
        kind = random.choice(KINDS_OF_USERS_ENTITIES)
        more = {"url": "e.org"} if kind == "text_link" else {}
        entities.append(
            {"type": kind, "offset": random.randrange(20), "length": random.randrange(12), **more}
        )
    try:
        one: object = format_text(text, None, entities)
    except ApiError as refusal:
        one = refusal.description
    try:
        other: object = judge.format_entities(text, entities)
    except judge.RefusedError as refusal:
        other = str(refusal)
    assert one == other or (isinstance(one, tuple) and judge.timestamps(one[0]))


NAMES = [
    *"/forget /forget@attune_bot evil.com www.evil.com Evil.Com http://evil.com @somebody @gif #tag $TAG".split(),
    *"$1INCH".split(),
    *"a@evil.com tg://resolve?domain=x t.me/x 1.2.3.4 4242424242424242 ftp://e.org/x sam@evil.com. //x.org/y".split(),
    "4242 4242 4242 4242",
    "see evil.com and /forget @somebody",
    "Sam. Noa",
    "J. R.",
    "a/",
    "a@",
    "a.",
    "$",
]


MADE_UP = [Marker(Random(seed)).text() for seed in range(60)]  # noqa: S311 (repeatable on purpose)


@pytest.mark.parametrize("name", NAMES + MADE_UP)
def test_a_name_is_never_tappable_in_our_own_sentences(name: str) -> None:
    """Whatever somebody is called, Telegram finds in a message what it finds with a plain name in it."""
    name = clean_name(name) or "Noa"
    assert judge.found(as_plain_text(name)) == []
    said = list(sendable.render_named(name))
    assert len(said) > 100
    for message, told, plain_name in said:
        assert _found(told) == _found_beside(plain_name), message


def _found(source: str) -> list[str]:
    """List what Telegram finds by itself in a message, by kind."""
    _, entities = judge.format_text(source, "HTML")
    return [entity["type"] for entity in entities if entity["type"] in FOUND]


_found_beside = cache(_found)  # the same for every name


@pytest.mark.parametrize("seed", range(4))
def test_no_command_stands_in_anybodys_words(seed: int) -> None:
    """Whatever is typed around it: nobody sends "/pause" by a tap on a quotation."""
    typist = Marker(Random(seed))  # noqa: S311  repeatable on purpose
    for _ in range(400):
        command = typist.random.choice(("/pause", "/forget@attune_bot", "/EXPORT", "/leave_", "(/practice)"))
        near = typist.random.choice(("", " ", "\n", ",", "-", "https://e.org/#", "https://e.org/?a=«"))
        words = f"{typist.text()}{near}{command}{near}{typist.sentence()}"
        assert "bot_command" not in [found["type"] for found in judge.found(as_words(words))], words


@pytest.mark.parametrize(
    "address",
    [
        "https://gitlab.com/a/b/-/merge_requests/1",
        "https://example.org/?next=/home",
        "https://example.org/#/route/2",
        "http://user.example.co.uk/a/../b/(c)/d!/e",
        "(https://example.org/@sam/status)",
        "example.org/pause",
    ],
)
def test_an_address_among_words_stays_what_it_is(address: str) -> None:
    """Its slashes begin no command, and are left alone."""
    assert as_words(f"look: {address} /pause") == f"look: {address} /\u2060pause"


def test_a_text_full_of_commands_grows_by_little() -> None:
    """It fits its message still, and none of them can be tapped."""
    words = as_words("/help " * 580)
    assert len(words) <= 580 * 6 + 400
    assert "bot_command" not in [found["type"] for found in judge.found(words)]
