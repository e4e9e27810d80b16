"""A spam campaign and honest comments, both made up: no word of them was ever posted."""

import re
from itertools import combinations, product
from random import Random

FLATTERY = (
    "{I have been|I've been} {reading|browsing} {online|on the web} {all evening|for hours} and"
    " {never|not once} {found {such an|any}|seen {such an|any}} {article|page|post} as"
    " {useful|helpful|good} as {yours|this one}. {Keep it up|Great job|Many thanks}!"
    " {Visit|See|Check out} {my|our} {page|site|blog} about {THING}: {LINK}",
    "{Wow|Amazing|Superb}, {what a|such a} {wonderful|fantastic|brilliant} {post|write-up}!"
    " {Everybody|Everyone|All people} should {read|bookmark} {it|this}. {By the way|Also},"
    " {get|order|buy} {cheap|discount|the best} {THING} {here|now}: {LINK}",
    "{Hello|Hi|Hey} {friends|everyone|dear admin}, {your|this} {site|blog} {loads fast|is great}."
    " {Which host do you use|Where did you learn this}? {I earn|We make} ${NUMBER} {a day|weekly}"
    " {from home|online} with {THING}, {join|start} {today|now} {LINK}",
    "{Tired of|Fed up with} {low pay|your job|exams}? {Click|Tap|Look} {here|below} for"
    " {free|instant|100%} {THING}, {no risk|no fees|guaranteed}: {LINK}"
    " {Hurry|Act now|Only today}!",
    "{Thanks|Thank you} for {sharing|writing} {this|such a} {gem|great guide}, {dear|kind} author."
    " {My|Our} {shop|store} {sells|offers} {THING} with {NUMBER}% {off|discount},"
    " {order|buy} {yours|some} {today|now}: {LINK} and {LINK}",
    "{This|Your} {page|article} {changed|saved} my {week|life}. {I found|There is} a {secret|new}"
    " {method|system} for {THING} that {pays|brings} ${NUMBER}0 {per day|each hour}."
    " {Message|Contact} me {now|here}: {LINK}",
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
    "Overtime is where the money is, at least in {PLACE} between {May|June} and October.",
    "My first boss paid for the license, {NUMBER}00 dollars, and I stayed for three years.",
    "Is it true that online degrees are looked down on when you apply at a hospital?",
    "Great guide, thanks. I wish that I had read it before I signed up for the wrong program.",
    "The free tutoring at my college was worth more than any book that I bought.",
    "In {PLACE} you start as a helper and they do not call you by name for a year.",
    "Pay is paid weekly on most sites, and the per diem is not taxed if you are far from home.",
    "Small shops let you do everything; in a big company I did one thing for {NUMBER} months.",
    "I came from the army and my training counted for almost nothing, which was hard.",
    "Please write about people with a hearing loss, I know two who do very well here.",
    "What does a usual Monday look like for you? The guide is a bit general about that.",
    "My mother did this for thirty years and her knees are gone; lift with your legs.",
    "The best day so far was when a patient came back just to say hello.",
    "They promised a raise after the probation and I had to ask for it {NUMBER} times.",
    "You can start at {NUMBER} dollars an hour without a degree if you can drive a forklift.",
    "Interviews are short: they hand you a drawing and ask what is wrong with it.",
    "I took the course at night while my kids slept, two years, no regrets.",
    "Winter in {PLACE} means layoffs, so save something in summer.",
)  # fmt: skip
SHORT = (
    "Thanks!", "This helped a lot, thank you.", "Same here.", "Is the exam hard?", "Good luck!",
    "How old were you when you started?", "I love this job.", "What about dental?", "lol same",
    "Congrats!", "Not in my state.", "Agreed, 100%.", "It depends on the shift.", "No, never.",
    "Which school did you go to?", "Any tips for the interview?", "Wow, I did not know that.",
    "Yes!! Finally somebody says it.", "ok thanks", "Do they drug test?", "👍 very helpful",
    "Can you do it with asthma?", "Pay is better in the city.", "so true", "Why 2 years?",
)  # fmt: skip
HASTY = (
    "i dont no if i shoud go to colege or just start workin, any advise for a 17 yr old in {PLACE}",
    "ur right abt the hours, mine r {NUMBER} a week an i still luv it",
    "my freind said u need algebra 2 for this?? is that ture",
    "anyone here doin the program in {PLACE}, hows the teachers there",
    "WHY does nobody talk about the smell. you get used to it tho",
    "im {NUMBER} and switchin carreers, wish me luck guys",
    "the test was ez if u study like {NUMBER} min a day, dont stress",
    "pls dont skip the saftey class, i seen a guy lose a finger",
    "can u work part time wile in school or is it to much",
    "my counsler never herd of this job, showed her this page lol",
)  # fmt: skip
LINKED = (
    "The rules for {PLACE} changed this {year|spring}: https://www.{PLACE}.gov/licensing/{NUMBER}",
    "This video shows a day at work very well: https://www.youtube.com/watch?v=k{NUMBER}abc",
    "Here is the list of approved schools, https://education.{PLACE}.gov/schools?page={NUMBER}",
    "My college has a page on the costs: https://nursing.{PLACE}state.edu/costs/{NUMBER}",
    "The union's own figures: https://local{NUMBER}.union-{PLACE}.example/wages",
    "Wikipedia explains the difference: https://en.wikipedia.org/wiki/Trade_{NUMBER}",
    "I wrote down my first year here: https://notes{NUMBER}.{PLACE}-diary.example/first",
    "See https://www.bls.gov/oes/{NUMBER} for the pay by county.",
)  # fmt: skip
OTHERS = (
    "Trabajo en esto desde hace {NUMBER} años y lo mejor es la gente.",
    "¿Alguien sabe si el examen de {PLACE} se puede hacer en español?",
    "Mi prima estudió dos años en {PLACE} y encontró trabajo en {NUMBER} días.",
    "El sueldo al principio es bajo, pero después mejora bastante.",
    "Ich habe die Ausbildung in Bremen gemacht, wird sie in {PLACE} anerkannt?",
    "Bei uns zahlt der Betrieb die Schule, hier offenbar nicht.",
    "Nach {NUMBER} Jahren im Büro war das die beste Entscheidung.",
    "Merci pour ce guide, il m'a aidé à choisir ma formation à {PLACE}.",
    "Les horaires de nuit sont durs avec des enfants.",
    "Combien coûte la licence pour quelqu'un qui vient du Québec ?",
    "Mình đang học năm thứ {NUMBER} và thấy môn toán khó nhất.",
    "Có ai ở {PLACE} biết trường nào dạy buổi tối không?",
    "Lương khởi đầu không cao nhưng công việc ổn định.",
    "Salamat po, malaking tulong ito sa anak ko na nag-aaral sa {PLACE}.",
    "Mahirap ang board exam, nag-review ako ng {NUMBER} linggo.",
    "Mababait ang mga kasama ko sa trabaho.",
    "我在{PLACE}做了{NUMBER}年护士，夜班很累，但是同事都很好。",
    "请问考试可以用中文吗？",
    "我女儿想学这个专业。",
    "Работаю {NUMBER} лет, платят хорошо, но график тяжёлый.",
    "Диплом из другой страны тут признают?",
    "أعمل في هذا المجال منذ {NUMBER} سنوات وأنصح به.",
    "هل الامتحان صعب في {PLACE}؟",
    "Trabalho nisso há {NUMBER} anos e o curso valeu a pena.",
    "Quanto custa a escola em {PLACE}?",
    "간호사로 {NUMBER}년 일했는데 교대 근무가 제일 힘들어요.",
    "{PLACE}에서 야간 수업을 하는 학교가 있나요?",
    "मैं {PLACE} में पढ़ रहा हूँ, क्या यह परीक्षा कठिन है?",
    "वेतन शुरू में कम है पर काम अच्छा है।",
)
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
    """(name, text) of so many comments, at most 400: most are three sentences, no two of them
    shared with another; the others are short, hasty, with a link, or in another language."""
    triples = _far_apart(number, random)
    hasty = random.sample(list(combinations(HASTY, 2)), min(number // 8 + 1, 45))
    foreign = random.sample(OTHERS, len(OTHERS))
    linked = random.sample(list(product(SENTENCES, LINKED)), number // 8 + 2)
    made = []
    for count in range(number):
        turn, nth = count % 16, count // 16
        if turn in (0, 8):
            parts = [random.choice(SHORT)]
        elif turn in (2, 10):
            parts = list(hasty[count // 8 % len(hasty)])
        elif turn in (4, 12):
            parts = list(linked.pop())
        elif turn == 6:
            parts = [foreign[nth % len(foreign)]]
        else:
            parts = triples.pop()
        made.append((f"Reader {count}", " ".join(_spun(part, random) for part in parts)))
    return made


def _far_apart(number: int, random: Random) -> list[list[str]]:
    """Triples of sentences of which no two share a pair: people do not repeat each other."""
    taken: set[frozenset[str]] = set()
    found = []
    for triple in random.sample(list(combinations(SENTENCES, 3)), 11_000):
        pairs = {frozenset(pair) for pair in combinations(triple, 2)}
        if not pairs & taken:
            taken |= pairs
            found.append(list(triple))
    assert len(found) * 16 >= number * 9
    return found


def _spun(template: str, random: Random) -> str:
    """One of the many texts of a template: {one|another}, and a word for each {SLOT}."""
    text = re.sub("{LINK}", lambda _: _link(random), template)
    text = text.replace("{THING}", random.choice(THINGS))
    text = re.sub("{NUMBER}", lambda _: str(random.randrange(2, 90)), text)
    text = text.replace("{PLACE}", random.choice(PLACES))
    while "{" in text:  # the innermost first
        text = re.sub(r"\{([^{}]*)\}", lambda choice: random.choice(choice[1].split("|")), text)
    return text


def _link(random: Random) -> str:
    return f"https://{random.choice(HOSTS)}/{random.randrange(10**6)}"
