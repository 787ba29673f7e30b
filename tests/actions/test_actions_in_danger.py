"""Who is being watched is told at once how the chat is taken away; who is afraid for the other, what one can do."""

from datetime import timedelta

import pytest
from couple_person import Person
from couple_world import World, seal

from bot.screens import text as words_screen
from bot.screens.callbacks import Verb
from bot.telegram.dispatch import on_message

Pair = tuple[Person, Person]
WATCHED = (
    ("en", "he's coming"),
    ("en", "oh quick"),
    ("en", "can you hide this"),
    ("es", "ya viene"),
    ("de", "er kommt"),
    ("fr", "il arrive"),
    ("pt-br", "ele chegou"),
    ("ru", "он уже здесь"),
    ("ar", "هو جاي"),
    ("ar", "he's here"),
    ("en", "he read it"),
    ("en", "I have to go"),
    ("es", "está en la puerta"),
    ("de", "er steht an der Tür"),
    ("fr", "il est à la porte"),
    ("pt-br", "ele tá lendo"),
    ("ru", "он за дверью"),
    ("ar", "عالباب"),
)
HIDES = (
    ("en", "delete this chat"),
    ("es", "borra este chat"),
    ("de", "versteck den chat"),
    ("fr", "comment cacher ce chat"),
    ("pt-br", "apaga esse chat"),
    ("ru", "удали этот чат"),
    ("ar", "امسح المحادثة"),
)
WORRIED = (
    ("en", "what do I do"),
    ("en", "is she ok?"),
    ("en", "Is Ana safe?"),
    ("en", "help"),
    ("es", "qué hago"),
    ("de", "was soll ich tun"),
    ("fr", "elle va bien ?"),
    ("pt-br", "o que eu faço"),
    ("ru", "что делать"),
    ("ar", "شو اعمل"),
    ("en", "should I call someone"),
    ("en", "i dont know what to do"),
    ("es", "llamo a alguien?"),
    ("de", "soll ich wen anrufen"),
    ("fr", "jappelle qqn?"),
    ("pt-br", "não sei o que fazer"),
    ("ru", "не знаю что делать"),
    ("ar", "ما بعرف شو اعمل"),
    ("en", "will she be alright?"),
    ("es", "esta bien ella?"),
    ("es", "¿está bien Ana?"),
    ("de", "ist alles ok mit ihr"),
    ("fr", "va-t-elle bien"),
    ("pt-br", "tá bem ela?"),
    ("ru", "она вообще в порядке?"),
    ("ar", "هي تمام؟"),
)


async def says(person: Person, text: str) -> str:
    """Write, let all that follows arrive, and tell which message came last."""
    await person.writes(text)
    await person.world.deliver()
    return person.kinds()[-1]


async def cries(person: Person, text: str) -> None:
    """Write what is heeded: words in which danger is heard are answered with help."""
    chat = {"id": person.chat, "type": "private", "first_name": person.name}
    incoming = {"message_id": person.number(), "date": 1, "text": text, "chat": chat}
    await person.world.handle(
        {"message": incoming | {"from": chat | {"is_bot": False}}},
        on_message(words_screen.words, person.world.services, person.world.throttle, heed=True),
    )
    await person.world.deliver()


async def kept(world: World, person: Person) -> list[str]:
    """Tell what waits for a place."""
    async with world.unit() as work:
        return [piece.text for piece in await work.kept.of(person.id)]


@pytest.mark.parametrize(("language", "text"), [*WATCHED, *HIDES])
async def test_who_is_watched_is_told_how_the_chat_goes(
    world: World, pair: Pair, language: str, text: str
) -> None:
    """Under help, also while a question stands there about other words, which stay as they were."""
    ana, _ = pair
    await world.change(ana, language=language)
    await says(ana, "/safety")
    assert await says(ana, text) == "safety_hide"
    assert await says(ana, "xyzzy grey") == "kept_ask"
    assert await says(ana, text) == "safety_hide"
    assert await kept(world, ana) == ["xyzzy grey"]
    assert not await world.rows("SELECT * FROM outbox WHERE kind = 'safety_hide'")


@pytest.mark.parametrize(("language", "text"), HIDES)
async def test_a_wish_to_hide_the_chat_is_met_at_any_time(
    world: World, pair: Pair, language: str, text: str
) -> None:
    """Nothing of it is for the other."""
    ana, _ = pair
    await world.change(ana, language=language)
    assert await says(ana, text) == "safety_hide"
    assert "draft" not in ana.kinds()


async def test_where_no_help_was_looked_for_they_are_words(pair: Pair) -> None:
    """Somebody may come home in an evening's words, and be waited for."""
    ana, _ = pair
    assert await says(ana, "he's coming") == "draft"


async def test_a_wish_to_hide_the_chat_makes_no_danger_of_an_evening(world: World, pair: Pair) -> None:
    """Where none was heard, whoever comes home a quarter of an hour later does so in words for the other."""
    ana, _ = pair
    await says(ana, "delete this chat")
    await world.later(timedelta(minutes=10))
    assert await says(ana, "he's coming") == "safety_hide"
    await world.later(timedelta(minutes=6))
    assert await says(ana, "he's coming") == "draft"


async def test_a_look_at_help_makes_no_danger_of_an_evening_either(world: World, pair: Pair) -> None:
    """An hour later, where no danger was heard; what is said meanwhile doesn't draw it out."""
    ana, _ = pair
    await says(ana, "/safety")
    await world.later(timedelta(minutes=50))
    assert await says(ana, "he's home") == "safety_hide"
    await world.later(timedelta(minutes=20))
    assert await says(ana, "he's home") == "draft"


async def test_danger_that_was_heard_and_sealed_shows_what_takes_it_back(world: World, pair: Pair) -> None:
    """Together with how the chat goes."""
    ana, _ = pair
    await cries(ana, "he hits me when he drinks")
    await ana.presses(Verb.SEAL)
    await world.deliver()
    await says(ana, "he will see this")
    assert ana.kinds()[-3:] == ["today", "courtesy", "safety_hide"]
    assert Verb.TAKE_BACK in ana.asks()
    await says(ana, "he must not see")
    assert "just above" in ana.texts()[-1]
    await says(ana, "/safety")
    await says(ana, "he's coming")
    assert ana.kinds()[-3:] == ["today", "courtesy", "safety_hide"]


@pytest.mark.parametrize(("language", "text"), WORRIED)
async def test_who_read_danger_is_told_what_one_can_do(
    world: World, pair: Pair, language: str, text: str
) -> None:
    """As behind *This worries me*; what they write to the other then goes there."""
    ana, bo = pair
    await world.change(bo, language=language)
    await seal(bo, "a quiet evening")
    await seal(ana, "I don't want to be here anymore")
    assert await says(bo, text) == "worry"
    assert await says(bo, text) == ("safety" if text == "help" else "worry")
    assert not await kept(world, bo)


async def test_where_nothing_worries_the_same_words_go_where_they_went(pair: Pair) -> None:
    """What to do now is in the round."""
    ana, bo = pair
    await seal(bo, "a quiet evening")
    await seal(ana, "a slow morning by the window")
    assert await says(bo, "what do I do") not in ("worry", "safety")


SPOKEN_OF = (
    ("en", "he's in the shower"),
    ("en", "she keeps looking over"),
    ("es", "él sigue leyendo"),
    ("de", "er sitzt neben mir"),
    ("fr", "il est assis à côté"),
    ("pt-br", "ele tá do meu lado"),
    ("ru", "он сидит рядом"),
    ("ar", "هو قاعد جنبي"),
)


@pytest.mark.parametrize(("language", "text"), SPOKEN_OF)
async def test_what_is_said_of_somebody_under_help_waits_for_no_place_with_them(
    world: World, pair: Pair, language: str, text: str
) -> None:
    """It's met, and held for whoever means it otherwise."""
    ana, _ = pair
    await world.change(ana, language=language)
    await cries(ana, "he hits me when he drinks" if language == "en" else "he hit me last night, I'm scared")
    await says(ana, "/safety")
    assert await says(ana, text) == "courtesy"
    assert not await kept(world, ana)


OF_THE_OTHER = (
    "I love her so much",
    "he is a bully",
    "she is the best thing, my mum says",
    "she's not answering",
)


async def test_what_is_said_of_somebody_after_worry_is_asked_about_and_kept(world: World, pair: Pair) -> None:
    """The page comes for a question what to do, and no more often than twice in a quarter of an hour."""
    ana, bo = pair
    await seal(bo, "a quiet evening")
    await seal(ana, "I don't want to be here anymore")
    assert await says(bo, "is she ok") == "worry"
    for text in OF_THE_OTHER:
        assert await says(bo, text) in ("kept_ask", "kept_more", "kept_each")
    assert await kept(world, bo) == [*OF_THE_OTHER]
    assert await says(bo, "what do I do") == "worry"
    assert await says(bo, "what can I do") == "courtesy"
    assert "/safety" in bo.texts()[-1]
    assert await kept(world, bo) == [*OF_THE_OTHER]
    await world.later(timedelta(minutes=16))
    assert await says(bo, "is she ok") == "worry"


LOVES = (
    ("en", "I love her so much"),
    ("es", "la quiero mucho"),
    ("de", "ich liebe sie so"),
    ("fr", "je l'aime tellement"),
    ("pt-br", "eu amo tanto ela"),
    ("ru", "я так её люблю"),
    ("ar", "بحبها كتير"),
)


@pytest.mark.parametrize(("language", "text"), LOVES)
async def test_love_for_the_other_is_asked_about_in_any_language(
    world: World, pair: Pair, language: str, text: str
) -> None:
    """It's told of them, and not to them."""
    ana, bo = pair
    await world.change(bo, language=language)
    await seal(bo, "a quiet evening")
    await seal(ana, "I don't want to be here anymore")
    question = next(asked for known, asked in reversed(WORRIED) if known == language)
    assert await says(bo, question) == "worry"
    assert await says(bo, text) == "kept_ask"
    assert await kept(world, bo) == [text]


COMFORTS = (
    ("en", "you matter to me"),
    ("en", "your boss, he is wrong about you"),
    ("en", "they were cruel to you at work"),
    ("es", "fueron crueles contigo en el trabajo"),
    ("es", "eres importante para mí"),
    ("de", "du bist mir wichtig"),
    ("fr", "tu comptes pour moi"),
    ("pt-br", "você é importante pra mim"),
    ("ru", "ты мне очень важен"),
    ("ar", "بحبك كتير"),
)


@pytest.mark.parametrize("after", ["", "I love her so much"])
@pytest.mark.parametrize(("language", "text"), COMFORTS)
async def test_what_is_said_to_the_other_after_worry_goes_to_them(
    world: World, pair: Pair, language: str, text: str, after: str
) -> None:
    """As it would without the page, and with none of what waits for a place."""
    ana, bo = pair
    await seal(bo, "a quiet evening")
    await seal(ana, "I don't want to be here anymore")
    await world.change(bo, language=language)
    assert await says(bo, "what do I do") == "worry"
    if after:
        assert await says(bo, after) == "kept_ask"
    assert await says(bo, text) == "response_draft"
    assert bo.last("response_draft").quoted == [text]
    assert await kept(world, bo) == ([after] if after else [])


async def test_without_danger_they_are_asked_about(world: World, pair: Pair) -> None:
    """Whoever has only looked at help may speak of anybody."""
    ana, _ = pair
    await says(ana, "/safety")
    assert await says(ana, "she sang in the car") == "kept_ask"
    assert await kept(world, ana) == ["she sang in the car"]
