"""HTML and entities: what they become, whatever they were."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox.entities import format_text, plain
from bot.sandbox.nesting import KINDS, nest, span
from bot.sandbox.render import to_html
from bot.sandbox.text import utf16_length
from bot.sandbox.wire import ApiError, Json


def _e(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


PARSED = [
    ("<b>a</b>", "a", [_e("bold", 0, 1)]),
    ("<strong>a</strong><b>b</b>", "ab", [_e("bold", 0, 2)]),
    ("<em>a</em> <i>b</i>", "a b", [_e("italic", 0, 1), _e("italic", 2, 1)]),
    ("<ins>a</ins><strike>b</strike><del>c</del>", "abc", [_e("underline", 0, 1), _e("strikethrough", 1, 2)]),
    ("🌱<b>🌱</b>", "🌱🌱", [_e("bold", 2, 2)]),
    ("<b>a <i>b</i></b>", "a b", [_e("bold", 0, 2), _e("bold", 2, 1), _e("italic", 2, 1)]),
    ("<B CLASS=x>a</>", "a", [_e("bold", 0, 1)]),
    ('<span class="tg-spoiler">a</span>', "a", [_e("spoiler", 0, 1)]),
    ("<tg-spoiler>a</tg-spoiler>", "a", [_e("spoiler", 0, 1)]),
    (
        '<a href="https://example.org?a=1&amp;b=2">x</a>',
        "x",
        [_e("text_link", 0, 1, url="https://example.org/?a=1&b=2")],
    ),
    ("<a href='example.org'>x</a>", "x", [_e("text_link", 0, 1, url="http://example.org/")]),
    (
        "<a>https://example.org</a>",
        "https://example.org",
        [_e("text_link", 0, 19, url="https://example.org/")],
    ),
    ('<a href="nowhere">x</a>', "x", []),
    ('<a href="http://localhost:8080/x">x</a>', "x", []),
    ('<a href="tel:112">x</a>', "x", []),
    ('<a href="https://e.org/?a=1&b=2">x</a>', "x", [_e("text_link", 0, 1, url="https://e.org/?a=1&b=2")]),
    ('<a href="tg://user?id=5">x</a>', "x", [_e("text_mention", 0, 1, user_id=5)]),
    ("<pre>a\nb</pre>", "a\nb", [_e("pre", 0, 3)]),
    ('<pre><code class="language-python">a</code></pre>', "a", [_e("pre", 0, 1, language="python")]),
    ('<code class="language-python">a</code>', "a", [_e("code", 0, 1)]),
    ("<blockquote>a</blockquote>", "a", [_e("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [_e("expandable_blockquote", 0, 1)]),
    ('<tg-emoji emoji-id="12">🌱</tg-emoji>', "🌱", [_e("custom_emoji", 0, 2, custom_emoji_id="12")]),
    (
        '<tg-time unix="1647531900" format="wDT">tomorrow</tg-time>',
        "tomorrow",
        [_e("date_time", 0, 8, unix_time=1647531900, date_time_format="wDT")],
    ),
    ("a &lt;b&gt; &amp;amp; &quot;c&quot; &#39;&#x1F331; &nbsp;&ltx", 'a <b> &amp; "c" \'🌱 &nbsp;&ltx', []),
    # trimmed
    ("  \n a \n ", "a", []),
    ("<b> a </b> ", " a", [_e("bold", 0, 2)]),
    (" <b>a</b>", "a", [_e("bold", 0, 1)]),
    ("a<b> </b>b", "a b", [_e("bold", 1, 1)]),
    ("a<b></b>b", "ab", []),
    ("a\r\nb\tc\x00", "a\nb c", []),
    # nested as Telegram allows
    ("<b>a <code>b</code> c</b>", "a b c", [_e("bold", 0, 2), _e("code", 2, 1), _e("bold", 3, 2)]),
    ("<code>a <b>b</b></code>", "a b", [_e("code", 0, 3)]),
    (
        "<i>@anna @bert</i>",
        "@anna @bert",
        [
            _e("mention", 0, 5),
            _e("italic", 0, 5),
            _e("italic", 5, 1),
            _e("mention", 6, 5),
            _e("italic", 6, 5),
        ],
    ),
    ("<u><tg-spoiler>a</tg-spoiler>b</u>", "ab", [_e("underline", 0, 2), _e("spoiler", 0, 1)]),
    ("<u>a<s>b</s></u>", "ab", [_e("underline", 0, 1), _e("underline", 1, 1), _e("strikethrough", 1, 1)]),
    ("<pre>a<blockquote>b</blockquote>c</pre>", "abc", [_e("blockquote", 1, 1)]),
    ("<blockquote>a<pre>b</pre>c</blockquote>", "abc", [_e("blockquote", 0, 3), _e("pre", 1, 1)]),
    ("<tg-spoiler><pre>a</pre></tg-spoiler>", "a", [_e("pre", 0, 1)]),
    ("<blockquote>exa</blockquote>mple.com", "example.com", [_e("blockquote", 0, 3)]),
    ("<a>example.org </a>x", "example.org x", [_e("url", 0, 11)]),
    ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [_e("blockquote", 0, 2)]),
    ("<b>a<i>b</i></b><i>c</i>", "abc", [_e("bold", 0, 1), _e("italic", 1, 2), _e("bold", 1, 1)]),
    # found by Telegram itself
    ("/start@bot now", "/start@bot now", [_e("bot_command", 0, 10)]),
    ("see <b>@someone</b>", "see @someone", [_e("mention", 4, 8), _e("bold", 4, 8)]),
    ("<code>/start</code>", "/start", [_e("code", 0, 6)]),
    (
        "1/2 and a@b.org #tag $USD",
        "1/2 and a@b.org #tag $USD",
        [_e("email", 8, 7), _e("hashtag", 16, 4), _e("cashtag", 21, 4)],
    ),
    ("go to https://example.org/a.", "go to https://example.org/a.", [_e("url", 6, 21)]),
]


@pytest.mark.parametrize(("source", "text", "entities"), PARSED)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    """Tags, references, trimming, nesting and what Telegram finds itself."""
    assert format_text(source, "HTML") == (text, entities)


@pytest.mark.parametrize(("source", "text", "entities"), PARSED)
def test_shown_html_means_the_same_again(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    """What a phone shows as HTML parses to the same text and entities."""
    shown = [e for e in entities if e["type"] != "text_mention"]
    assert format_text(to_html(text, shown), "HTML") == (text, shown)
    assert source


def test_shown_html_is_as_a_writer_would_have_it() -> None:
    """Touching pieces of a style become one tag again."""
    source = "<b>a <i>b</i> <code>c</code></b> <i>@one <u>@two</u></i>"
    text, entities = format_text(source, "HTML")
    assert to_html(text, entities) == "<b>a <i>b</i> </b><code>c</code> <i>@one <u>@two</u></i>"


def test_at_most_a_hundred_entities_stay() -> None:
    """The rest is ignored, as documented."""
    _, entities = format_text("<b>a</b> " * 150, "HTML")
    assert len(entities) == 100


def test_entities_are_taken_as_they_are_given() -> None:
    """Without a parse mode tags are text, and the given entities count."""
    given_ones = [_e("bold", 0, 3), _e("text_link", 4, 1, url="example.org/x")]
    text, entities = format_text("<b> x", None, given_ones)
    assert text == "<b> x"
    assert entities == [_e("bold", 0, 3), _e("text_link", 4, 1, url="http://example.org/x")]


@pytest.mark.parametrize(
    ("mode", "source"),
    [
        ("Markdown", "_a_ *b* `c` [d](e.org) \\*"),
        ("MarkdownV2", "_a_ *b* `c` [d](e.org) \\*"),
        ("HTML", "<i>a</i> <b>b</b> <code>c</code> <a href='e.org'>d</a> *"),
    ],
)
def test_three_markups_say_the_same(mode: str, source: str) -> None:
    """Whichever a bot writes, a reader sees one text."""
    text, entities = format_text(source, mode)
    assert text == "a b c d *"
    link = _e("text_link", 6, 1, url="http://e.org/")
    assert entities == [_e("italic", 0, 1), _e("bold", 2, 1), _e("code", 4, 1), link]


def test_half_a_character_is_no_character() -> None:
    """References to the two halves of an emoji are refused, even in a pair."""
    with pytest.raises(ApiError, match="check for unmatched surrogate code units"):
        format_text("&#xD83C;&#xDF31;", "HTML")


TAGS = [
    "b",
    "i",
    "u",
    "s",
    "code",
    "pre",
    "blockquote",
    "tg-spoiler",
    'a href="https://e.org/"',
    "span",
    "x",
    "/b",
    "/",
]
fragments = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from(
        ["&lt;", "&amp", "&#128149;", "&#xD800;", "&", "<", ">", " ", "\n", "'", '"', "=", "/a@b", "🌱"]
    ),
    st.text(max_size=5),
)


@given(st.lists(fragments, max_size=20).map("".join))
def test_any_html_is_parsed_or_refused(source: str) -> None:
    """Never another error; entities lie in the text and keep the law of nesting."""
    with suppress(ApiError):
        check(*format_text(source, "HTML"))


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def nested(draw: st.DrawFn, depth: int = 4) -> str:
    """Make HTML that is well formed."""
    if depth == 0:
        return draw(words).replace("&", "&amp;").replace("<", "&lt;")
    tag = draw(st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "blockquote", "code", "pre"]))
    inner = "".join(draw(st.lists(nested(depth=depth - 1), max_size=3)))
    return f"{draw(words).replace('&', '').replace('<', '')}<{tag}>{inner}</{tag}>"


@given(nested())
@example("<i>0<b> </b>0</i>")
def test_well_formed_html_is_always_taken(source: str) -> None:
    """Whatever is nested in whatever, the outcome keeps the law, and is shown the same when it is sent again."""
    text, entities = format_text(source, "HTML")
    check(text, entities)
    shown = to_html(text, entities)
    again = format_text(shown, "HTML")
    assert again[0] == text
    assert to_html(*again) == shown
    assert styles(*again) == styles(text, entities)


def styles(text: str, entities: list[Json]) -> list[set[str]]:
    """Tell for every unit of a text what it is marked as: cuts do not show in it."""
    marked: list[set[str]] = [set() for _ in range(utf16_length(text))]
    for entity in entities:
        for place in range(*span(entity)):
            marked[place].add(entity["type"])
    return marked


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_typed_text_is_taken(text: str) -> None:
    """A person may type anything that UTF-8 carries."""
    check(*plain(text))


placed = st.builds(_e, st.sampled_from(sorted(KINDS)), st.integers(0, 15), st.integers(1, 15))


@given(st.lists(placed, max_size=12))
def test_any_entities_can_be_nested(entities: list[dict[str, Any]]) -> None:
    """Two are apart or one is inside the other, and nesting again changes nothing."""
    found = nest(entities)
    check("x" * 30, found)
    assert nest(found) == found


def check(text: str, entities: list[dict[str, Any]]) -> None:
    """See that entities lie in the text, cover something, are in order, and never cross."""
    end = utf16_length(text)
    assert text == text.strip(" \n") or entities
    places = [(entity["offset"], entity["offset"] + entity["length"]) for entity in entities]
    assert places == sorted(places, key=lambda place: (place[0], -place[1]))
    for start, stop in places:
        assert 0 <= start < stop <= end
        for other_start, other_stop in places:
            assert not (start < other_start < stop < other_stop)
