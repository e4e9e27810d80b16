"""A spam campaign and honest comments, both made up: no word of them was ever posted."""

import re
from itertools import combinations
from random import Random

FLATTERY = (
    "{I have been|I've been} {reading|browsing} {online|on the web} {all evening|for hours} and"
    " {never|not once} found {such an|any} {article|page|post} as {useful|helpful|good} as"
    " {yours|this one}. {Keep it up|Great job|Many thanks}! {Visit|See|Check out} {my|our}"
    " {page|site|blog} about {THING}: {LINK}",
    "{Wow|Amazing|Superb}, {what a|such a} {wonderful|fantastic|brilliant} {post|write-up}!"
    " {Everybody|Everyone|All people} should {read|bookmark} {it|this}. {By the way|Also},"
    " {get|order|buy} {cheap|discount|the best} {THING} {here|now}: {LINK}",
    "{Hello|Hi|Hey} {friends|everyone|dear admin}, {your|this} {site|blog} {loads fast|is great}."
    " {Which host do you use|Where did you learn this}? {I earn|We make} ${NUMBER} {a day|weekly}"
    " {from home|online} with {THING}, {join|start} {today|now} {LINK}",
    "{Tired of|Fed up with} {low pay|your job|exams}? {Click|Tap|Look} {here|below} for"
    " {free|instant|100%} {THING}, {no risk|no fees|guaranteed}: {LINK}"
    " {Hurry|Act now|Only today}!",
)
THINGS = (
    "essay writing", "payday loans", "replica watches", "casino bonus", "crypto signals",
    "fake diplomas", "weight loss pills", "seo backlinks", "followers", "forex trading",
)  # fmt: skip
NAMES = ("Cheap Loans 24", "Best Casino", "Essay Help", "Anna W", "Mike", "SEO Backlinks", "Lena")
HOSTS = ("best-shop-deals.example", "win-big.example", "easy-pass.example", "bit.ly")
LOOKALIKES = str.maketrans("aeopc", "аеорс")  # Latin to Cyrillic

SENTENCES = (
    "I have worked {in this field|at this} for {NUMBER} years and would choose it again.",
    "The pay here in {PLACE} is lower than the figure above, about ${NUMBER},000 at the start.",
    "Does anybody know whether the {exam|licence} of {PLACE} counts in other states?",
    "My {teacher|counselor|aunt} told me to shadow somebody for a {day|week} first; do that.",
    "Night shifts wear you down, whatever they tell you at the interview.",
    "We hire {NUMBER} people a year and care more about a clean record than about grades.",
    "The math in the second {term|year} is where most people in my class gave up.",
    "What helped me was a {community college|trade school} close to home and a part-time job.",
    "I would like to hear from somebody who changed over after the age of forty.",
    "It says growth is slow, but half of my crew in {PLACE} retires within ten years.",
    "You need steady hands, patience, and shoes that you can stand in all day.",
    "Look at the programs with a paid practicum, they saved me about ${NUMBER}00 a month.",
    "The union in {PLACE} has an apprenticeship, and applying is free every {spring|fall}.",
    "I disagree with the comment below: paperwork is most of the day in small offices.",
    "Is a bachelor's degree really needed, or do employers take the certificate as well?",
    "My hours are fine since I moved to a school, and summers are my own.",
    "The best part is the people; the worst part is the {phone|billing software|parking}.",
    "Ask every school how many of its students pass the board exam at the first try.",
    "I failed the {first|second} exam twice and still got there, so do not give up.",
    "Nobody told me about the background check, and it took {NUMBER} weeks.",
    "For those who ask about math: the state's own page explains it, https://board.{PLACE}.gov/math",
    "Travel is part of it: I am on the road {NUMBER} days a month and miss my children.",
    "The machines are new every few years, so you never stop learning on the job.",
    "I am a student in {PLACE} and the clinical hours are hard to fit beside a job.",
)  # fmt: skip
PLACES = ("Ohio", "Texas", "Maine", "Oregon", "Georgia", "Utah", "Iowa", "Nevada", "Idaho")


def campaign(number: int, random: Random) -> list[tuple[str, str]]:
    """(name, text) of so many advertisements; every fourth one with look-alike letters."""
    made = []
    for count in range(number):
        text = _spun(random.choice(FLATTERY), random)
        if count % 4 == 0:
            words = text.split(" ")
            spots = random.sample(range(len(words)), len(words) // 4)
            words = [
                word.translate(LOOKALIKES) if at in spots and "//" not in word else word
                for at, word in enumerate(words)
            ]
            text = " ".join(words)
        made.append((f"{random.choice(NAMES)} {count}", text))
    return made


def honest(number: int, random: Random) -> list[tuple[str, str]]:
    """(name, text) of so many comments of two sentences, no two the same pair."""
    pairs = random.sample(list(combinations(SENTENCES, 2)), number)
    return [
        (f"Reader {count}", " ".join(_spun(sentence, random) for sentence in pair))
        for count, pair in enumerate(pairs)
    ]


def _spun(template: str, random: Random) -> str:
    """One of the many texts of a template: {one|another}, and a word for each {SLOT}."""
    text = template.replace("{THING}", random.choice(THINGS))
    text = text.replace("{LINK}", f"https://{random.choice(HOSTS)}/{random.randrange(10**6)}")
    text = text.replace("{NUMBER}", str(random.randrange(2, 90)))
    text = text.replace("{PLACE}", random.choice(PLACES))
    return re.sub(r"\{([^{}]*)\}", lambda choice: random.choice(choice[1].split("|")), text)
