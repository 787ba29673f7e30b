"""What is read in a response, and what is held against nobody."""

import pytest

from bot.coach.coach import Coach


def kinds(coach: Coach, text: str, about: str = "") -> list[str]:
    """Return the kinds of what gets in the way."""
    return [found.kind for found in coach.read(text, about).gets_in_the_way]


def test_the_storyboards_response(coach: Coach) -> None:
    """The part after "but", and the advice in it, are pointed at by the words as they were written."""
    reading = coach.read("That sounds lonely, but you should have just told them you had to leave.")
    assert [(found.kind, found.words) for found in reading.gets_in_the_way] == [
        ("but", "but you should have just told them you had to leave"),
        ("advice", "you should have just told"),
    ]
    assert reading.names_feeling > 0.9


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("What I hear is that nobody asked you.", "reflects"),
        ("You must have felt invisible.", "names_feeling"),
        ("It makes sense that you were angry.", "makes_sense"),
        ("What was it like for you?", "asks"),
        ("I'm so sorry, I love you.", "warmth"),
        ("<3", "warmth"),
        ("❤️", "warmth"),
        ("thx for telling me", "warmth"),
        ("that sounds so fustrating", "names_feeling"),
        ("no wonder ur tired", "makes_sense"),
        ("tell me more", "asks"),
        ("It makes me very sad what you tell, I am by your side", "warmth"),
    ],
)
def test_a_clear_sign_is_near_one(coach: Coach, text: str, number: str) -> None:
    """In short, long, misspelt and second-language English alike."""
    assert getattr(coach.read(text), number) >= 0.8


def test_words_taken_up_are_reflecting(coach: Coach) -> None:
    """The partner's own words, said back, count; in a reproach they do not."""
    about = "I laughed it off, but I felt invisible, and I took that home with me."
    assert coach.read("You laughed it off and took it home.", about).reflects >= 0.5
    assert coach.read("You laughed it off and took it home.").reflects < 0.5
    assert coach.read("Why did you laugh it off and take it home?", about).reflects < 0.3


@pytest.mark.parametrize(
    ("kind", "unkind"),
    [
        ("I should have listened.", "You should have told them."),
        ("You're not overreacting.", "You're overreacting."),
        ("I don't think you're overreacting.", "I think you're overreacting."),
        ("You always make me feel safe.", "You always do this."),
        ("At least we have each other.", "At least you have a job."),
        ("It wasn't just a cat.", "It was just a cat."),
        ("I understand why you did that.", "Why did you do that?"),
        ("I miss her too.", "I'm tired too."),
        ("You laughed it off but you felt invisible.", "I get it but you should relax."),
        ("Shut up, that's amazing!", "Shut up."),
        ("You don't need to fix it.", "You need to stop worrying."),
        ("I'm sad, but I'm glad you told me.", "I'm sorry, but I had a long day."),
        ("Your baby finally slept.", "You're such a baby."),
        ("He made you feel stupid.", "You're stupid."),
        ("That was fun!", "It was just a joke."),
        ("How could you have known?", "How could you?"),
    ],
)
def test_what_is_kind_is_told_from_what_only_sounds_like_the_other(
    coach: Coach, kind: str, unkind: str
) -> None:
    """Negation, person, and what follows decide."""
    assert kinds(coach, kind) == []
    assert kinds(coach, unkind) != []


@pytest.mark.parametrize(
    "text",
    [
        "“You should have told them” is easy to say.",
        'When she said "grow up", I got angry for you.',
        "He said you should just get over it. That must have hurt.",
        "> you always do this\nI'm sorry he wrote that.",
        "You felt that you should have told them.",
    ],
)
def test_somebody_elses_words_are_not_the_writers(coach: Coach, text: str) -> None:
    """Neither what is quoted nor what is reported."""
    assert kinds(coach, text) == []


def test_the_partners_words_are_not_the_writers(coach: Coach) -> None:
    """What repeats the partner, with the person turned round, is not held against the one who repeats it."""
    about = "I always say yes and then I should have told them no."
    assert kinds(coach, "You always say yes, and you should have told them no.", about) == []
    assert kinds(coach, "You always do this, and you should have told your boss.", about) != []


@pytest.mark.parametrize(
    "text",
    [
        "u always do this",
        "U ALWAYS DO THIS",
        "you allways do this",
        "ur overreacting",
        "you shouldve told her",
        "why didnt you tell me",
    ],
)
def test_how_people_type(coach: Coach, text: str) -> None:
    """No apostrophes, one letter for a word, capitals, slips."""
    assert kinds(coach, text) != []


def test_contempt_takes_the_warmth_away(coach: Coach) -> None:
    """Kind words beside contempt are not meant."""
    assert coach.read("I love you.").warmth > 0.9
    assert coach.read("I love you. You're pathetic.").warmth < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "😂😂😂",
        "“you should have told them”",
        "Du solltest einfach mit ihr reden, das ist doch nicht so schlimm.",
        "Tu devrais lui parler, ce n'est pas grave, but voilà c'est la vie ici.",
        "ты всегда так делаешь",
        "if (you_should) { return always[0] && never->x; } // you should",
        "You should know. " * 400,
    ],
)
def test_silence_on_what_cant_be_read(coach: Coach, text: str) -> None:
    """Empty, only emoji, only a quotation, another language, code, enormous."""
    assert kinds(coach, text) == []
    assert coach.suggest(coach.read(text)) is None


def test_a_reading_prints_no_words(coach: Coach) -> None:
    """What a person wrote can't reach a log through a printed reading or suggestion."""
    reading = coach.read("Secretly, you should have told Marguerite.")
    printed = f"{reading!r} {coach.suggest(reading)!r}"
    assert "Marguerite" not in printed
    assert "should" not in printed
