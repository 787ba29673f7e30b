"""Markup that bots write, made up from a seed: well formed, nested in any way, or spoilt."""

import re
from collections.abc import Callable

from typed import Typist

_TAGS = [
    *"b strong i em u ins s strike del tg-spoiler code pre blockquote".split(),
    "blockquote expandable",
    'span class="tg-spoiler"',
]
_REFERENCES = (
    "&lt &lt1 &ltx R&#38D &#60; &#x1F331; &#0; &#; &#x; &quot; &nbsp; &amp &#10; &#13; &#x2028; &#9; &#00000065; "
    "&#x000041; &#x10ffff; &#1114111; & &#x41 &#X41;"
).split()
_ADDRESSES = [
    *"tg://user?id=5 tg://user?id=99999999999999 TG://USER/?x=1&id=5#f tg:user?id=7 tg://user?id=-4".split(),
    *"tg://resolve?domain=x ton://transfer/x?y=1 tonsite://a.b http://[::1]/x http://[::g]/".split(),
    *"http://[1.2.3.4]/ e.org/?a=1&b=2&lt=3&amp=4 http://e.org:0/ HTTP://E.ORG/Ä http://e%20.org".split(),
    *"http://e%2.org a@b@c.de . .. :80 x: http:// //e.org mailto:a@b.c tel:+123 localhost:80".split(),
    *"http://localhost:8080/x http://e.org#x e.org? é.рф/ü e.org:65536".split(),
    "",
    "http://e org/",
    "http://e.org/a b ",
    "tg://a b",
    "tg://a\u00a0b",
    "e.org/\u2028x",
]
_LINKS = (
    "a href=e.org",
    "a",
    'a href=""',
    'a title="x" href="e.org" href="f.org"',
    'a HREF="e.org"',
    "A href='e.org'",
)
_LANGUAGES = ("language-python", "language-", "lang-x", "language-a b", "language-a\u0333")
_EMOJI = ("5", "05", "-5", "0", "x", "9223372036854775807", "9223372036854775808", "")
_TIMES = ("5", "1647531900", "0", "-5", "5x", "x", "", "4294967301", "99999999999", "2147483648")
_FORMS = ("", "r", "R", "w", "W", "wDT", "dt", "Td", "tT", "dD", "rr", "x", "wwd")
_HTML_SLIPS = (
    *"<>/&\"'= é\0",
    *"<b> </b> </ <x> <b/> </> <B <span> &#xD83C; &#55356;&#57137; &amp".split(),
    "</i >",
    "< b>",
    "<a href",
    "<b a",
    "<a href=x_y>",
    "<span class='tg-x'>",
)
_RESERVED = re.compile(r"([_*\[\]()~`>#+\-=|{}.!\\])")
_OLD_RESERVED = re.compile(r"([_*`\[])")
_TWO_SLIPS = (*"_*[]()~`>#+-=|{}.!\\\n\r\0", "||", "__", "```", "![", "\\é", "\n>", "**>")
_QUOTE_ENDS = ("", "||", "\n>", "\n>x", "||\n", "\n\n", "\r\n", "||\r\n")
_FENCED = ("", "python\n", "py thon\n", "\n", "\r\n", "a`", "x\r\n")
_CODE = ("x", "a\\`b", "", "*a*", "\\\\")
_SPECIAL_ADDRESSES = (
    "tg://emoji?id=5 tg://emoji?id=0 tg:emoji?x=1&id=7 TG://EMOJI?ID=5 tg://EMOJI?id=5 tg://emoji?id=x&id=5 "
    "tg://time?unix=5 tg://time?unix=5&format=wDT tg://time?unix=5&format=x tg://time?unix=x tg://time?unix=0 "
    "tg://time?format=r&unix=100#f tg://time/?unix=5&unix=6 tg://time?unix=-4 tg://time?unix=5x tg://TIME?unix=5 "
    "tg://time?UNIX=5 tg://time?unix=5&format=W tg://time?unix=5&format=x&format=d http://e.org"
).split()
_SPECIAL = ["", "(", *(f"({address})" for address in _SPECIAL_ADDRESSES)]
_DEPTH = 4


class Marker(Typist):
    """Somebody who writes markup."""

    def html(self, depth: int = _DEPTH) -> str:
        """Write HTML whose tags are all closed."""
        parts = []
        for _ in range(self.random.randrange(4)):
            if depth == 0 or self.random.random() < 0.45:
                words = self.text() if self.random.random() < 0.3 else self.word()
                parts.append(_escaped(words) + self.maybe(_REFERENCES, 0.2))
            else:
                tag = self._tag_with_facts() if self.random.random() < 0.35 else self.pick(_TAGS)
                if "=" not in tag and self.random.random() < 0.1:
                    tag = tag.upper()
                name = tag.split()[0] if self.random.random() < 0.9 else ""
                parts.append(f"<{tag}>{self.html(depth - 1)}</{name}>")
        return "".join(parts)

    def plain_html(self, depth: int = _DEPTH) -> str:
        """Write what a careful bot writes: known tags, escaped words, in any nesting."""
        parts = []
        for _ in range(self.random.randrange(1, 4)):
            words = _escaped(self.sentence() if self.random.random() < 0.2 else self.word())
            if depth and self.random.random() < 0.6:
                tag = self.pick(
                    [*_TAGS, 'a href="https://e.org/?a=1&amp;b=2"', 'tg-time unix="1647531900" format="t"']
                )
                words = f"<{tag}>{words}{self.plain_html(depth - 1)}</{tag.split()[0]}>"
            parts.append(words)
        return "".join(parts)

    def spoilt_html(self) -> str:
        """Write HTML with a few slips."""
        return self._spoilt(self.html, _HTML_SLIPS)

    def markdown_v2(self, depth: int = _DEPTH) -> str:
        """Write MarkdownV2, mostly well formed."""
        return "".join(self._two(depth) for _ in range(self.random.randrange(4)))

    def spoilt_markdown_v2(self) -> str:
        """Write MarkdownV2 with a few slips."""
        return self._spoilt(self.markdown_v2, _TWO_SLIPS)

    def markdown(self) -> str:
        """Write the old Markdown."""
        parts = []
        for _ in range(self.random.randrange(7)):
            words = self.text() if self.random.random() < 0.2 else self.word()
            escaped = _OLD_RESERVED.sub(r"\\\1", words)
            mark = self.pick("_*`")
            link = f"[{words.replace(']', '')}]{self._address('')}"
            fence = f"```{self.pick(_FENCED)}{words}```"
            marked = f"{mark}{words.replace(mark, '')}{mark}"
            slip = self.pick(["\\", "\\\\", "\\_", "_", "*", "`", "[", "]", "\n"])
            (part,) = self.random.choices([escaped, marked, link, fence, slip], [40, 30, 15, 10, 5])
            parts.append(part)
        return "".join(parts)

    def _tag_with_facts(self) -> str:
        address = self.pick([self.url(), self.url(), *_ADDRESSES]).replace("&#", "&")
        quote = self.pick("\"'")
        language, emoji = self.pick(_LANGUAGES), self.pick(_EMOJI)
        time = f'tg-time unix="{self.pick(_TIMES)}" format="{self.pick(_FORMS)}"'
        link = f"a href={quote}{address.replace(quote, '')}{quote}"
        return self.pick(
            [link, link, self.pick(_LINKS), f'code class="{language}"', f'tg-emoji emoji-id="{emoji}"', time]
        )

    def _two(self, depth: int) -> str:
        words = self.text() if self.random.random() < 0.2 else self.word()
        escaped = _RESERVED.sub(r"\\\1", words)
        if depth == 0:
            return escaped
        mark = self.pick(["*", "_", "__", "~", "||"])
        kinds: list[tuple[int, Callable[[], str]]] = [
            (45, lambda: escaped),
            (5, lambda: "\n"),
            (8, lambda: f"\n>{self.markdown_v2(depth - 1)}{self.pick(_QUOTE_ENDS)}"),
            (4, lambda: f"```{self.pick(_FENCED)}{self.pick(_CODE)}```"),
            (4, lambda: f"`{self.pick(_CODE)}`"),
            (8, lambda: f"[{self.markdown_v2(depth - 1)}]{self._address(chr(92))}"),
            (6, lambda: f"![{self.markdown_v2(0)}]{self.pick(_SPECIAL)}"),
            (20, lambda: f"{mark}{self.markdown_v2(depth - 1)}{mark}"),
        ]
        (make,) = self.random.choices([make for _, make in kinds], [weight for weight, _ in kinds])
        return make()

    def _address(self, escape: str) -> str:
        address = self.url().replace(")", f"{escape})")
        return self.pick(["", f"({address})", "(tg://user?id=5)", "()", "(e.org", "(e.org/\\)a)"])

    def _spoilt(self, make: Callable[[], str], slips: tuple[str, ...]) -> str:
        signs = list(make()) or ["x"]
        for _ in range(self.random.randrange(1, 4)):
            place = self.random.randrange(len(signs)) if signs else 0
            match self.random.randrange(4):
                case 0:
                    del signs[place : place + 1]
                case 1:
                    signs.insert(place, self.pick(slips))
                case 2:
                    del signs[place:]
                case _:
                    signs[place : place + 1] = [self.pick(slips)]
        return "".join(signs)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
