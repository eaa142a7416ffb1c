"""What a whole line of page furniture looks like: one row a rule, general forms only, never an outlet's own words.

A rule must match the line from end to end. The rules are tried as one pattern, so a line costs one match.
"""

from __future__ import annotations

import re
from functools import lru_cache

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)(?:\s*\(?[a-z]{1,4}t?\)?(?:[+-]\d{1,2}(?::?\d{2})?)?)?"
DAY = rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}})"
_STAMP = rf"{_WEEKDAY}{DAY}(?:t\d{{2}}:\d{{2}}\S*)?(?:[\s,|·•–-]*(?:at\s+)?{_CLOCK})?"
_STAMP_WORD = r"(?:(?:first\s+|last\s+)?(?:published|posted|updated|modified|created|date|issued|edited)(?:\s+(?:on|at|date))?\s*[:|–-]?\s*)"
_PLATFORM = (
    r"(?:facebook|twitter|x|instagram|whats\s?app|telegram|youtube|linkedin|pinterest|reddit|threads|tiktok|snapchat|flipboard|"
    r"google\s+news|messenger|tumblr|bluesky|mastodon|koo|signal|wechat|weibo|line|e-?mail)"
)
_BUTTON = rf"(?:{_PLATFORM}|share|tweet|print|save|comments?|copy(?:\s+(?:link|url))?|link|bookmark|listen|sms|more|reply|like|follow|subscribe|gift|pin(?:\s+it)?|a[-+]|text\s+size|\d[\d.,]*[km]?)"
_AGENCY = (
    r"(?:reuters|ap|afp|pti|ani|ians|uni|epa|upi|dpa|efe|ansa|tass|xinhua|kyodo|jiji|yonhap|anadolu|bloomberg|getty(?:\s+images)?|"
    r"associated\s+press|the\s+associated\s+press|press\s+association|pa(?:\s+media|\s+wire)?|shutterstock|istock|alamy|zuma(?:\s+press)?|"
    r"rex(?:\s+features)?|file|handout|pool|pixabay|unsplash|wikimedia(?:\s+commons)?|flickr|agencies|agency)"
)
_NAME = r"(?:(?-i:[A-Z])[\w.'’-]*(?:\s+(?:(?:de|da|di|van|von|der|den|la|le|al|bin|el)\s+)*(?-i:[A-Z])[\w.'’-]*){0,4})"
_PHOTO = r"(?:photo(?:graph)?s?|images?|pictures?|pics?|video|graphic|illustration|credits?)"

# kind, what a reader is told, pattern (ignoring case)
_LINES: tuple[tuple[str, str, str], ...] = (
    ("ad", "advertisement label", r"\W*(?:article\s+)?ad(?:vert(?:isement|ising|orial)?|s)?(?:\s+(?:box|feature|choices|break))?\W*"),
    ("ad", "advertisement label", r"(?:sponsored|promoted|paid)(?:\s+(?:content|links?|post|stor(?:y|ies)|by\b.{1,60}))?\W*"),
    ("ad", "advertisement label", r"publicité|anzeige|werbung|publicidad|anuncio|pubblicità|advertentie|reklam[ae]?|annons|mainos|विज्ञापन|広告"),
    ("ad", "story interrupted by an advertisement", r"\W*(?:advert(?:isement)?\W+)?(?:(?:the\s+)?(?:story|article|content|text|post|report|page)\s+continues|continues)\s+(?:below|after|under)\b.{0,60}"),
    ("ad", "story interrupted by an advertisement", r"(?:advertisement\W+)?(?:scroll|swipe|skip|click|tap)\s+(?:down\s+)?(?:this\s+ad|past\s+ads?|advertisement|to\s+(?:continue|skip|read\s+on))\b.{0,40}"),
    ("ad", "story interrupted by an advertisement", r"\W*continue\s+reading(?:\s+(?:the\s+main\s+story|below|after).{0,40})?\W*"),
    ("aggregator_junk", "age of the page", r"(?:(?:published|updated|posted|last\s+updated?)\s*:?\s*)?(?:\d+|an?|one|a\s+few)\s+(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\s+ago(?:[\s|·•,-]+(?:\d+|\d+\s*min(?:ute)?s?\s+read))?\W*"),
    ("aggregator_junk", "reading time", r"(?:reading\s+time\s*:?\s*)?\d{1,3}[\s-]*min(?:ute)?s?(?:[\s-]+read)?\W*"),
    ("aggregator_junk", "counter", r"\d[\d.,]*\s*[km]?\s+(?:shares?|comments?|views?|likes?|retweets?|reactions?|reads|replies|votes?|followers)(?:\W+\d[\d.,]*\s*[km]?\s+(?:shares?|comments?|views?|likes?))*\W*"),
    ("aggregator_junk", "link to the page itself", r"\W*(?:read|view|see|continue\s+reading|show)\s+(?:the\s+)?(?:entire|full|complete|whole|original|rest\s+of\s+(?:the|this)|source)\s+(?:article|story|post|report|news|item|text)?(?:\s+(?:here|at|on)\b.{0,60})?\W*"),
    ("aggregator_junk", "link to the page itself", r"\W*(?:read|show|load|see|view)\s+(?:more|less|all)(?:\s+(?:here|stories|comments|articles|news|posts))?\W*"),
    ("aggregator_junk", "page control", r"(?:(?:leave|post|add|write|view|show|hide|be\s+the\s+first\s+to)\s+(?:a\s+|your\s+|all\s+)?comments?|log\s?in|sign\s?(?:in|up)|register|home|menu|search|close|back\s+to\s+top|skip\s+to\s+(?:main\s+)?content|next|previous|loading|play\s+video|listen\s+to\s+(?:this\s+)?(?:article|story)|text\s+to\s+speech|translate|javascript\s+.{0,60}|cookie\s+(?:policy|settings)|privacy\s+policy|terms\s+(?:of\s+(?:use|service)|and\s+conditions)|getting\s+your\s+trinity\s+audio\s+player\s+ready)\W*"),
    ("aggregator_junk", "end mark", r"(?:[-–—*_=#~•.]\s*){3,}|-\s*30\s*-|\W*(?:ends|the\s+end)\W*|###"),
    ("share", "share buttons", rf"(?:{_BUTTON}[\s|/,·•:-]*){{2,}}|share|tweet|print|comments?|whatsapp|facebook|twitter|copy\s+link"),
    ("share", "share buttons", r"share\s+(?:this|on|via|with|to|article|story|post)\b(?:\s+\S+){0,6}?\W*"),
    ("social_follow", "invitation to follow", rf"\W*(?:(?:please\s+)?(?:follow|like|find|join|connect\s+with|subscribe\s+to|check\s+out)\s+(?:us|our|the)\b).{{0,160}}\b(?:{_PLATFORM}|channel|page|newsletters?|group|app|community|updates)\b.{{0,80}}"),
    ("social_follow", "invitation to follow", r"\W*(?:(?:to\s+)?(?:stay|keep|get)\s+(?:updated|tuned|connected|informed|up[\s-]to[\s-]date|in\s+touch)\b.{0,200}|click\s+(?:here|on)\s+.{0,20}(?:follow|join|subscribe|get|download|read|sign|watch|see|view)\b.{0,160})"),
    ("social_follow", "invitation to follow", r"\W*for\s+(?:more|all\s+the|the\s+latest|breaking|latest)\b.{0,120}\b(?:follow|visit|download|subscribe|click|join|sign\s+up|log\s+on|check)\b.{0,160}"),
    ("social_follow", "invitation to follow", r"\W*(?:download|get)\s+(?:the|our)\s+.{0,60}\bapp\b.{0,120}"),
    ("newsletter", "invitation to subscribe", r"\W*(?:(?:please\s+)?(?:sign\s+up|register|subscribe)\s+(?:for|to|here|now|today|and)\b.{0,240}|(?:get|receive)\s+(?:all\s+)?(?:the|our|your|a|daily|breaking|more|free|weekly)\b.{0,160}\b(?:inbox|newsletters?|e-?mail\s+alerts?|notifications)\b.{0,80}|enter\s+your\s+e-?mail.{0,80}|.{0,40}\bnewsletter\W*|already\s+a\s+subscriber\b.{0,60}|unlock\s+.{0,40}(?:access|stories).{0,60}|this\s+(?:article|story|content)\s+is\s+(?:exclusively\s+)?(?:for|available\s+to)\s+(?:our\s+)?subscribers.{0,40})"),
    ("newsletter", "appeal for support", r"\W*(?:(?:please\s+)?(?:support|donate\s+to|contribute\s+to|help)\s+(?:us\b|our\s+(?:journalism|work|reporting|newsroom)|independent\s+(?:journalism|media)).{0,240}|(?:become\s+a|join\s+as\s+a)\s+(?:member|supporter|patron).{0,120}|donate(?:\s+now)?\W*)"),
    ("copyright", "copyright notice", r"(?:.{0,120}(?:©|\(c\)\s*(?=\d{4})|\bcopyright\s*(?:©|\(c\)|\d{4}|:|by\b)).{0,240}|.{0,240}\ball\s+rights\s+reserved\b.{0,200}|.{0,120}\b(?:may|can)\s?not\s+be\s+(?:published|reproduced|republished|redistributed|reprinted|copied).{0,240})"),
    ("metadata_date", "time stamp", rf"\W*{_STAMP_WORD}?{_STAMP}(?:\s*[|/·•,;–-]*\s*(?:{_STAMP_WORD}{_STAMP}|{_STAMP}))?(?:\s*[|·•–-]\s*.{{0,40}})?\W*"),
    ("metadata_date", "time stamp", rf"\W*{_STAMP_WORD}(?:{_WEEKDAY})?(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH}|today|yesterday)\b.{{0,40}}"),
    ("byline", "who wrote it", rf"\W*(?:(?:written|reported|posted|edited|compiled|published|authored|curated|updated|produced|story|report|text|words|analysis|opinion)\s+)?by\s*:?\s+{_NAME}(?:\s*(?:,|&|\band\b|\|)\s*{_NAME})*(?:\s*[,|/·•–—-]\s*.{{0,80}})?"),
    ("byline", "who wrote it", r"(?:author|writer|reporter|correspondent|written\s+by|editor|source|agency|edited\s+by|published\s+by|reported\s+by|curated\s+by)\s*[:|]\s*.{2,80}"),
    ("byline", "who wrote it", rf"{_NAME}\s*[,|]\s*(?:(?-i:[A-Z])[\w.&'’-]*\s+){{0,4}}(?:staff\s+(?:writer|reporter)|correspondent|reporter|editor|bureau|columnist|news\s+service|news\s+desk|web\s+desk)(?:\s*[|,·•-]\s*.{{0,60}})?"),
    ("byline", "who wrote it", r"(?:(?:web|news|online|digital|sports|business|city|national|express|special)\s+(?:desk|bureau|staff)|staff\s+(?:reporter|writer|correspondent)|our\s+(?:special\s+)?correspondent|special\s+correspondent|press\s+trust\s+of\s+india|agencies)\W*"),
    ("credit_line", "who contributed", r"\W*(?:additional\s+)?(?:reporting|writing|editing|compiled|produced|graphics?|translat(?:ed|ion))\s+(?:and\s+(?:writing|editing|reporting)\s+)?by\b.{3,240}"),
    ("credit_line", "who contributed", rf"{_NAME}(?:(?:,|\s+and|\s+in\s+(?-i:[A-Z])\w+)+\s+{_NAME}){{0,6}}\s+(?:also\s+)?(?:contributed(?:\s+to\s+this|\s+reporting|\s+from)|reported\s+from)\b.{{0,120}}"),
    ("credit_line", "who contributed", r".{3,200}\bcontributed\s+(?:reporting\s+)?(?:to|for)\s+(?:this|the)\s+(?:report|story|article)\W*"),
    ("credit_line", "who contributed", r"\W*(?:with\s+(?:additional\s+)?(?:inputs?|reporting|agency\s+inputs?)\s+(?:from|by)\b.{2,120}|with\s+agency\s+inputs\W*|(?:source|via|inputs?)\s*:\s*.{2,60})"),
    ("credit_line", "where it came from", r"\W*(?:except\s+for\s+the\s+headline|this\s+(?:story|article|report|post|piece|copy)\s+(?:has\s+(?:not\s+)?been|is|was)\s+(?:(?:originally|first|also|auto[\w-]*|not)\s+)*(?:edited|published|generated|appeared|produced|taken|syndicated|sourced|republished|posted)\b).{0,260}"),
    ("credit_line", "where it came from", r"\W*(?:this\s+(?:story|article|report|post|piece)\s+(?:originally|first)\s+(?:appeared|published|ran)|(?:originally|first)\s+(?:published|appeared)|read\s+the\s+original)\b.{0,160}|\W*disclaimer\s*:.{0,400}"),
    ("photo_caption", "picture credit", rf"\W*(?:(?:file|representational|representative|representative\s+use|stock)\s+)?{_PHOTO}(?:\s+(?:credits?|source|courtesy|caption|by|for\s+representation(?:al\s+purposes?)?|used\s+for\s+representation(?:al\s+purposes?)?|via))*\s*[:|/@–-]\s*.{{2,200}}|\W*(?:file|representational|representative)\s+{_PHOTO}\W*|\W*{_PHOTO}\s+(?:by|courtesy(?:\s+of)?|via|from)\s+.{{2,80}}"),
    ("photo_caption", "picture credit", rf"\W*(?:{_NAME}\s*[/|,–-]\s*)?{_AGENCY}(?:\s*[/|,–-]\s*(?:{_AGENCY}|{_NAME}))*\s*(?:{_PHOTO})?\W*(?:\d{{4}})?"),
    ("photo_caption", "picture caption with its credit", rf".{{10,400}}?(?:\(\s*(?:[^()]{{0,80}}\b)?(?:{_PHOTO}|(?:via|courtesy)\b[^()]{{1,60}}|[^()]{{2,40}}/\s*{_AGENCY}|{_AGENCY}/[^()]{{2,40}}|getty[^()]{{0,30}})(?:\b[^()]{{0,60}})?\s*\)|\[[^\[\]]{{2,40}}/\s*{_AGENCY}[^\[\]]{{0,20}}\]|\s[|]\s*{_PHOTO}[^|]{{0,100}}|\s{_PHOTO}\s*(?:credits?|source)?\s*:\s*[^:]{{2,80}}|\s(?:[^\s/]+\s+){{1,3}}[^\s/]+/\s*(?:getty\s+images|reuters|afp|ap|epa|pti)(?:\s+via\s+.{{2,40}})?)\W*"),
    ("related", "link to other stories", r"\W*(?:also\s+(?:read|see|watch)|(?:read|see|watch|listen)\s+also|read\s+(?:more|next|here|this)|related(?:\s+(?:stor(?:y|ies)|news|articles?|coverage))?|don['’]?t\s+miss|must\s+(?:read|see)|recommended|more\s+(?:on\s+this|from\s+.{2,40})|watch(?:\s+(?:video|now|live|here|this))?|explained|in\s+pictures|in\s+photos|video|live\s+updates|lire\s+aussi|à\s+lire\s+aussi|(?:lesen\s+sie|mehr)\s+(?:auch|zum\s+thema)|lea\s+también|leer\s+también|leggi\s+anche|lees\s+ook|leia\s+também)\s*(?:[:|–—>»-]+|\.{3}|…)\s*.{3,260}"),
    ("related", "link to other stories", r"\W*(?:related|recommended|trending|top|latest|more|popular|other|featured|similar)\s+(?:stories|articles|news|topics|content|coverage|links|posts|videos|reading|now|headlines|for\s+you)\W*|\W*(?:you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested\s+in)|most\s+(?:read|popular|viewed|shared|commented)|also\s+(?:read|in\s+(?:the\s+)?news)|read\s+(?:also|next)|from\s+(?:around\s+)?the\s+web|what\s+to\s+read\s+next|up\s+next|more\s+on\s+this(?:\s+(?:story|topic))?|more\s+from\s+(?-i:[A-Z])[\w .&'’-]{2,40})\W*"),
    ("tags", "list of tags", r"\W*(?:tags?|keywords?|categor(?:y|ies)|filed\s+(?:under|in)|labels?|hashtags?|posted\s+in|topics?(?:\s+(?:mentioned|in\s+this\s+(?:article|story)))?|in\s+this\s+(?:article|story)|related\s+(?:topics|tags)|read\s+more\s+(?:on|about))\s*[:|]\s*.{2,300}|\W*(?:tags|topics|keywords|filed\s+under)\W*|(?:#\w+[\s,|]*)+"),
    ("contact", "how to reach the author", rf"\W*(?:(?:the\s+)?(?:author|writer|reporter|columnist)\s+(?:can\s+be|may\s+be)|(?:he|she|they|you)\s+can|{_NAME}\s+(?:can\s+be|may\s+be))\s+(?:reached|contacted|followed|reach|contact|follow|e-?mail)\b.{{0,200}}"),
    ("contact", "how to reach the author", rf"\W*(?:e-?mail|write\s+to|contact|reach|follow|tweet)\s+(?:(?:him|her|them|me|the\s+(?:author|writer|reporter|editor))\b|{_NAME}\s+(?:at|on)\b|@\w+).{{0,160}}|\W*(?:e-?mail|twitter|tel|phone|contact)\s*:\s*\S.{{0,80}}|[\w.+-]+@[\w-]+\.[\w.-]+\W*|\W*@\w{{2,30}}\W*"),
    ("credit_line", "address of a page", r"\W*(?:https?://|www\.)\S+\W*"),
)  # fmt: skip

LONGEST_LINE = 600


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    parts = [f"(?P<r{i}>{pattern})" for i, (_, _, pattern) in enumerate(_LINES)]
    return re.compile("|".join(parts), re.IGNORECASE), {
        f"r{i}": (kind, why) for i, (kind, why, _) in enumerate(_LINES)
    }


def match_line(line: str) -> tuple[str, str] | None:
    """Return (kind, reason) if the whole line is page furniture by its form alone."""
    pattern, kinds = _pattern()
    m = pattern.fullmatch(line)
    return kinds[m.lastgroup] if m and m.lastgroup else None
