"""What a whole line of page furniture looks like: one row a rule, general forms only, never an outlet's own words.

A rule must match the line from end to end. Each rule has a gate that is cheap to test (the line's first word, a word that
must occur, or a short line), so that running text meets hardly any pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = (
    r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)(?:\s*(?:hrs|hours))?"
    r"(?:\s*[(\[]?[a-z]{1,4}t?[)\]]?)?(?:\s*[+-]\d{1,2}(?::?\d{2})?)?"
)
DAY = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    rf"|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}})"
)
_STAMP = rf"{_WEEKDAY}{DAY}(?:t\d{{2}}:\d{{2}}\S*)?(?:[\s,|·•–-]*(?:at\s+)?{_CLOCK})?"
_STAMP_WORD = (
    r"(?:(?:story\s+)?(?:first\s+|last\s+)?(?:published|posted|updated?|modified|created|date|issued|edited)"
    r"(?:\s+(?:on|at|date))?\s*[:|–-]?\s*)"
)
PLATFORM = (
    r"(?:facebook|twitter|x|instagram|whats\s?app|telegram|youtube|linkedin|pinterest|reddit|threads|tiktok|snapchat|"
    r"flipboard|google\s+news|messenger|tumblr|bluesky|mastodon|koo|signal|wechat|weibo|e-?mail)"
)
_BUTTON = (
    rf"(?:{PLATFORM}|share|tweet|print|save|comments?|copy(?:\s+(?:link|url))?|link|bookmark|listen|sms|more|reply|like|"
    r"follow|subscribe|gift|pin(?:\s+it)?|a[-+]|text\s+size)"
)
AGENCY = (
    r"(?:reuters|ap|afp|pti|ani|ians|uni|epa|upi|dpa|efe|ansa|tass|xinhua|kyodo|jiji|yonhap|anadolu|bloomberg|"
    r"getty(?:\s+images)?|(?:the\s+)?associated\s+press|press\s+association|pa(?:\s+media|\s+wire)?|shutterstock|istock|alamy|"
    r"zuma(?:\s+press)?|rex(?:\s+features)?|file|handout|pool|pixabay|unsplash|wikimedia(?:\s+commons)?|flickr|agencies)"
)
_NAME = r"(?:(?-i:[A-Z])[\w.'’-]*(?:\s+(?:(?:de|da|di|van|von|der|den|la|le|al|bin|el)\s+)*(?-i:[A-Z])[\w.'’-]*){0,4})"
_PHOTO = r"(?:photo(?:graph)?s?|images?|pictures?|pics?|graphics?|illustrations?|credits?)"


class _Rule(NamedTuple):
    kind: str
    why: str
    first: str  # the first words that open such a line; "" for any
    has: str  # substrings of which one must occur, separated by |; "" for any
    pattern: str  # ignoring case


_RULES = (
    _Rule("ad", "advertisement label", "article ad ads advert advertisement advertisements advertising advertorial", "", r"\W*(?:article\s+)?ad(?:vert(?:isements?|ising|orial)?|s)?(?:\s+(?:box|feature|choices|break))?\W*"),
    _Rule("ad", "advertisement label", "sponsored promoted paid", "", r"(?:sponsored|promoted|paid)(?:\s+(?:content|links?|post|stor(?:y|ies)|by\b.{1,60}))?\W*"),
    _Rule("ad", "advertisement label", "publicité anzeige werbung publicidad anuncio pubblicità advertentie reklama reklame reklam annons mainos विज्ञापन 広告", "", r"\W*\w+\W*"),
    _Rule("ad", "story interrupted by an advertisement", "advert advertisement story article content text post report page the continues", "continues", r"\W*(?:advert(?:isement)?\W+)?(?:(?:the\s+)?(?:story|article|content|text|post|report|page)\s+)?continues\s+(?:below|after|under)\b.{0,60}"),
    _Rule("ad", "story interrupted by an advertisement", "advertisement scroll swipe skip click tap", "", r"(?:advertisement\W+)?(?:scroll|swipe|skip|click|tap)\s+(?:down\s+)?(?:this\s+ad|past\s+ads?|advertisement|to\s+(?:continue|skip|read\s+on))\b.{0,40}"),
    _Rule("ad", "story interrupted by an advertisement", "", "continues below", r"(?:[^.!?]{2,40}[-–—|:]\s*)?(?:story|article|text)\s+continues\s+below\W*"),
    _Rule("ad", "story interrupted by an advertisement", "continue", "", r"\W*continue\s+reading(?:\s+(?:the\s+main\s+story|below|after).{0,40})?\W*"),
    _Rule("aggregator_junk", "link to the page itself", "read view see continue show", "", r"\W*(?:read|view|see|continue\s+reading|show)\s+(?:the\s+)?(?:entire|full|complete|whole|original|rest\s+of\s+(?:the|this)|source)\s+(?:article|story|post|report|news|item|text)?(?:\s+(?:here|at|on)\b.{0,60})?\W*"),
    _Rule("related_heading", "link to other stories", "read see", ":", r"\W*(?:read|see)\s+(?:more|also|next)\s*:"),
    _Rule("aggregator_junk", "link to the page itself", "read show load see view", "", r"\W*(?:read|show|load|see|view)\s+(?:more|less|all)(?:\s+(?:here|stories|comments|articles|news|posts))?\W*"),
    _Rule("share", "share buttons", "share", "", r"share\s+(?:this|on|via|with|to|article|story|post)\b(?:\s+\S+){0,6}?\W*"),
    _Rule("social_follow", "invitation to follow", "please follow like find join connect subscribe check", "", rf"\W*(?:please\s+)?(?:follow|like|find|join|connect\s+with|subscribe\s+to|check\s+out)\s+(?:us|our|the)\b.{{0,120}}\b(?:{PLATFORM}|channel|page|newsletters?|group|app|community|updates)\b.{{0,80}}"),
    _Rule("social_follow", "invitation to follow", "follow subscribe", "", r"\W*(?:follow|subscribe)(?:\s+(?:us|now|more|here))?\W*"),
    _Rule("social_follow", "invitation to follow", "follow", "", rf"\W*follow\s+(?:{_NAME}|@\w+|the\s+author|more|all)\b.{{0,60}}(?:\bon\s+{PLATFORM}\b|@\w+|#\w+|\bupdates?\b).{{0,100}}"),
    _Rule("social_follow", "invitation to follow", "to stay keep get click", "", r"\W*(?:(?:to\s+)?(?:stay|keep|get)\s+(?:updated|tuned|connected|informed|up[\s-]to[\s-]date|in\s+touch)\b.{0,200}|click\s+here\b.{0,160})"),
    _Rule("social_follow", "invitation to follow", "for", "", r"\W*for\s+(?:more|all\s+the|the\s+latest|breaking|latest)\b.{0,100}\b(?:follow|visit|download|subscribe|click|join|sign\s+up|log\s+on|check\s+out)\b.{0,120}"),
    _Rule("social_follow", "invitation to follow", "to", "", r"\W*to\s+(?:get|receive|read|watch|follow|subscribe|join)\b.{0,100}\b(?:click|tap|subscribe|join\s+us|sign\s+up|follow\s+us)\b.{0,80}"),
    _Rule("social_follow", "invitation to follow", "download get add catch read watch", "", r"\W*(?:(?:download|get)\s+(?:the|our)\s+.{0,60}\bapp\b.{0,120}|add\s+.{2,40}\s+as\s+(?:a|your)\s+(?:preferred|trusted)\s+source\b.{0,60}|(?:catch|get|read|watch)\s+(?:all\s+)?(?:the\s+)?(?:latest|breaking|live)\s+.{0,60}\b(?:news|updates|videos)\b.{0,160}|(?:catch|get|read|watch)\s+all\s+the\b.{0,60}\bnews\b.{0,160})"),
    _Rule("newsletter", "invitation to subscribe", "please sign register subscribe", "", r"\W*(?:please\s+)?(?:sign\s+up|register|subscribe)\s+(?:for|to|here|now|today|and)\b(?:(?!\.\s+[A-Z]).){0,240}"),
    _Rule("newsletter", "invitation to subscribe", "get receive enter already unlock this", "", r"\W*(?:(?:get|receive)\s+(?:all\s+)?(?:the|our|your|a|daily|breaking|more|free|weekly)\b.{0,160}\b(?:inbox|newsletters?|e-?mail\s+alerts?|notifications)\b.{0,80}|enter\s+your\s+e-?mail.{0,80}|already\s+a\s+subscriber\b.{0,60}|unlock\s+.{0,40}(?:access|stories).{0,60}|this\s+(?:article|story|content)\s+is\s+(?:exclusively\s+)?(?:for|available\s+to)\s+(?:our\s+)?subscribers.{0,40})"),
    _Rule("newsletter", "appeal for support", "please support donate contribute become join", "", r"\W*(?:(?:please\s+)?(?:support|donate\s+to|contribute\s+to)\s+(?:us\b|our\s+(?:journalism|work|reporting|newsroom)|independent\s+(?:journalism|media)).{0,240}|(?:become\s+a|join\s+as\s+a)\s+(?:member|supporter|patron).{0,120}|donate(?:\s+now)?\W*)"),
    _Rule("photo_caption", "picture caption with its credit", "", "©", rf"\W*©\s*(?:provided\s+by|press\s+release|other|{AGENCY})\b(?!.*\b(?:\d{{4}}|rights)\b)\W*\S+\s+\S+\s+\S+.{{0,300}}|\W*©\s*provided\s+by\b.{{0,300}}"),
    _Rule("copyright", "copyright notice", "", "©|(c)|copyright", r"(?:.{0,120}(?:(?<!\w)©|\(c\)\s*(?=\d{4})|\bcopyright\s*(?:©|\(c\)|\d{4}|:\s|by\b)).{0,200})"),
    _Rule("copyright", "copyright notice", "", "reserved|not be ", r".{0,240}\ball\s+rights\s+(?:are\s+)?reserved\b.{0,160}|.{0,120}\b(?:may|can|must)\s?not\s+be\s+(?:published|reproduced|republished|redistributed|reprinted).{0,240}"),
    _Rule("metadata_date", "time stamp", "story first last published posted update updated modified created date issued edited", "", rf"\W*{_STAMP_WORD}(?:{_CLOCK}[\s,|·–-]*)?(?:{_STAMP}|{_WEEKDAY}(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH}|today|yesterday)\b)(?:\W*{_STAMP_WORD}?{_STAMP})?.{{0,40}}"),
    _Rule("byline", "who wrote it", "by written reported posted edited compiled published authored curated updated produced story report text words analysis opinion", "by ", rf"\W*(?:(?:written|reported|posted|edited|compiled|published|authored|curated|updated|produced|story|report|text|words|analysis|opinion)\s+)?by\s*:?\s+{_NAME}(?:\s*(?:,|&|\band\b|\|)\s*{_NAME})*(?:\s*[,|/·•–—-]\s*.{{0,80}})?"),
    _Rule("byline", "who wrote it", "author writer reporter correspondent written editor source agency edited published reported curated", ":|", r"(?:author|writer|reporter|correspondent|written\s+by|editor|source|agency|edited\s+by|published\s+by|reported\s+by|curated\s+by)\s*[:|]\s*.{2,80}"),
    _Rule("byline", "who wrote it", "", "writer|correspondent|reporter|editor|bureau|columnist|service|desk", rf"{_NAME}\s*[,|]\s*(?:(?-i:[A-Z])[\w.&'’-]*\s+){{0,4}}(?:staff\s+(?:writer|reporter)|correspondent|reporter|editor|bureau|columnist|news\s+service|news\s+desk|web\s+desk)(?:\s*[|,·•-]\s*.{{0,60}})?"),
    _Rule("byline", "who wrote it", "", "desk|bureau|staff|correspondent|press trust|agencies|service", r"(?:(?:\w+\s+)?(?:web|news|online|digital|sports|business|city|national|special)\s+(?:desk|bureau|staff|team)|staff\s+(?:reporter|writer|correspondent)|our\s+(?:special\s+)?(?:correspondent|bureau)|special\s+correspondent|(?:(?-i:[A-Z])\w*\s+){1,2}(?:news\s+service|correspondent|bureau|web\s?desk|newsdesk)|press\s+trust\s+of\s+india|agencies)\W*"),
    _Rule("credit_line", "who contributed", "additional reporting writing editing compiled produced graphic graphics translated translation", " by ", r"\W*(?:additional\s+)?(?:reporting|writing|editing|compiled|produced|graphics?|translat(?:ed|ion))\s+(?:and\s+(?:writing|editing|reporting)\s+)?by\b.{3,240}"),
    _Rule("credit_line", "who contributed", "", "contributed|reported from", rf"{_NAME}(?:(?:,|\s+and|\s+in\s+(?-i:[A-Z])\w+)+\s+{_NAME}){{0,6}}\s+(?:also\s+)?(?:contributed(?:\s+to\s+this|\s+reporting|\s+from)|reported\s+from)\b.{{0,120}}|.{{3,200}}\bcontributed\s+(?:reporting\s+)?(?:to|for)\s+(?:this|the)\s+(?:report|story|article)\W*"),
    _Rule("credit_line", "who contributed", "with source sources via input inputs", "", r"\W*(?:with\s+(?:additional\s+)?(?:inputs?|reporting)\s+(?:from|by)\b.{2,120}|with\s+agency\s+inputs\W*|(?:sources?|via|inputs?)\s*:\s*.{2,60})"),
    _Rule("credit_line", "where it came from", "except this only", "", r"\W*(?:except\s+for\s+the\s+headline|only\s+the\s+headline|this\s+(?:story|article|report|post|piece|copy)\s+(?:has\s+(?:not\s+)?been|is|was)\s+(?:(?:originally|first|also|auto[\w-]*|not)\s+)*(?:edited|published|generated|appeared|produced|taken|syndicated|sourced|republished|posted)\b).{0,260}"),
    _Rule("credit_line", "where it came from", "this originally first read disclaimer the views", "", r"\W*(?:this\s+(?:story|article|report|post|piece)\s+(?:originally|first)\s+(?:appeared|published|ran)|(?:originally|first)\s+(?:published|appeared)|read\s+the\s+original)\b.{0,160}|\W*disclaimer\s*:.{0,400}|\W*(?:the\s+)?views\s+(?:expressed|and\s+opinions)\b.{0,200}\b(?:author|writer|personal|own)\b.{0,160}"),
    _Rule("credit_line", "where it came from", "", "with permission", r"\W*(?:(?:this\s+)?(?:article|story|post|column)\s+)?(?:was\s+|is\s+)?(?:re)?-?(?:posted|published|printed)\s+with\s+(?:the\s+)?(?:kind\s+)?permission\b.{0,120}"),
    _Rule("photo_caption", "picture credit", "file representational representative stock photo photograph photos image images picture pictures pic pics graphic graphics illustration illustrations credit credits video photographs", "", rf"\W*(?:(?:file|representational|representative|stock)\s+)?(?:{_PHOTO}|video)(?:\s+(?:credits?|source|courtesy|caption|by|for\s+representation(?:al\s+purposes?)?|used\s+for\s+representation(?:al\s+purposes?)?|via))*\s*[:|/@–-]\s*.{{2,200}}|\W*(?:file|representational|representative)\s+{_PHOTO}\W*|\W*{_PHOTO}\s+(?:by|courtesy(?:\s+of)?|via|from)\s+.{{2,80}}"),
    _Rule("related", "link to other stories", "also read see watch listen related don must recommended more explained in video live lire à lesen mehr lea leer leggi lees leia", "", r"\W*(?:also\s+(?:read|see|watch)|(?:read|see|watch|listen)\s+also|read(?:\s+(?:more|next|here|this))?|related(?:\s+(?:stor(?:y|ies)|news|articles?|coverage))?|don['’]?t\s+miss|must\s+(?:read|see)|recommended|more\s+(?:on\s+this|from\s+.{2,40})|watch(?:\s+(?:video|now|live|here|this))?|explained|in\s+(?:pictures|photos)|video|live\s+updates|(?:à\s+)?lire\s+aussi|(?:lesen\s+sie|mehr)\s+(?:auch|zum\s+thema)|lea\s+también|leer\s+también|leggi\s+anche|lees\s+ook|leia\s+também)\s*(?:[:|–—>»-]+|\.{3}|…)\s*.{3,260}"),
    _Rule("related_heading", "link to other stories", "related recommended trending top latest more popular other featured similar you most also read from what up", "", r"\W*(?:related|recommended|trending|top|latest|more|popular|other|featured|similar)\s+(?:stories|articles|news|topics|content|coverage|links|posts|videos|reading|now|headlines|for\s+you)\W*|\W*(?:you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested\s+in)|most\s+(?:read|popular|viewed|shared|commented)|also\s+(?:read|in\s+(?:the\s+)?news)|read\s+(?:also|next)|from\s+(?:around\s+)?the\s+web|what\s+to\s+read\s+next|up\s+next|more\s+on\s+this(?:\s+(?:story|topic))?|more\s+from\s+(?-i:[A-Z])[\w .&'’-]{2,40})\W*"),
    _Rule("tags", "list of tags", "this article story tag tags keyword keywords category categories filed label labels hashtag hashtags posted topic topics in related read", ":|", r"\W*(?:(?:this\s+)?(?:article|story)\s+(?:is\s+)?tagged(?:\s+(?:under|with|as))?|tags?|keywords?|categor(?:y|ies)|filed\s+(?:under|in)|labels?|hashtags?|posted\s+in|topics?(?:\s+(?:mentioned|in\s+this\s+(?:article|story)))?|in\s+this\s+(?:article|story)|related\s+(?:topics|tags)|read\s+more\s+(?:on|about))\s*[:|](?:(?!\.\s+[A-Z]).){2,300}"),
    _Rule("tags_heading", "list of tags", "tags topics keywords filed", "", r"\W*(?:tags|topics|keywords|filed\s+under|topics?\s+mentioned)\W*"),
    _Rule("tags", "list of tags", "", "#", r"(?:#\w+[\s,|]*)+"),
    _Rule("contact", "how to reach the author", "", "reached|contact|follow|email|e-mail", rf"\W*(?:(?:the\s+)?(?:author|writer|reporter|columnist)\s+(?:can\s+be|may\s+be)|(?:he|she|they|you)\s+can|{_NAME}\s+(?:can\s+be|may\s+be))\s+(?:reached|contacted|followed|reach|contact|follow|e-?mail)\b.{{0,200}}"),
    _Rule("contact", "how to reach the author", "email e write contact reach follow tweet twitter tel phone", "@|:", rf"\W*(?:e-?mail|write\s+to|contact|reach|follow|tweet)\s+(?:(?:him|her|them|me|the\s+(?:author|writer|reporter|editor))\b|{_NAME}\s+(?:at|on)\b|@\w+).{{0,160}}|\W*(?:e-?mail|twitter|tel|phone|contact)\s*:\s*\S.{{0,80}}"),
    _Rule("contact", "how to reach the newsroom", "do have got know", "@", r"[^.!?]{5,100}\?\s*(?:please\s+)?(?:e-?mail|contact|call|write|get\s+in\s+touch|send)\b.{0,160}"),
    _Rule("contact", "how to reach the author", "", "@", r"\W*[\w.+-]+@[\w-]+\.[\w.-]+\W*"),
    _Rule("credit_line", "address of a page", "http https www", "", r"\W*(?:https?://|www\.)\S+\W*"),
)  # fmt: skip
# Tried on short lines whatever they open with.
_SHORT = (
    _Rule("aggregator_junk", "age of the page", "", "", r"(?:[^.!?]{2,40}\s[•·|]\s*)?(?:(?:published|updated|posted|last\s+updated?)\s*:?\s*)?(?:\d+|an?|one|a\s+few)\s+(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\s+ago(?:[\s|·•,-]+(?:\d+|\d+\s*min(?:ute)?s?\s+read))?\W*"),
    _Rule("aggregator_junk", "reading time", "", "", r"(?:reading\s+time\s*:?\s*)?\d{1,3}[\s-]*min(?:ute)?s?[\s-]+read\W*|reading\s+time\s*:?\s*\d{1,3}\s*min(?:ute)?s?\W*"),
    _Rule("aggregator_junk", "counter", "", "", r"\d[\d.,]*\s*[km]?\s+(?:shares?|comments?|views?|likes?|retweets?|reactions?|reads|replies|votes?|followers)(?:\W+\d[\d.,]*\s*[km]?\s+(?:shares?|comments?|views?|likes?))*\W*"),
    _Rule("aggregator_junk", "page control", "", "", r"\W*(?:(?:leave|post|add|write|view|show|hide|be\s+the\s+first\s+to)\s+(?:a\s+|your\s+|all\s+)?comments?|comments?\s*\(\d+\)|log\s?in|sign\s?(?:in|up)|register|home|menu|search|close|back\s+to\s+top|skip\s+to\s+(?:main\s+)?content|next|previous|loading|play\s+video|listen\s+to\s+(?:this\s+)?(?:article|story)|text\s+to\s+speech|translate|cookie\s+(?:policy|settings)|privacy\s+policy|terms\s+(?:of\s+(?:use|service)|and\s+conditions)|text\s+size.{0,20}|font\s+size.{0,20}|\d{1,2}:\d{2}\s*/\s*\d{1,2}:\d{2})\W*"),
    _Rule("separator", "line between parts of the page", "", "", r"(?:[-–—*_=#~•.]\s*){3,}|-\s*30\s*-|-*\W*ends\W*"),
    _Rule("share", "share buttons", "", "", rf"(?:\d[\d.,]*[km]?\s+shares?\s+)?(?:{_BUTTON}(?:\s*\(?\d[\d.,]*[km]?\)?)?[\s|/,·•:-]+)+(?:{_BUTTON}|\d[\d.,]*[km]?)\W*|share|tweet|print|comments?|facebook|twitter|instagram|whats\s?app|telegram|youtube|linkedin|google\s+news|copy\s+link"),
    _Rule("metadata_date", "time stamp", "", "", rf"\W*{_STAMP}(?:\s*[|/·•,;–-]*\s*(?:{_STAMP_WORD}{_STAMP}|{_STAMP}))?(?:\s*[|·•–-]\s*.{{0,40}})?\W*"),
    _Rule("photo_caption", "picture credit", "", "", rf"\W*(?:{_NAME}\s*[/|,–-]\s*)?{AGENCY}(?:\s*[/|,–-]\s*(?:{AGENCY}|{_NAME}))*\s*{_PHOTO}?\W*(?:\d{{4}})?"),
    _Rule("newsletter", "invitation to subscribe", "", "", r".{0,40}\b(?:free|daily|weekly|morning|our|the)\s+newsletter\W*"),
)  # fmt: skip

LONGEST_LINE = 600
_SHORT_LINE = 100
_FIRST_WORD = re.compile(r"\W*(\w+)")
# A credit at the end of a caption.
_CAPTION_END = re.compile(
    rf"\(\s*(?P<inner>[^()]{{2,120}})\s*\)\W*$|\[\s*(?P<square>[^\[\]]{{2,60}}/\s*{AGENCY}[^\[\]]{{0,20}})\]\W*$"
    rf"|\s[|]\s*{_PHOTO}[^|]{{0,100}}$|[\s.]{_PHOTO}\s*(?:credits?|source|courtesy)?\s*:\s*[^:]{{2,80}}$"
    r"|[\s.][^\s/]+\s+[^\s/]+/\s*(?:getty\s+images|reuters|afp|ap|epa|pti)(?:\s+via\s+.{2,40})?\W*$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    rf"(?:[\w.@’' -]+[/|,:–-]\s*)*{AGENCY}(?:\s*[/|,:–-]\s*[\w.@’' -]+)*|.{{0,60}}\b(?:file\s+)?(?:{_PHOTO}|video\s+grab|screengrab|screenshot)\b.{{0,60}}"
    r"|.{0,20}\b(?:via|courtesy)\b.{1,60}|@\w+(?:/\w+)?",
    re.IGNORECASE,
)
_AGENCY_ALONE = re.compile(AGENCY, re.IGNORECASE)
_NO_CREDIT = re.compile(
    r"\b(?:is|was|were|are|that|which|who|he|she|they|had|has|have|said|will|would|not)\b", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _compiled() -> tuple[
    dict[str, list[int]], list[tuple[tuple[str, ...], int]], list[re.Pattern[str]], re.Pattern[str]
]:
    by_first: dict[str, list[int]] = {}
    by_part: list[tuple[tuple[str, ...], int]] = []
    patterns = [re.compile(rule.pattern, re.IGNORECASE | re.DOTALL) for rule in _RULES]
    for i, rule in enumerate(_RULES):
        if rule.first:
            for word in rule.first.split():
                by_first.setdefault(word, []).append(i)
        else:
            by_part.append((tuple(rule.has.split("|")), i))
    short = re.compile("|".join(f"(?P<r{i}>{rule.pattern})" for i, rule in enumerate(_SHORT)), re.IGNORECASE)
    return by_first, by_part, patterns, short


@lru_cache(maxsize=1)
def _parts() -> list[tuple[str, bytes]]:
    parts = dict.fromkeys(part for part_list, _ in _compiled()[1] for part in part_list)
    return [(part, part.encode()) for part in parts]


_LINE_OF_SEVERAL = 200  # characters
_SENTENCES = re.compile(r"(?<=[.!])\s+(?=[A-Z])")  # a question stays with its answer: "A subscriber? Log in"


def line_matcher(page: str) -> Callable[[str], tuple[str, str] | None]:
    """Return a function that names the (kind, reason) of a line that is page furniture by its form alone, or None.

    Args:
        page: the whole text; rules whose telling words do not occur in it are not tried on its lines.
    """
    by_first, by_part, patterns, short = _compiled()
    low_page = page.lower().encode("utf-8", "replace")  # bytes are searched several times as fast
    occurs = {part: code in low_page for part, code in _parts()}
    here = [(found, i) for parts, i in by_part if (found := [part for part in parts if occurs[part]])]

    def match(line: str) -> tuple[str, str] | None:
        found = alone(line)
        if found is None and len(line) <= _LINE_OF_SEVERAL and len(pieces := _SENTENCES.split(line)) > 1:
            # "Subscribe now for access. Already a subscriber? Log in": furniture if each sentence of it is
            each = [alone(piece) for piece in pieces]
            found = each[0] if None not in each else None
        return found

    def alone(line: str) -> tuple[str, str] | None:
        low = line.lower()
        m = _FIRST_WORD.match(low)
        for i in by_first.get(m[1], ()) if m else ():
            has = _RULES[i].has
            if (not has or any(part in low for part in has.split("|"))) and patterns[i].fullmatch(line):
                return _RULES[i].kind, _RULES[i].why
        for parts, i in here:
            for part in parts:
                if part in low:
                    if patterns[i].fullmatch(line):
                        return _RULES[i].kind, _RULES[i].why
                    break
        if len(line) <= _SHORT_LINE:
            m = short.fullmatch(line)
            if m and m.lastgroup:
                rule = _SHORT[int(m.lastgroup[1:])]
                return rule.kind, rule.why
        return ("photo_caption", "picture caption with its credit") if _is_caption(line) else None

    return match


def _is_caption(line: str) -> bool:
    if not 8 <= len(line) <= 500:
        return False
    if line[-1] not in ")]" and "|" not in line and "/" not in line and ":" not in line[-90:]:
        return False
    m = _CAPTION_END.search(line, max(0, len(line) - 170))
    if not m or 0 < m.start() < 10:
        return False
    inner = m["inner"]
    if inner is None:
        return True
    if _AGENCY_ALONE.fullmatch(inner) and line[: m.start()].rstrip()[-1:] in '.!?"”’':
        return False  # a sentence with the agency's name after it is the end of a story
    return len(inner.split()) <= 12 and bool(_CREDIT.fullmatch(inner)) and not _NO_CREDIT.search(inner)


# A stop that belongs to the last word and ends no sentence.
_SHORT_FORM = re.compile(r"(?:\b(?:[A-Za-z]\.){2,}|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Sen|Rep|Gov|Dept)\.)$")


def headline_with_short_form(line: str) -> bool:
    """Whether a line ends with the stop of a short form, and its longer words begin with a capital as in headlines."""
    longer = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 4]
    capitals = sum(word[0].isupper() for word in longer)
    return bool(_SHORT_FORM.search(line)) and len(longer) > 2 and capitals >= 0.8 * len(longer)
