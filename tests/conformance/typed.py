"""What people type, made up from a seed: words of many scripts, links, mails, marks, numbers, and slips."""

import re
from collections.abc import Callable, Sequence
from random import Random

from bot.sandbox.found.hosts import known_domains

_WORDS = (
    "I you we love home Sam Noa today not it is the tea 3pm 12:30 1:23 ok. Nice! so... e.g. i.e. U.S.A. don't l'eau "
    "naïve Straße мама дом привет 你好 世界 ありがとう こんにちは שלום سلام नमस्ते ไทย 🌱 👩‍👩‍👧 ❤️ ½ ² Ⅷ ගෙදර ქართული"
).split()
_PUNCTUATION = (*".,:;!?'\"`()[]{}<>«»“”‘’-–—_/\\|#@$%^&*+=~…·", "...", "?!", "//", "://", "@@", "##", "$$")
_INVISIBLE = (
    *"\u00a0\u200b\u200c\u200d\u200e\u2060\u202e\t\n\u2028\u030a\u0333",
    "\r\n",
    "\u200f\u200e",
)
_LABELS = [
    *"example e my-site a_b x--y -a b- 123 ä домен xn--abc WWW www Lifeline sub t telegram 192 10 0 255".split(),
    *"256 1 teiegram 中文 m".split(),
    "a" * 63,
    "a" * 64,
]
_TOPS = (
    "com org au it It me notatld xn--p1ai xn--a x 1 com_ co-m рф РФ local html py txt exe ton onion".split()
)
_PROTOCOLS = (
    "http:// https:// HTTP:// Https:// ftp:// sftp:// tg:// ton:// tonsite:// mailto: tel: shttp:// xhttp:// // "
    "javascript: file:/// ws:// http:/ ahttps:// яhttp://"
).split()
_USERS = ("user@", "user:pw@", "a.b@", "@", "x@y@", "me+tag@")
_PORTS = (":80", ":8080", ":0", ":00443", ":65535", ":65536", ":99999", ":", ":abc", ":1a")
_PATHS = (
    "/ a b.html ? x=1 &y=2 # frag (z) ) ] [ { } %20 . , ! ' ` « < \" é 日 ~ * .. \u200d /@x /#y | :".split()
)
_BOXES = ["sam", "sam.noa", "s+t", "a_b", "x-y", "", "a..b", "a" * 40, "é", "Sam", "a.b.c.d.e.f.g.h.i.j.k.l"]
_MAIL_HOSTS = "gmail.com e.museum e.internationals a.b.c.d.e.f.g.com e -e.com e-.com e_f.com 1.2.3.4".split()
_NAMES = [
    *"forget start pause sam samuel gif vid GIF pic a ab abc 1 12 été дом a-b a_b _ USD usd TAG 1INCH 1INCHX".split(),
    *"TOOLONGTAG ABCDEFGH ½ ² ා 日本 \u200cx a·b".split(),
    *("x" * length for length in (32, 33, 64, 65, 255, 256, 257)),
]
_BOTS = ("@bot", "@attune_bot", "@x", "@ab", "@abc", "@é", "@" + "a" * 32, "@" + "a" * 33)
_CARDS = (
    "4242424242424242",
    "5555555555554444",
    "378282246310005",
    "6200000000000005",
    "4222222222222",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "2200000000000004",
    "12345678901234567",
    "0000000000000",
    "4242424242424242424",
    "79927398713",
    "8112345678901234",
    "1 2 3 4 5 6 7 8 9 0 1 2 3",
)
_RANGES = ((0x20, 0x7F), (0x20, 0x3000), (0x3000, 0x1FFFF))
_UNSENT = re.compile("[\ud800-\udfff\uf700-\uf710]")  # no UTF-8, and what the judge hides marks behind


class Typist:
    """Somebody who types whatever the chance of a seed makes them type."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.domains = sorted(known_domains())

    def pick(self, choices: Sequence[str]) -> str:
        """Take one of several."""
        return self.random.choice(choices)

    def maybe(self, choices: Sequence[str], chance: float = 0.5) -> str:
        """Take one of several, or nothing."""
        return self.pick(choices) if self.random.random() < chance else ""

    def host(self) -> str:
        """Type a host, likely or not."""
        known = self.pick(self.domains)
        top = self.pick([known, known.upper(), known.capitalize(), known, *_TOPS])
        return ".".join(
            [*(self.pick(_LABELS) for _ in range(self.random.choice((1, 1, 1, 2, 2, 3, 5)))), top]
        )

    def url(self) -> str:
        """Type a link with any of its parts."""
        path = "".join(self.pick(_PATHS) for _ in range(self.random.randrange(6)))
        if path and self.random.random() < 0.7:
            path = "/" + path
        return (
            self.maybe(_PROTOCOLS, 0.7)
            + self.maybe(_USERS, 0.4)
            + self.host()
            + self.maybe(_PORTS, 0.6)
            + path
        )

    def mail(self) -> str:
        """Type the address of a mailbox."""
        return f"{self.pick(_BOXES)}@{self.pick([self.host(), *_MAIL_HOSTS])}"

    def tag(self) -> str:
        """Type a mention, command, hashtag or cashtag."""
        return self.pick("@/#$") + self.pick(_NAMES) + self.maybe(_BOTS, 0.25)

    def character(self) -> str:
        """Type any character there is."""
        return chr(self.random.randrange(*self.random.choice(_RANGES)))

    def word(self) -> str:
        """Type a word, or blanks."""
        return self.pick([*_WORDS, " ", "  ", "\n", "\r", "a", " x "])

    def piece(self) -> str:
        """Type one thing of any kind."""
        kinds: tuple[tuple[int, Callable[[], str]], ...] = (
            (30, lambda: self.pick(_WORDS)),
            (16, lambda: self.pick(_PUNCTUATION)),
            (4, lambda: self.pick(_INVISIBLE)),
            (18, self.url),
            (8, self.mail),
            (16, self.tag),
            (4, lambda: self.pick(_CARDS)),
            (4, self.character),
        )
        (make,) = self.random.choices([make for _, make in kinds], [weight for weight, _ in kinds])
        return make()

    def text(self) -> str:
        """Type a text: several things, with blanks between them or without."""
        pieces = [
            self.piece() + self.maybe([" ", " ", " ", "\n", "  "], 0.55)
            for _ in range(self.random.randrange(1, 9))
        ]
        return _UNSENT.sub("", "".join(pieces))

    def sentence(self) -> str:
        """Type a plain sentence with one thing in it that may be found, as people do."""
        words = [self.pick(_WORDS) for _ in range(self.random.randrange(2, 9))]
        found = self.pick([self.host(), self.url(), self.mail(), self.tag(), "https://" + self.host()])
        words.insert(
            self.random.randrange(len(words)), found + self.maybe([".", ",", "!", "?", ")", "...", ":"], 0.4)
        )
        return _UNSENT.sub("", " ".join(words))

    def soup(self) -> str:
        """Type signs that mean something, without any sense."""
        signs = (*"aZ1.@/#$:_-é日 \n", ".com", "://", "http", "@abcd", "/cmd", "#tag", "$TAG", *_INVISIBLE)
        return "".join(self.pick(signs) for _ in range(self.random.randrange(1, 25)))
