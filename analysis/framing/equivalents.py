"""General English word lists: words that news writers use for each other. Written for this project."""

from __future__ import annotations

from functools import lru_cache

from analysis.text import stem

NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty""".split()
    )
    if value > 2  # "the two sides", "one of": no figures
} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000",
    "trillion": "1000000000000",
}  # fmt: skip

_MONTHS = "january february march april may june july august september october november december".split()
MONTHS = (
    {name: f"#{name[:3]}" for name in _MONTHS}
    | {name[:3]: f"#{name[:3]}" for name in _MONTHS}
    | {"sept": "#sep"}
)
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = {name: f"@{name[:3]}" for name in _WEEKDAYS}

# country, its people and adjective, short forms
_COUNTRIES = """
afghanistan afghan afghans / albania albanian albanians / algeria algerian algerians / argentina argentine argentinian /
armenia armenian armenians / australia australian australians aussie / austria austrian austrians /
azerbaijan azerbaijani azeri / bangladesh bangladeshi bangladeshis / belarus belarusian belarusians /
belgium belgian belgians / brazil brazilian brazilians / britain british briton britons uk / bulgaria bulgarian bulgarians /
cambodia cambodian cambodians / canada canadian canadians / chile chilean chileans / china chinese beijing /
colombia colombian colombians / croatia croatian croatians / cuba cuban cubans / cyprus cypriot cypriots /
czechia czech czechs / denmark danish dane danes / egypt egyptian egyptians / england english / estonia estonian estonians /
ethiopia ethiopian ethiopians / europe european europeans / finland finnish finn finns / france french /
georgia georgian georgians / germany german germans / ghana ghanaian ghanaians / greece greek greeks /
hungary hungarian hungarians / iceland icelandic / india indian indians / indonesia indonesian indonesians /
iran iranian iranians / iraq iraqi iraqis / ireland irish / israel israeli israelis / italy italian italians /
jamaica jamaican jamaicans / japan japanese / jordan jordanian jordanians / kazakhstan kazakh kazakhs /
kenya kenyan kenyans / kuwait kuwaiti kuwaitis / laos laotian / latvia latvian latvians / lebanon lebanese /
libya libyan libyans / lithuania lithuanian lithuanians / malaysia malaysian malaysians / mali malian / mexico mexican mexicans /
mongolia mongolian / morocco moroccan moroccans / myanmar burma burmese / nepal nepali nepalese / netherlands dutch holland /
nigeria nigerian nigerians / norway norwegian norwegians / pakistan pakistani pakistanis /
palestine palestinian palestinians / peru peruvian peruvians / philippines philippine filipino filipinos / poland polish pole poles /
portugal portuguese / qatar qatari qataris / romania romanian romanians / russia russian russians kremlin moscow / rwanda rwandan /
scotland scottish scots / serbia serbian serbs / singapore singaporean / slovakia slovak slovaks / slovenia slovenian /
somalia somali somalis / spain spanish spaniard spaniards / sudan sudanese / sweden swedish swede swedes /
switzerland swiss / syria syrian syrians / taiwan taiwanese / thailand thai thais / tunisia tunisian tunisians /
turkey turkish turks turkiye / uganda ugandan ugandans / ukraine ukrainian ukrainians / us usa america american americans /
venezuela venezuelan venezuelans / vietnam vietnamese / wales welsh / yemen yemeni yemenis / zimbabwe zimbabwean /
africa african africans / asia asian asians / un / eu
"""
COUNTRIES = {
    name: f"~{group.split()[0]}" for group in _COUNTRIES.split("/") if group.split() for name in group.split()
}

_GROUPS = """
launch begin began begun start commence / end finish conclude complete / die dead death kill killed fatal fatally / murder slay slaying /
meet meeting met talks / discuss discussion deliberate deliberation talk / agree agreement deal pact / buy purchase acquire /
sell sold sale / win won victory / lose lost loss / injure injury wound hurt / arrest detain detention / blast explosion explode /
fire blaze / attack assault / hold held host / give gave given grant / build built construct construction / leave left /
resign resignation / child children kid kids / doctor physician / car vehicle / firm company /
plane aircraft jet / wife spouse / mother mom mum / father dad / grow growth grew rise rose risen increase surge climb /
fall fell fallen drop decrease / ban forbid prohibit / help aid assist assistance assistance / show reveal / view opinion perspective /
accuse allege allegation accusation / court tribunal / lawyer attorney / crash collide collision / study research /
speak spoke spoken speech remark / visit trip / find found discover / try attempt / announce announcement declare / choose chose chosen select /
money fund cash / big large huge / world global international / reduce cut lower / defence defense / strengthen deepen boost enhance bolster /
convene set hold / ensure guarantee / beat defeat / marry married wedding marriage / pregnant pregnancy / teach taught teacher /
pay paid payment / send sent / steal stole stolen theft / shoot shot shooting gunfire / run ran / write wrote written / fly flew flight /
drive drove driver / think thought believe belief / break broke broken / choose chose / fight fought / film movie / match game /
ill illness sick sickness disease / warn warning / thank thanks / trade commerce / student pupil / centre center / labour labor /
programme program / organise organize / famous celebrated
"""


@lru_cache(maxsize=1)
def groups() -> dict[str, str]:
    """Return the stem of every word of a group -> the stem that stands for the group."""
    table: dict[str, str] = {}
    for group in _GROUPS.split("/"):
        members = list(dict.fromkeys(stem(word) for word in group.split()))
        for member in members:
            table.setdefault(member, members[0])
    return table


# offices and forms of address with their short forms
TITLES = {
    "pm": "premier", "fm": "fm", "sen": "senat", "gov": "governor", "rep": "repres", "mps": "mp",
}  # fmt: skip


def spellings(key: str) -> list[str]:
    """List the words of the tables above that have this key, for a reader who asks what was searched for."""
    return _spellings().get(key, [])


@lru_cache(maxsize=1)
def _spellings() -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for table in (NUMBER_WORDS, MONTHS, WEEKDAYS, COUNTRIES, TITLES):
        for word, key in table.items():
            out.setdefault(key, []).append(word)
    for group in _GROUPS.split("/"):
        for word in group.split():
            listed = out.setdefault(groups()[stem(word)], [])
            if word not in listed:
                listed.append(word)
    return out
