"""English word lists for attribution: verbs of saying, people's titles and roles, and the words of grammar.

Written for this project. Forms of verbs are built from their base by rule, so a list holds one word a verb.
"""

from __future__ import annotations

from functools import lru_cache

# Verbs that introduce somebody's words on their own: "..., she said".
_SAY = """say tell add write tweet retweet note ask reply respond continue explain declare state announce argue insist claim
recall report read conclude joke suggest admit warn lament remark vow pledge promise predict chant yell shout charge
acknowledge answer boast demand comment assert assure allege observe quip tease thunder bellow mutter whisper concede
confess contend counter caution complain confirm deny emphasize emphasise stress underline underscore highlight
reiterate repeat opine muse wonder reflect reminisce retort scoff sneer snap testify swear sing text email e-mail
blog inform advise instruct beg plead implore exhort propose recommend maintain reveal disclose clarify
elaborate summarize summarise hint imply interject interrupt exclaim cry scream roar marvel gush rave grumble gripe whine
bemoan fume rant rage agree object protest proclaim profess pronounce affirm attest brag crow taunt point post go
chime tout urge mention reason surmise speculate estimate warrant warble growl bark drawl deadpan rejoin recount
relate narrate intone chide scold remind volunteer venture theorize posit postulate submit stipulate aver avow
theorise sum put sigh laugh chuckle grin smile nod shrug giggle crack gasp sob murmur mumble mouth stammer utter blurt hiss snarl
groan moan rasp croak wail shriek howl preach lecture ponder guess figure reckon suppose caption headline editorialize
weigh echo enthuse implore invite order pray press quote cite rebut refute guarantee certify articulate conjecture
thunder cheer assess deem tell confide signal interpose promise state imagine shoot fire""".split()
# Verbs that frame a part of a sentence: "called the plan 'a disgrace'".
_FRAME = """call describe praise accuse blame thank mock criticize criticise denounce condemn slam blast attack dismiss
characterize characterise label brand dub refer believe think feel hope fear worry decry deride ridicule hail laud
applaud welcome credit rip rail lash single apologize apologise speak talk express voice use offer issue deliver
release publish compare liken question challenge dispute reject disagree support endorse back discuss address raise
criticise rebuke chastise chide castigate berate lambast lambaste pan disparage belittle insult bash ding hammer
warn encourage counsel command direct order forbid threaten say want see consider regard view portray depict cast
paint present advocate advertise argue indicate show find learn hear know realize realise understand conclude
determine decide declare rule hold write mean intend plan seek aim try list name title headline bill
sign promise recite sum cheer greet introduce mourn salute commend compliment congratulate defend justify plug push
bill style term""".split()

_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "read": "reads reading",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "swear": "swears swore sworn swearing",
    "sing": "sings sang sung singing",
    "begin": "begins began begun beginning",
    "go": "goes went gone going",
    "put": "puts putting",
    "cast": "casts casting",
    "speak": "speaks spoke spoken speaking",
    "see": "sees saw seen seeing",
    "hear": "hears heard hearing",
    "know": "knows knew known knowing",
    "find": "finds found finding",
    "hold": "holds held holding",
    "show": "shows showed shown showing",
    "mean": "means meant meaning",
    "understand": "understands understood understanding",
    "seek": "seeks sought seeking",
    "shoot": "shoots shot shooting",
    "forbid": "forbids forbade forbidden forbidding",
    "learn": "learns learned learnt learning",
}
_DOUBLING = frozenset(
    "chat sob nod grin brag rip pan plug quip snap admit submit beg dub rebut refer confer".split()
)


def _forms(base: str) -> list[str]:
    if base in _IRREGULAR:
        return [base, *_IRREGULAR[base].split()]
    if base in _DOUBLING:
        return [base, base + "s", base + base[-1] + "ed", base + base[-1] + "ing"]
    if base.endswith("e"):
        return [base, base + "s", base + "d", base[:-1] + "ing"]
    if base.endswith("y") and base[-2] not in "aeou":
        return [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    plural = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    return [base, plural, base + "ed", base + "ing"]


FRAME_VERBS = {form: base for base in _FRAME for form in _forms(base)}
SAY_VERBS = {form: base for base in _SAY for form in _forms(base)} | {
    "chants": "chant",
    "headlined": "headline",
}
CUE_VERBS = FRAME_VERBS | SAY_VERBS
SAYING = frozenset(SAY_VERBS.values()) - frozenset("go point put chime weigh sum shoot fire".split())
# Verbs whose object is a clause, so that what follows is what somebody thinks.
THINKING = frozenset(
    "believe think feel hope fear worry know argue find hear learn mean understand conclude determine decide warn rule".split()
)
# Forms that are as often nouns: "the report", "his comments".
NOUN_FORMS = frozenset(
    form
    for form, base in CUE_VERBS.items()
    if base
    in """report note claim charge answer question promise attack call mention post tweet blast comment text email e-mail
    message blog state point hope fear demand pledge vow reply estimate back show name title plan view hold push address
    offer present issue release label brand voice use support challenge dispute order command joke boast quip order
    cry chant cheer start end close hint signal caption headline look worry aim list bill sign term style press echo
    object protest reason rage rant whisper sigh laugh smile grin shrug lecture guess figure cast direct thought
    rule welcome credit pan plug ding highlight stress warrant venture volunteer wonder mock crack remark shout yell scream
    roar howl gasp groan moan sob snarl growl bark wail estimate account forecast interview signal praise blame feud vote""".split()
    and (form == base or form.endswith("s") or form in ("thought", "read"))
)
# Short idioms whose verb says little alone: base verb -> words of which one must follow.
NEEDS_AFTER = {
    "go": frozenset(("on", "further")),
    "put": frozenset(("it",)),
    "point": frozenset(("out", "to")),
    "chime": frozenset(("in",)),
    "sum": frozenset(("up", "it")),
    "shoot": frozenset(("back",)),
    "fire": frozenset(("back",)),
    "weigh": frozenset(("in",)),
}

AUXILIARIES = frozenset(
    """be am is are was were been being has have had having do does did done will would shall should can could may might must
    ought 'll 'd 've to not n't never won't wouldn't can't couldn't didn't doesn't don't hasn't haven't hadn't isn't aren't
    wasn't weren't cannot""".split()
)
BE = frozenset("be am is are was were been being get gets got".split())
ADVERBS = frozenset(
    """also then later once again still now even just already first further often always soon only ever yet too
    immediately instead sometimes perhaps maybe simply previously recently repeatedly initially finally eventually
    subsequently quickly flatly bluntly famously reportedly allegedly publicly privately openly both all earlier
    afterward afterwards meanwhile nonetheless nevertheless however therefore thus himself herself themselves itself
    best""".split()
)
PRONOUNS = frozenset("he she they it i we you".split())
CONTRACTED = frozenset("he she they it i we you who that there what".split())
PERSONAL = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
INDEFINITE = frozenset(
    """one another others some many most several few both neither each everyone someone somebody everybody anyone nobody none
    all those these critics supporters two three four five six""".split()
)
RELATIVES = frozenset("who which that".split())
DETERMINERS = frozenset(
    """the a an this that these those his her their its our my your some any each every another other no one two three four five six
    seven eight nine ten several many both either neither all such what whose""".split()
)
POSSESSIVES = frozenset("his her their its our my your whose".split())
PREPOSITIONS = frozenset(
    """of in on at by for with from to about against after before during under over between among through into onto upon within
    without across behind beyond near since until till toward towards via per amid amidst despite except like unlike
    around along alongside off out up down as than outside inside throughout regarding concerning including following
    besides beside""".split()
)
CONJUNCTIONS = frozenset("and or but nor yet so & plus".split())
SUBORDINATORS = frozenset(
    """that when while if because although though whereas unless whether where why how after before since until as once who whom
    whose which what lest whenever wherever""".split()
)
CLOSED = (
    AUXILIARIES | PREPOSITIONS | CONJUNCTIONS | SUBORDINATORS | PRONOUNS
    | frozenset("him them us me himself herself themselves there here then not".split())
)  # fmt: skip
STARTERS = frozenset(
    """the a an it he she they we i you this that these those in on at but and so as his her their our its there if when while
    after before for from with to by what who how why both some many most all no not one two other such yet still
    meanwhile however asked speaking another""".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec""".split()
)
TIME_WORDS = WEEKDAYS | MONTHS | frozenset(
    """today yesterday tomorrow tonight morning afternoon evening night noon week month year weekend earlier later last this
    early late recently""".split()
)  # fmt: skip
ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen sens rep reps gov govs gen col lt capt cmdr maj sgt adm rev hon st sr jr no nos vs inc ltd co
    corp dept jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun est approx pres amb supt det
    atty mt ft ave blvd rd messrs mme del dist fr br ariz ark calif colo conn fla ga ill ind kan ky la mass md mich minn
    miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo wi tx""".split()
)
HONORIFICS = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "father": "m", "brother": "m", "shri": "m",
    "mrs": "f", "ms": "f", "miss": "f", "madam": "f", "lady": "f", "dame": "f", "queen": "f", "princess": "f",
    "sister": "f", "mme": "f", "smt": "f", "dr": "", "prof": "", "rev": "", "hon": "", "messrs": "", "saint": "",
    "st": "", "h.e": "",
}  # fmt: skip
TITLES = frozenset(
    """mr mrs ms miss dr prof rev hon sir lord lady dame sen sens rep reps gov govs gen col lt capt cmdr maj sgt adm pres amb supt
    det atty senator representative governor president congressman congresswoman congressmen secretary minister general
    colonel lieutenant captain commander major sergeant admiral ambassador superintendent detective attorney judge justice chief
    professor doctor reverend bishop archbishop cardinal pope king queen prince princess chancellor premier mayor sheriff
    officer inspector constable marshal commissioner councilman councilwoman councillor alderman delegate speaker
    pastor rabbi imam father sister brother coach chairman chairwoman chair director eam fm pm cm shri smt
    h.e messrs mme saint""".split()
)
# Nouns for people and bodies by what they do; -person, -man and the like are built below.
ROLE_NOUNS = frozenset(
    """activist actor actress adviser advisor advocate agent aide ally ambassador analyst anchor announcer architect artist
    assistant associate attorney author banker billionaire biographer blogger boss brother businessman businesswoman
    candidate captain cardinal caller celebrity ceo chair chairman chairperson chairwoman challenger chancellor chief
    chiefs citizen clerk coach co-author co-chair co-chairman co-founder co-host colleague columnist comedian comic commander commentator
    commissioner congressman congresswoman conservative consultant contender contributor coordinator correspondent
    councilman councilwoman counsel counselor counterpart critic cousin daughter defendant delegate democrat deputy designer
    detective developer diplomat director doctor donor driver economist editor employee engineer envoy executive expert
    father fan farmer father-in-law fellow filmmaker firefighter firebrand founder friend front-runner frontrunner general
    girlfriend governor graduate guest guide guitarist head historian host husband independent insider inspector instructor
    investigator investor jailer journalist judge jurist justice king lawmaker lawyer leader legislator legend
    lieutenant listener lobbyist magnate magistrate man manager mayor member millionaire minister mogul moderator mom mother mp
    musician narrator nephew neighbor neighbour nominee nurse officer official officials operative operator opponent organizer organiser
    owner parent participant partner pastor patient physician pilot planner player politician pollster pope premier
    president presidents priest prince princess principal producer professor programmer prosecutor protester psychologist
    publisher pundit queen questioner rabbi rapper reporter representative republican researcher resident retiree reverend
    rival scholar scientist secretary senator sergeant sheriff singer sister socialist soldier son source speaker
    spokesman spokesperson spokeswoman spokesmen spokespeople staffer star statesman strategist student superintendent supporter
    surrogate surgeon survivor teacher teenager therapist trader treasurer trooper trustee tycoon undersecretary user veteran
    viewer voter vice-president victim volunteer watcher widow wife winner witness woman worker writer youth
    trainer neurosurgeon mayor-elect president-elect hacker filmmaker economist theologian expert teammate striker
    goalkeeper midfielder defender coauthor researcher activist agency team panel organizers""".split()
)
# Bodies that speak as one.
BODY_NOUNS = frozenset(
    """administration agency alliance army association authority authorities bank board body broadcaster bureau cabinet campaign
    caucus center centre chamber channel charity church city club coalition college commission committee company congress
    consortium corporation council court delegation department embassy enterprise federation firm force foundation fund
    government group house institute institution league magazine ministry mission movement nation navy network newspaper
    office organisation organization outlet pac paper parliament party police publisher regime school senate service
    society station studio summit team treasury tribunal union university website""".split()
)
# What a body may be called that has another noun in its name: "the agency" for a Wildlife Service.
KINDS = {
    "agency": frozenset("service bureau office authority department commission".split()),
    "group": frozenset("club association union league coalition society foundation alliance network".split()),
    "organization": frozenset("club association union league coalition society foundation alliance".split()),
    "organisation": frozenset("club association union league coalition society foundation alliance".split()),
    "company": frozenset("firm corporation".split()),
}
# Places and works of people that are named after somebody, and speak for nobody.
PLACE_NOUNS = frozenset(
    """airport avenue bay beach boulevard bridge canal dam expressway freeway gorge harbor harbour highway island islands lake
    mountain mountains ocean parkway peninsula plaza reservoir river road square stadium strait street tower tunnel turnpike
    valley""".split()
)
# Things with words in them, that speak for whoever issued them.
DOCUMENTS = frozenset(
    """statement post tweet letter report email e-mail memo release document message transcript article editorial op-ed ad
    advertisement video book column blog note filing complaint lawsuit resolution petition communique communiqué
    declaration announcement bulletin text affidavit brief ruling opinion decision survey study poll caption headline
    script sign banner poster placard billboard flyer invitation page website release manifesto platform plan indictment
    speech address readout""".split()
)
# Things that have titles.
WORKS = frozenset(
    """song movie film book show series program programme episode album play novel magazine podcast musical documentary game
    memoir autobiography biography comedy drama thriller single painting poem segment special sitcom newsletter""".split()
)
# Nouns for what somebody says: "the minister's claim that ..."
SPEECH_NOUNS = frozenset(
    """claim claims warning warnings words view views comment comments remark remarks statement assertion assertions promise
    promises pledge vow argument contention demand declaration description question answer response tweet tweets line
    suggestion insistence belief prediction proposal phrase slogan message post letter speech allegation allegations
    accusation accusations boast quip joke call conclusion explanation announcement admission acknowledgment complaint
    criticism opinion reply rebuke retort testimony parlance""".split()
)
NAMING_VERBS = frozenset("title entitle name nickname headline bill hold show style list know".split())
CALLING = frozenset("call label describe dub brand deem term characterize characterise".split())


@lru_cache(maxsize=50_000)
def is_role(word: str) -> bool:
    """Say whether a folded word names a person by what they do."""
    return word in ROLE_NOUNS or word.endswith(
        ("person", "woman", "women", "people", "spokesman", "spokesmen", "congressman", "-general", "-elect")
    ) or (word.endswith("s") and word[:-1] in ROLE_NOUNS)  # fmt: skip
