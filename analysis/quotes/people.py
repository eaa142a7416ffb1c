"""General knowledge about people and countries: given names by gender, nationalities, seats of power.

Written for this project; used to tell persons from places and he from she, never to decide who somebody is.
"""

from __future__ import annotations

MALE_NAMES = frozenset(
    """aaron abdul abdullah abraham adam adrian ahmed ajay ajit akira al alan albert alberto alejandro alex alexander alexei alfred
    ali allan allen alonso amit amitabh anand andre andreas andrei andres andrew andy angelo anil anthony antonio antony anwar
    arjun arnold arthur arun arvind ashok ashraf atul barack barry bart ben benjamin bernard bernie bert bill billy bob bobby boris
    brad bradley brandon brendan brent brett brian bruce bruno bryan byron calvin carl carlos cesar charles charlie chester
    chris christian christopher chuck claude clarence clark claudio clay clifford clint clive colin conrad corey craig curt curtis cyril cyrus
    dale damian dan daniel danny darrell darren daryl dave david dean deepak denis dennis derek desmond devendra dick diego dilip
    dimitri dinesh dirk dmitri dmitry dominic don donald doug douglas duncan dustin dwayne dwight earl ed eddie edgar edmund
    eduardo edward edwin elias elijah elliot emil emmanuel enrique eric erik ernest ernesto eugene evan fabio farid felipe felix
    fernando floyd francesco francis francisco francois frank franklin franz fred frederick friedrich fumio gabriel ganesh gareth
    garry gary gavin gene geoff geoffrey george gerald gerard gianni gilbert giorgio giovanni giuseppe glen glenn gordon graham
    greg gregory guido guillermo gustavo guy hamid harold harry harsh harvey hassan heath hector heinz henri henrik henry herbert
    herman hideo hiroshi hiro horst howard hubert hugh hugo hussein ian ibrahim igor ira irving isaac ismail ivan ivo jack jackson
    jacob jacques jagdish jaime jake jamal james jamie jan jared jason javier jay jean jeb jeff jefferson jeffrey jens jeremy
    jerome jerry jesse jesus jim jimmy joachim joao joe joel joey johan johannes john johnny jon jonah jonas jonathan jordan jorge jose
    josef joseph josh joshua juan julian julio jun junichi justin kamal kapil karan karl kazuo keiichi keith ken kenneth kenji kent
    kevin khalid kim klaus konrad kumar kurt kyle lance larry lars laurent lawrence lee len leo leon leonard leopold leroy leslie
    lester lewis liam lionel lloyd louis luca lucas luigi luis luke madhav mahesh mahmoud makoto malcolm manfred manish manmohan
    manoj manuel marc marcel marco marcos marcus mario mark markus marshall martin marty marvin mason mathew matt matteo matthew
    maurice mauricio max maximilian maxwell mehdi mehmet melvin michael michel miguel mikael mike mikhail milton mitch mitt
    mohamed mohammad mohammed mohan morgan morris moses mukesh muhammad mustafa narendra nasser nathan nathaniel navin neil
    nelson nestor nicholas nick nicolas nigel niklas nikhil nikolai nitin noah noel norman oleg oliver omar orlando oscar osman
    otto owen pablo pankaj paolo pascal patrick paul pavel pedro percy perry peter phil philip philippe phillip pierre piotr prakash
    pramod pranab prasad qasim quentin rafael raghav rahul raj rajat rajesh rajiv rajnath rakesh ralph ram raman ramesh ramon ranbir randall randhir
    randy ravi ray raymond reed reggie reid reinhard rene reuben rex ricardo richard rick ricky rob robert roberto robin rod
    rodney rodrigo roger rohan roland rolf roman ron ronald ronnie ross roy ruben rudolf rudy rupert russ russell ryan sachin
    said salman sam samir samuel sandeep sanjay sanjiv santiago satish satoshi saul scott sean sebastian serge sergei sergey sergio
    seth shane shankar sharad shaun shawn shinzo shigeru shivraj sid sidney siegfried simon spencer stan stanley stefan stephan stephen steve
    steven stewart stuart subrahmanyam sudhir sunil suresh syed taro takashi takeshi tariq ted terence terrence terry thaddeus theo
    theodore thomas tim timothy toby todd tom tommy tony toshihiro toshimitsu travis trevor troy tyler umar uwe vernon victor vijay vikram
    vincent vinod viktor vivek vladimir wade wallace walter warren wayne wei werner wesley wilbur wilfred will willem william
    willie winston wolfgang xavier xi yasser yoshihide yoshihiko yoshiro yuri yusuf zach zachary zhang alec anders asif
    benny blake brock bryce cameron carter casey chad chandra chase clement cody cole connor dana darius dawson deval dexter duane
    dylan eli elon emeka erick eugenio ferdinand gabe garrett gonzalo grant hakeem hank harrison hillel hunter jaap jalen jamil
    jermaine keiran kieran kirk kobe kofi kwame lamar landon levi logan lorenzo mack marlon merrick mick micheal mickey monty moshe
    naftali newt ned olaf ollie osvaldo otis parker pat pete preston quincy ragnar raoul raul reince rhys rohit roderick rolando
    rowan sajid sergi sheldon sherrod silvio solomon stefano sven tariq thabo tobias ulrich vaclav vince virgil wendell wyatt yair
    yitzhak yves zack zeke""".split()
)
FEMALE_NAMES = frozenset(
    """abigail ada adele adriana agnes aisha alejandra alexandra alexandria alexis alice alicia alina alison allison alyssa amanda
    amber amelia amina amy ana anastasia andrea angela angelica angelina anita anjali ann anna anne annette annie antonia anya
    april archana ariana aruna asha ashley aubrey audrey ayesha barbara beatrice becky belinda benazir bernadette beth bethany betsy
    betty beverly bonnie brenda brianna bridget brigitte brittany camille candace candice carey carla carly carmen carol carole caroline carolyn
    carrie cassandra catherine cathy cecilia celeste celia charlene charlotte chelsea cheryl chiara chloe christina christine
    cindy claire clara clarissa claudia colleen connie constance cora corinne cristina crystal cynthia daisy daniela danielle daphne
    darlene dawn deborah debbie debra deepa deirdre delia delores denise diana diane dolores donna dora doreen doris dorothy edith
    eileen elaine eleanor elena elisa elisabeth elise eliza elizabeth ella ellen eloise elsa emily emma erica erin esther
    ethel eugenia eva eve evelyn faith fatima felicia fiona flora florence frances francesca freda gabriela gabrielle gail
    gayle geneva genevieve georgia georgina geraldine gertrude gina ginger gisela giulia gladys glenda gloria grace greta gretchen
    guadalupe gwen gwendolyn hanna hannah harriet hazel heather heidi helen helena helene helga henrietta hilary hilda hillary
    holly hope huma ida ilana imelda indira inez ingrid irene iris irma isabel isabella isabelle ivanka ivy jacinda jackie jacqueline jan jana jane janet
    janice jasmine jayalalithaa jeanette jeanne jenna jennifer jenny jessica jill jo joan joanna joanne jocelyn jodi josephine joy joyce juanita judith
    judy julia juliana julie juliet june justine kamala karen kate katherine kathleen kathryn kathy katie katrina kavita kay kayla
    kayleigh keiko kelly kelsey kendra kerry kimberly kirsten kirstin kristen kristin kristina kristine lakshmi lana latoya
    laura lauren laurie leah leila lena leona leslie leticia lila lillian lily linda lindsay lindsey lisa liz liza lois lola
    loretta lori lorraine louise lucia lucille lucinda lucy luisa lydia lynn lynne mabel madeleine madeline maggie mahua mamata mandy marcia margaret
    margarita maria mariam marian marianne marie mariko marilyn marina marine marion marissa marjorie marla martha mary maryam
    matilda maureen maxine maya mayawati meena meera megan meghan megyn melania melanie melinda melissa mercedes meredith mia michelle
    mildred minnie miranda miriam molly mona monica monique muriel myra nadia nadine nancy naomi natalia natalie natasha nazir neha
    nicole nicola nikki nina nirmala noor nora noreen norma olga olivia ophelia oprah pamela patricia patsy patty paula pauline
    pearl peggy penelope penny phyllis polly pooja pratibha priscilla priya priyanka rachel ramona rebecca regina renee rhonda rita roberta
    rosa rosalind rose rosemary rosie roxanne ruby ruth sabrina sally samantha samira sandra sandy sara sarah sasha savannah selena
    serena shannon sharon sheena sheila shelby shelley sherry shirley sonia sonya sophia sophie stacey stacy stella stephanie
    sue summer sunita susan susana susanna susanne sushma suzanne sylvia tamara tammy tanya tara tatiana teresa thelma theresa tiffany
    tina tracy trisha ursula usha valentina valerie vanessa vera veronica vicki vicky victoria vidya violet virginia vivian vivien wanda
    wendy whitney wilma winifred yasmin yolanda yoko yoriko yulia yvette yvonne zara zoe elise elissa ilhan jen jennie kellyanne
    kirsten loretta lynda mazie neera nydia rashida sigrid tammie tulsi theresa ayanna carly cokie condoleezza dianne donatella
    emilia felicity gisele hallie katy lara mika mina ronna samia sanna shonda sojourner tawana winnie xochitl zainab""".split()
)

# Country -> the words that point to it.
_COUNTRIES = """Afghanistan: afghan afghans|Algeria: algerian|Argentina: argentine argentinian|Armenia: armenian|Australia: australian
Austria: austrian|Azerbaijan: azerbaijani|Bahrain: bahraini|Bangladesh: bangladeshi|Belarus: belarusian|Belgium: belgian|Bolivia: bolivian
Brazil: brazilian|Britain: british uk u.k|Bulgaria: bulgarian|Cambodia: cambodian|Cameroon: cameroonian|Canada: canadian|Chile: chilean
China: chinese|Colombia: colombian|Croatia: croatian|Cuba: cuban|Cyprus: cypriot|Denmark: danish|Ecuador: ecuadorian|Egypt: egyptian
Estonia: estonian|Ethiopia: ethiopian|Finland: finnish|France: french|Georgia: georgian|Germany: german|Ghana: ghanaian|Greece: greek
Haiti: haitian|Hungary: hungarian|Iceland: icelandic|India: indian|Indonesia: indonesian|Iran: iranian|Iraq: iraqi|Ireland: irish
Israel: israeli|Italy: italian|Jamaica: jamaican|Japan: japanese|Jordan: jordanian|Kazakhstan: kazakh|Kenya: kenyan|Kosovo: kosovar|Kuwait: kuwaiti
Laos: laotian|Latvia: latvian|Lebanon: lebanese|Libya: libyan|Lithuania: lithuanian|Malaysia: malaysian|Mali: malian|Malta: maltese|Mexico: mexican
Moldova: moldovan|Mongolia: mongolian|Morocco: moroccan|Mozambique: mozambican|Myanmar: burmese|Nepal: nepali nepalese|Netherlands: dutch
Nicaragua: nicaraguan|Nigeria: nigerian|Norway: norwegian|Oman: omani|Pakistan: pakistani|Palestine: palestinian|Panama: panamanian
Paraguay: paraguayan|Peru: peruvian|Philippines: philippine filipino|Poland: polish|Portugal: portuguese|Qatar: qatari|Romania: romanian
Russia: russian|Rwanda: rwandan|Senegal: senegalese|Serbia: serbian|Singapore: singaporean|Slovakia: slovak|Slovenia: slovenian|Somalia: somali
Spain: spanish|Sudan: sudanese|Sweden: swedish|Switzerland: swiss|Syria: syrian|Taiwan: taiwanese|Tanzania: tanzanian|Thailand: thai
Tunisia: tunisian|Turkey: turkish|Uganda: ugandan|Ukraine: ukrainian|Uruguay: uruguayan|Venezuela: venezuelan|Vietnam: vietnamese
Yemen: yemeni|Zambia: zambian|Zimbabwe: zimbabwean|Saudi Arabia: saudi|South Africa: south_african|South Korea: south_korean
North Korea: north_korean|Sri Lanka: sri_lankan|New Zealand: new_zealand|United Kingdom: united_kingdom|United States: american us u.s united_states
United Arab Emirates: emirati uae|European Union: european eu"""


def _sides() -> dict[str, str]:
    """Spread the list: every form, and the country itself, to the country."""
    out: dict[str, str] = {}
    for entry in _COUNTRIES.replace("\n", "|").split("|"):
        country, _, forms = entry.partition(": ")
        for form in (country.lower(), *forms.split()):
            out[form.replace("_", " ")] = country
    return out


COUNTRY_OF = _sides()
# Institutions that belong to one country by their very name.
SEATS = {
    "white house": "United States", "state department": "United States", "pentagon": "United States",
    "external affairs": "India", "lok sabha": "India", "rajya sabha": "India", "downing street": "Britain",
    "house of commons": "Britain", "whitehall": "Britain", "kremlin": "Russia", "duma": "Russia", "élysée": "France",
    "elysee": "France", "quai d'orsay": "France", "bundestag": "Germany", "knesset": "Israel", "gaimusho": "Japan",
    "zhongnanhai": "China",
}  # fmt: skip
PARTIES = {
    "republican": "Republican", "republicans": "Republican", "gop": "Republican", "democrat": "Democratic",
    "democrats": "Democratic", "democratic": "Democratic", "bjp": "BJP", "libertarian": "Libertarian", "snp": "SNP",
    "ukip": "UKIP", "likud": "Likud", "tory": "Conservative", "tories": "Conservative",
}  # fmt: skip
# Given names and what they are shortened to, where the short form is no beginning of the long one.
_SHORT_NAMES = """michael mike mick|william bill billy will|robert bob bobby rob|richard dick rick|james jim jimmy|john jack
thomas tom tommy|edward ted ned ed|margaret peggy maggie|elizabeth liz beth betsy betty|katherine kate kathy katie
catherine kate cathy cathie|charles chuck charlie|anthony tony|joseph joe|kenneth ken|andrew drew|henry harry hank
lawrence larry|stephen steve|steven steve|michelle shelly|patricia patty pat|rebecca becky|deborah debbie|barbara barb
susan sue|judith judy|theodore ted|david dave|ronald ron|gerald jerry|jerome jerry|eugene gene|christine chris|antonio tony
alexander alex sandy|frederick fred|peter pete|raymond ray|francis frank"""
NICKNAMES: dict[str, frozenset[str]] = {}
for _entry in _SHORT_NAMES.replace("\n", "|").split("|"):
    _long, *_short = _entry.split()
    NICKNAMES[_long] = NICKNAMES.get(_long, frozenset()) | frozenset(_short)


def gender_of(name: str) -> str:
    """Return "m", "f" or "" for a given name in lower case."""
    male, female = name in MALE_NAMES, name in FEMALE_NAMES
    return "" if male == female else ("m" if male else "f")
