"""Patterns that stay the same from one campaign to the next, whatever is sold this time.

Advertising asks for something, praises what is the writer's own, greets a crowd, speaks of money
and links. Talk is about what is on the page: it likes or dislikes it, remembers, counts, asks.
Each pattern alone says little; how many of each kind meet in one text says much.
"""

import re

# Ends that are words as well ("hours. In summer") are an address only before a slash.
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|watch\?v=\S+"
    r"|\b[\w-]{2,63}\.(?:com|net|org|info|biz|ru|ly|se|nl|io|tv|co|tk|gl|link|shop|site|online"
    r"|xyz|club|gov|edu|de|uk|br|pl|example)\b(?:/\S*)?"
    r"|\b[\w-]{2,63}\.(?:in|me|us|be|it|to|is)/\S*"
    r"|\b[\w-]{2,63}(?:\s\.\s?|\.\s)(?:com|net|org|info|biz|ru)\b(?:\s?/\s?\S*)?"
)
# Named again and again with good reason, and nobody's shop.
REFERENCE = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*"
    r"(?:youtu\.be|youtube\.com|wikipedia\.org|[\w-]+\.(?:gov|edu|mil))\b(?:/\S*)?|watch\?v=\S+"
)

# How people write when nobody looks → one spelling.
SPELLINGS = {
    spelling: word
    for word, spellings in {
        "you": "u",
        "your": "ur youre you're",
        "are": "r",
        "and": "n",
        "the": "da",
        "for": "4",
        "to": "2",
        "please": "plz pls pleas plss plzz plizz pleasee",
        "thanks": "thx ty",
        "because": "coz cuz bc",
        "though": "tho",
        "people": "ppl",
        "guys": "guyz",
        "love": "luv",
        "favorite": "fav fave favourite",
        "want to": "wanna",
        "going to": "gonna",
        "got to": "gotta",
        "i'm": "im",
        "i've": "ive",
        "don't": "dont",
        "that's": "thats",
        "let's": "lets",
        "subscribe": "sub suscribe subcribe",
        "subscribers": "subs subz suscribers",
        "subscribed": "subbed",
        "video": "vid",
        "videos": "vids",
        "channel": "chanel chanell channal channels",
        "youtube": "yt",
        "facebook": "fb",
        "instagram": "ig insta",
        "page": "webpage fanpage",
    }.items()
    for spelling in spellings.split()
}

OWN = r"(?:my|our|mine|ours)"
WARES = (
    r"(?:channels?|pages?|sites?|websites?|videos?|blogs?|songs?|covers?|remix(?:es)?|store|shop"
    r"|music|raps?|album|ep|mixtape|single|track|beats?|band|facebook|twitter|instagram"
    r"|soundcloud|youtube|account|profile|group|app|games?|gaming|gameplays?|giveaway|contest"
    r"|survey|links?|course|training|services?|offer|deal|products?|ebook|stuff|work|art|vlogs?"
    r"|tutorials?|talent|voice|content|uploads?|playlist|petition|campaign|fundraiser|project)"
)
# What is liked is no ware: "my favorite song", "my life with this band".
NOT_BETWEEN = r"(?!favorite|best|life|this|the|that|to|of|love|loved|and|all|with)"
ORDER = (
    r"(?:check(?:ing|ed)? (?:out|my|this|it|them|him|her|us|me|our|these)|check \w+ out"
    r"|look (?:at|up)|visit|click|follow|subscribe|add|watch|listen|search|google|type|join"
    r"|download|buy|order|help|support|share|vote|donate|give|come|go to|take|read|hit|try|open"
    r"|enter|sign|recommend|discover|meet|get|earn|make|win|drop|leave|spread|message|contact"
    r"|call|text|view|see|tell|rate)"
)
# Where an order begins: telling what happened ("I checked the figures") is none.
BEGIN = (
    r"(?:^|[.!?,;:)(\n\-*~>]|\b(?:please|and|guys|hey|hi|hello|to|so|can you|could you|would you"
    r"|will you|go|just|also|should|must|you|everyone|everybody|people|now|then|want to|or|but"
    r"|if you))\s*"
)

PROMOTION = {
    name: re.compile(pattern)
    for name, pattern in {
        "asks for something": rf"{BEGIN}{ORDER}\b",
        "asks for itself": rf"{BEGIN}{ORDER}\b(?: \w+){{0,3}}? (?:me|us|my|our|mine)\b",
        "subscribe": r"\bsubscri(?:be|bing)\b",
        "check out": r"\bcheck(?:ing|ed)?\b(?: \w+)? out\b"
        r"|\bcheck (?:my|our|this|it|these|us|me)\b",
        "something of its own": rf"\b{OWN}\b(?: {NOT_BETWEEN}[\w']+){{0,2}}? {WARES}\b",
        "makes something": r"\b(?:i'm|i am|we are|we're|i|we|my name is)\b(?: [\w']+){0,5}? "
        r"(?:rapper|singer|artist|producer|musician|band|youtuber|channel|covers?|songwriter|dj"
        r"|dancer|gamer|director|model|writer|comedian|make|made|making|upload\w*|post\w*|record\w*"
        r"|produce|create|sing|rap|cover|started|starting|trying)\b",
        "introduces itself": r"\b(?:my name is|i'm (?:an?|\d+|new|from|just)"
        r"|i am (?:an?|\d+|new|from|just)|we are (?:an?|new|from))\b",
        "greets a crowd": r"^\W*(?:hey|hi|hello|yo|what'?s up|sup|dear|ehi|attention|guys|everyone)"
        r"\b|\b(?:hey|hi|hello) (?:guys|everyone|all|everybody|people|there|friends|youtubers?"
        r"|fans?)\b|\b(?:guys|youtubers)\b",
        "please": r"\b(?:please|kindly)\b",
        "thanks": r"\b(?:thanks|thank you|appreciate\w*|grateful|god bless)\b",
        "promises something back": r"\b(?:subscribe|follow|like|return|favor|do the same|add)\w*\b"
        r".{0,20}\bback\b|\bfor (?:subscribe|follow|like)\b",
        "money": r"[$€£]\s?\d|\d\s?[$€£]|\b(?:money|earn\w*|income|profits?|paypal|dollars?|cash"
        r"|bucks|paid|pay|salary|rich|richest|wealth|financial|investments?|loans?)\b",
        "free or cheap": r"\b(?:free|win|winner|gifts?|gift ?cards?|prizes?|giveaway|discount"
        r"|coupon|cheap|sale|bonus|offer|hacks?|cheats?|codes?|deal|risk|guarantee\w*|limited|amazon|ebay"
        r"|itunes)\b",
        "business": r"\b(?:online|website|web ?site|internet|home|job|business|marketing|system"
        r"|method|secret|opportunity|company|product|sell\w*|buy\w*|order"
        r"|per (?:hour|day|week|month)|an hour|a (?:day|week|month))\b",
        "tells what to search": r"\b(?:search|google|type|look up)\b",
        "pleads": r"\b(?:help|support|chance|dream|difference|believe in|deserve"
        r"|give (?:me|us|it|him|her)|take (?:a|the) (?:second|minute|moment|time|sec)"
        r"|few (?:seconds|minutes)|means? (?:a lot|the world)|would love|love if|feedback|opinion"
        r"|tell me what|let me know|donat\w*|charity|petition|sign)\b",
        "something new": r"\b(?:new|newest|latest|upcoming|first|coming soon|out now"
        r"|just (?:posted|uploaded|released|started|made))\b",
        "a handle": r"(?<![\w.])@\w{3,}",
        "a social network": r"\b(?:facebook|twitter|instagram|soundcloud|snapchat|tumblr"
        r"|reverbnation|kik|skype|whatsapp|vine|twitch|patreon|gofundme|kickstarter)\b",
    }.items()
}
TALK = {
    name: re.compile(pattern)
    for name, pattern in {
        "a time": r"\b\d{1,2}:\d\d\b",
        "a year": r"\b(?:19|20)\d\d\b",
        "counts": r"\b(?:\d[\d.,]*|many|most|more) ?(?:billion|million|bilion|milion|thousand|mil"
        r"|bil|m|b|k)?\+? ?(?:views?|viewed|likes|people|watched|times)\b"
        r"|\b(?:billion|million)s?\b",
        "likes it": r"\b(?:love|loved|loves|loving|like|likes|enjoy|favorite|best|great|awesome"
        r"|amazing|epic|cool|good|nice|beautiful|perfect|legend|sexy|hot|funny|lol|lmao|haha\w*|omg"
        r"|wow)\b|<3|♥|❤|:\)|:d\b|xd\b",
        "dislikes it": r"\b(?:hate|worst|bad|sucks?|shit|fuck\w*|stupid|dumb|boring|crap|wtf|gay"
        r"|ugly|terrible|trash|ruined)\b",
        "remembers": r"\b(?:still|remember|memories|childhood|years? ago|back (?:in|when)|old"
        r"|nostalgia|again|miss|used to|never gets|ever|always|since|anymore)\b",
        "points at it": r"\b(?:this|that|the) (?:song|video|music|one|guy|girl|man|beat|dance|part"
        r"|shit|is|was|comment)\b",
        "asks a question": r"\b(?:who|why|what|how|when|where|which|anyone|does|did|is)\b[^.!]*\?",
        "speaks of others": r"\b(?:he|she|they|him|her|his|their|them)\b",
    }.items()
}
NEITHER = {
    name: re.compile(pattern)
    for name, pattern in {
        "subscribers": r"\b\w*subscri\w+",
        "you": r"\byour?\b",
        "I": r"\b(?:i|i'm|i've|me|my|mine)\b",
        "we": r"\b(?:we|us|our|ours)\b",
        "something to visit": rf"\b{WARES}\b",
        "thumbs up": r"\bthumbs? up\b|\blike (?:if|this comment|this)\b",
    }.items()
}


def as_spoken(shown: str) -> str:
    """The small letters of a text with one spelling for each word: "plzzz sub" and its like."""
    text = re.sub(r"([^\W\d_])\1{2,}", r"\1\1", shown)
    text = re.sub(r"[\w']+", lambda word: SPELLINGS.get(word[0], word[0]), text)
    text = re.sub(r"\bs[ubc]{1,3}[sc]{0,3}cri?be", "subscribe", text)
    return re.sub(r"[^\S\n]+", " ", text)


def found(hints: dict[str, re.Pattern[str]], spoken: str) -> list[str]:
    return [name for name, pattern in hints.items() if pattern.search(spoken)]
