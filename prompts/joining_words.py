"""The English words by which a joint is found: closed classes, common verbs and feelings."""

from __future__ import annotations

from prompts.soreness import Soreness


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SUBJECTS = _words(
    "i you we they he she it this that there everyone everybody someone somebody nobody everything nothing"
)
DETERMINERS = _words("a an the your my our his her their this that these those every some")
INDEFINITE = _words("a an some every")
WHO = {
    "i": "i",
    "we": "we",
    "our": "we",
    "my": "my",
    "you": "you",
    "your": "you",
}
NEVER = _words("nobody nothing never not")
TURNS = _words("cold left too")
SORE = Soreness(
    (
        *_words(
            "*n't cant dont didnt wont isnt wasnt never neither no nobody none nor not nothing nowhere without"
            " abandon* abus* accident* ache* afraid aggress* alone ambulance anger angrily angry anxi* argu*"
            " ashamed assault* awful bad badly beaten betray* bitter blam* bled bleed* blood bloody broke broken"
            " bruis* bullied bully* burden* burial buried cancer cheated cheating choke* choking cried cries"
            " cruel* cry crying dark darkness darker dead death* debt* depress* despair* desperate* despise* die"
            " died dies difficult dirty disappear* disappoint* disgust* divorc* drunk dying empt* escape exhaust*"
            " fail* farewell fault fear* fight* fired forced forgot forgotten fought frighten* fright frustrat*"
            " funeral* furious goodbye grief griev* guilt* gun guns hard harm harmed harming harms hate* hating"
            " hatred heartbr* hell helpless* hit hits hitting hopeless* horrib* hospital* humiliat* hurt* ignor*"
            " ill illness* insult* jealous* kick* kill* knife knives lied lies liar lone* lose losing loss losses"
            " lost mad miscarr* miserabl* misery miss missed misses missing mock* mourn* nasty nervous nightmare*"
            " numb* overdose* overwhelm* pain painful* pains panic* permission pills pistol pointless* poison*"
            " punch* punish* quarrel* rage rape* reject* regret* resent* ruin* sad sadder sadly sadness scare*"
            " scars scary scream* shak* shame* shook shout* shov* sick* slap* sob sobbed sobbing sore sorrow*"
            " sorry stab* stalk* strangl* stress* struggl* stuck suffer* suffocat* suicid* tears terrib* terrif*"
            " terror threat* throat tired torture* trap* trembl* ugly unbearabl* unfair unhapp* unloved unsafe"
            " unseen unwanted upset* useless* vanish* violen* weapon* weep* wept widow* worr* worse worst"
            " worthless* wound* wrong yell*"
            " awkward* belittl* burnt cornered crushed defeated degrad* demean* desolat* devastat* disconnect*"
            " dismissed dismissive disposable distant drained dread* dreading dumb embarrass* exclud* exposed"
            " fool foolish* fraud gloom* grim hollow homesick* humbled inadequa* inferior insecur* insignifican*"
            " invisible isolat* judged judging loath* melanchol* neglect* offend* outcast outsider overlooked"
            " paranoi* pathetic pity powerless* replaceable ridicul* shunned stung stupid* tense torn"
            " unappreciated undervalued undeserving uneasy unheard unimportant unlovable unnoticed unsupported"
            " unworthy vulnerab* weak weakness worn"
        ),
        *(
            "beat me",
            "beats me",
            "be gone",
            "better off",
            "broke up",
            "break up",
            "breaking up",
            "broke down",
            "cut myself",
            "cutting myself",
        ),
        *(
            "end it",
            "end my",
            "end things",
            "fed up",
            "gave up",
            "give up",
            "giving up",
            "given up",
            "grabbed me",
        ),
        *(
            "had enough",
            "hate me",
            "just leave",
            "leave me",
            "leave you",
            "leaving me",
            "leaving you",
            "left me",
        ),
        *("let me go out", "locked me", "locks me", "followed me", "follows me", "pushed me", "pushes me"),
        *("threw it at", "throws things", "threw things", "walked out on", "watches me"),
        *(
            "a burden",
            "a sting",
            "burned out",
            "cast aside",
            "feel* … small",
            "felt … small",
            "feel* … tiny",
            "felt … tiny",
            "feel* … low",
            "felt … low",
            "feel* … down",
            "felt … down",
            "feel* … blue",
            "felt … blue",
            "feel* … used",
            "felt … used",
            "feel* … off",
            "felt … off",
            "feel* … flat",
            "felt … flat",
            "feel* … like a child",
            "felt … like a child",
            "feel* … a joke",
            "felt … a joke",
            "feel* … a mess",
            "felt … a mess",
            "for granted",
            "heart sank",
            "i froze",
            "froze up",
            "i'm down",
            "left out",
            "let down",
            "let me down",
            "my limit",
            "on edge",
            "out of place",
            "pushed away",
            "second best",
            "shut out",
            "so small",
            "like a stranger",
            "too much for",
            "i wish i were",
            "i wish i was",
        ),
    )
)
GLAD_VERBS = _words(
    "stayed laughed laugh smiled smile noticed notice helped help danced dance sang sing made make found finished"
    " asked remembered remember came come told tell tried try kept keep did gave give took saw enjoyed enjoy managed"
    " celebrated learned learnt hugged hug kissed kiss listened listen shared share baked cooked cook played play won"
    " wanted want loved love liked like held hold trusted trust thanked cared care slept rested invited met painted"
    " planted built wrote read got get"
)
GLAD_STATES = _words(
    "alive appreciated brave calm cared-for content excited free friends funny gentle glad good happy heard held home"
    " honest hopeful joyful kind light loved lucky patient peaceful pleased proud ready relieved safe seen strong"
    " supported thankful there together touched treasured understood valued warm welcome well whole wonderful"
)
OTHERS = _words("he she they everyone everybody someone somebody")
OBJECTS = _words("you me us him her them your my our his their")
PRESENT = _words(
    "am is are isn't aren't do does don't doesn't have has haven't can't won't may must need want love like hope"
    " wish miss feel know think see say tell give take make go come get keep hold hear leave lose mean meet sleep"
    " speak stand spend wake write bring buy catch choose fall fight find forget hide laugh cry lie pay wait worry"
    " care trust try stay"
)
DONE_TO = _words(
    "alone beaten blamed bullied cheated dumped excluded fired forgotten hit ignored laughed left mocked overlooked"
    " rejected sacked unloved unwanted used useless worthless betrayed humiliated let"
)
SAYING = _words(
    "said say guessed guess wrote write thought think imagined imagine noticed saw named called put"
)
STATES = _words(
    "am is are was were have has had want wanted love loved like liked know knew need needed think thought wish"
    " wished hope hoped mean meant might would"
)
RELATIVES = _words("i you we they he she it that who when where how why which")
LINKS = _words("that because when how why if")
BARE = _words("am is are was were do did does had has have be")
MANNERS = _words("is are was were makes made means sounds feels hurts")
ADVERBS = _words(
    "always never often also still just really even not so only sometimes all both once again too"
)
VERBS = _words(
    "am is are was were isn't aren't wasn't weren't do did does don't didn't doesn't have had has haven't"
    " hadn't can't couldn't won't wouldn't would might may must need needed want love like hope wish miss"
    " feel felt know knew think thought see saw say said tell told give gave take took make made go went"
    " come came get got keep kept hold held hear heard leave left lose lost mean meant meet met put read"
    " sat sit sleep slept speak spoke stand stood spend spent wake woke write wrote bring brought buy"
    " bought catch caught choose chose cut fall fell fight fought find found forget forgot hide hid hit"
    " hurt laugh cry let lie lay pay paid ran run sang sent shut taught understood wore won broke began"
    " became built drove drank ate grew rang shook shone lit threw stay wait worry care trust try"
)
ADVICE = _words("should can could will shall ought")
OWN = _words(
    "sorry hear understand see imagine wonder guess know hope wish promise think believe feel thank can"
    " could will would should i'll i'd"
)
_ASIDES = (
    "you're right, you're welcome, you're kidding, you're joking, you're amazing, you're wonderful,"
    " you're great, you're brave, you're lovely, you're sweet, you're the, you know, you see, you must,"
    " it's ok, it's okay, it's fine, it's nothing, it's good, it's great, it sounds, it seems, it must, it"
    " makes, it means, that sounds, that seems, that must, that makes, that means, that's great, that's"
    " lovely, that's wonderful, that's so, that's good, this sounds, this must, this makes, we need, we"
    " must, you need"
)
ASIDES = frozenset(part.strip() for part in _ASIDES.split(","))
_SYMPATHY = (
    "i'm sorry, i am sorry, so sorry, i hear, i understand, i imagine, i can, i see, that must, that sounds,"
    " that seems, that is, that's so, it must, it sounds, it makes, my heart, thinking of, i'm here"
)
SYMPATHY = frozenset(part.strip() for part in _SYMPATHY.split(","))
DEGREES = _words(
    "so very really quite a bit little rather too completely totally both more most deeply truly pretty"
)
NO_DOING = _words(
    "something nothing everything anything morning evening feeling thinking sending wishing hoping loving"
    " missing amazing interesting touching moving exciting darling fucking thing king ring spring string"
)
NO_ANSWER = _words(  # a question without its mark, or thanks
    "why who where is are was were do did does can could would will shall have has had thank thanks sorry"
)
FEELINGS = _words(
    "afraid alive alone angry annoyed anxious appreciated ashamed at-home bored brave calm cared-for"
    " carried caught close cold comforted confused content cornered crushed disappointed distant drained"
    " embarrassed empty excited exhausted exposed forgotten free frightened frustrated furious glad"
    " grateful guilty happy heard heavy held helpless hopeful hopeless hurt ignored invisible irritated"
    " jealous joyful left lonely light lost loved lucky mad melancholy moved needed nervous numb"
    " outnumbered overlooked overwhelmed peaceful pleased pressured proud puzzled pushed quiet ready"
    " relieved rejected resentful respected restless rushed sad safe scared seen shaken shut-out shy small"
    " stressed stuck stupid supported surprised tense thankful tired torn touched trapped treasured"
    " understood uneasy unimportant unseen unsafe unwanted upset used useless valued vulnerable wanted"
    " warm weak welcome whole worn worried wounded wronged"
)
