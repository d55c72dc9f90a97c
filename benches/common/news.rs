//! News that nobody wrote: templates filled from word lists by a seeded generator, the same text for the same seed.
//!
//! Sentences vary in length, speech, numbers and names, so that caches and branch predictors see what real news shows
//! them. Facts are nobody's.

/// A small generator (`SplitMix64`).
pub(crate) struct Random(u64);

impl Random {
    /// From a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// One of a list.
    pub(crate) fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// Articles of about 4,000 bytes, as many as make up `bytes`.
pub(crate) fn articles(seed: u64, bytes: usize) -> Vec<String> {
    let mut random = Random::new(seed);
    let mut articles = Vec::new();
    let mut total = 0;
    while total < bytes {
        let article = article(&mut random);
        total += article.len();
        articles.push(article);
    }
    articles
}

/// One article: title, byline, and paragraphs of one to four sentences.
fn article(random: &mut Random) -> String {
    let mut text = String::new();
    fill(random, TITLES, &mut text);
    text.push_str("\n\n");
    fill(random, &["By {first} {last}\n\n"], &mut text);
    for _ in 0..8 + random.below(12) {
        for sentence in 0..=random.below(4) {
            if sentence > 0 {
                text.push(' ');
            }
            fill(random, SENTENCES, &mut text);
        }
        text.push_str("\n\n");
    }
    text
}

/// Writes one of the templates with a word in place of each `{slot}`.
fn fill(random: &mut Random, templates: &[&str], out: &mut String) {
    let mut rest = random.pick(templates);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (slot, after) = after.split_once('}').expect("templates close their slots");
        match slot {
            "num" => out.push_str(&number(random)),
            "small" => out.push_str(&(2 + random.below(97)).to_string()),
            "year" => out.push_str(&(1980 + random.below(46)).to_string()),
            "clause" => fill(random, CLAUSES, out),
            _ => out.push_str(random.pick(list(slot))),
        }
        rest = after;
    }
    out.push_str(rest);
}

/// A number as newspapers write it.
fn number(random: &mut Random) -> String {
    let value = random.next() % 900_000;
    match random.below(4) {
        0 => format!("{},{:03}", 1 + value / 1000, value % 1000),
        1 => format!("{}.{}", 1 + value % 90, value % 10),
        2 => format!("{}", 10 + value % 900),
        _ => format!("{}.{} million", 1 + value % 40, value % 10),
    }
}

fn list(slot: &str) -> &'static [&'static str] {
    match slot {
        "first" => FIRST,
        "last" => LAST,
        "country" => COUNTRIES,
        "people" => NATIONALITIES,
        "city" => CITIES,
        "body" => BODIES,
        "role" => ROLES,
        "said" => SAID,
        "noun" => NOUNS,
        "adj" => ADJECTIVES,
        "verb" => VERBS,
        "day" => DAYS,
        "month" => MONTHS,
        "adv" => ADVERBS,
        _ => panic!("no list for the slot {slot}"),
    }
}

#[rustfmt::skip]
const TITLES: &[&str] = &[
    "{country} rejects {adj} {noun} as {people} talks stall", "{body} warns of {adj} {noun} in {city}",
    "Will {country} {verb} its {noun}?", "{last} calls for {adj} {noun} after {city} vote",
    "'{adj} {noun}': {city} counts the cost of a {adj} {noun}",
];

#[rustfmt::skip]
const SENTENCES: &[&str] = &[
    "{first} {last}, the {people} {role}, {said} on {day} that {clause}.",
    "\"We won't {verb} the {noun},\" {last} {said}, adding that {clause}.",
    "“It's {adv} the {adj} {noun} that we've seen since {year},” {said} {first} {last}, a {role} in {city}.",
    "The {body} {adv} {said} the {noun} would cost ${num}bn, or about {small}% of the {people} {noun}.",
    "{clause}, according to a {noun} by the {body} that was published on {month} {small}.",
    "Mr. {last} did not {verb} the {noun}; his {role} {said} he hadn't read it.",
    "More than {num} people left {country} after the {adj} {noun} began in {month} {year}.",
    "In {city}, where {num} {people} families live, {clause}.",
    "The {country}-based {body}, which has {num} members, refused to {verb} the {adj} {noun}.",
    "\"The {noun} is {adj},\" he {said}. \"Nobody in {country} wants to {verb} it, and {clause}.\"",
    "{last}'s {noun} drew {adj} criticism from the {body}, but {clause}.",
    "It was the {small}th {noun} in {country} this year - and, officials {said}, the most {adj}.",
    "Earlier, {country}'s {role} {first} {last} told the {body} at 10:30 a.m. that {clause}.",
    "Shares in {city} fell {num}%, while the {people} {noun} rose to {num}.",
    "The U.S. and {country} agreed to {verb} the {noun} by Sept. {small}, a {role} {said}.",
    "“{clause},” the {body}’s {role} wrote -- a {noun} that {first} {last} called “{adj}”.",
    "Asked whether {country} would {verb} the {noun}, {last} {said}: \"{clause}.\"",
    "He has been {role} of the {body} since {year}.",
    "{adv}, the {noun} of {city} and {city} (about {num} km apart) was {adj} and {adj}.",
    "Nearly {small} per cent of those who {verb} the {noun} {said} they couldn't {verb} the {noun} again.",
];

#[rustfmt::skip]
const CLAUSES: &[&str] = &[
    "the {people} government will {verb} the {noun} before the {noun} ends",
    "{country} had already closed its {noun} to most {people} citizens",
    "the {body} cannot {verb} a {adj} {noun} without {country}",
    "{small} workers were hurt when a {noun} near {city} was {adv} hit",
    "there is no {adj} reason to {verb} the {noun} now",
    "{last} and {last} would meet in {city} to discuss the {adj} {noun}",
    "the {noun} depends on whether {country} and {country} {verb} their {noun}",
    "a {adj} {noun} of about {num} tonnes was found by {people} police",
    "{first} {last} has been quoted by the {body} as saying the {noun} was {adj}",
    "women's and workers' groups {verb} the {noun}",
];

#[rustfmt::skip]
const FIRST: &[&str] = &[
    "Anna", "Boris", "Carla", "David", "Elena", "Farid", "Grace", "Hassan", "Ingrid", "Jorge", "Katya", "Liam",
    "Maria", "Nadia", "Oleg", "Priya", "Quentin", "Rosa", "Samuel", "Tomas", "Ursula", "Viktor", "Wendy", "Xavier",
    "Yusuf", "Zoe", "Jean-Luc", "Mei", "Kwame", "Aisha", "Bjørn", "José", "Siobhan", "Piotr", "Agnès",
];

#[rustfmt::skip]
const LAST: &[&str] = &[
    "Abbott", "Bergström", "Chen", "Dlamini", "Eriksen", "Fontaine", "García", "Haddad", "Ivanova", "Jovanović",
    "Kowalski", "Lindqvist", "Mbeki", "Novak", "O'Brien", "Petrov", "Quispe", "Rossi", "Schmidt", "Tanaka", "Usman",
    "Vargas", "Wright", "Xu", "Yilmaz", "Zimmermann", "Al-Masri", "de Vries", "Okafor", "Papadopoulos", "Kim",
    "Nguyen", "Hughes", "Brennan", "Castillo", "Dubois", "Fischer", "Grant", "Holm", "Iqbal",
];

#[rustfmt::skip]
const COUNTRIES: &[&str] = &[
    "Albania", "Brazil", "Canada", "Denmark", "Estonia", "France", "Ghana", "Hungary", "India", "Japan", "Kenya",
    "Latvia", "Mexico", "Norway", "Oman", "Poland", "Qatar", "Romania", "Serbia", "Turkey", "Ukraine", "Vietnam",
    "Yemen", "Zambia", "South Korea", "New Zealand", "Saudi Arabia", "the United States", "the Netherlands",
];

#[rustfmt::skip]
const NATIONALITIES: &[&str] = &[
    "Albanian", "Brazilian", "Canadian", "Danish", "Estonian", "French", "Ghanaian", "Hungarian", "Indian",
    "Japanese", "Kenyan", "Latvian", "Mexican", "Norwegian", "Omani", "Polish", "Qatari", "Romanian", "Serbian",
    "Turkish", "Ukrainian",
];

#[rustfmt::skip]
const CITIES: &[&str] = &[
    "Tirana", "São Paulo", "Toronto", "Aarhus", "Tartu", "Lyon", "Accra", "Szeged", "Mumbai", "Osaka", "Mombasa",
    "Riga", "Puebla", "Bergen", "Muscat", "Gdańsk", "Doha", "Cluj", "Novi Sad", "Izmir", "Lviv", "Hanoi",
    "St. Petersburg",
];

#[rustfmt::skip]
const BODIES: &[&str] = &[
    "European Commission", "World Health Organization", "finance ministry", "central bank", "port authority",
    "Red Cross", "International Monetary Fund", "supreme court", "farmers' union", "interior ministry",
    "U.N. refugee agency", "army", "city council", "statistics office", "opposition", "Reuters news agency",
];

#[rustfmt::skip]
const ROLES: &[&str] = &[
    "foreign minister", "spokeswoman", "prime minister", "mayor", "chief executive", "police chief", "analyst",
    "economist", "defence secretary", "professor", "ambassador", "union leader", "judge", "lawyer", "co-founder",
    "vice-president",
];

#[rustfmt::skip]
const SAID: &[&str] = &[
    "said", "told reporters", "announced", "claimed", "argued", "warned", "admitted", "insisted", "wrote",
    "confirmed", "explained", "estimated", "acknowledged", "noted", "denied", "suggested",
];

#[rustfmt::skip]
pub(crate) const NOUNS: &[&str] = &[
    "agreement", "border", "budget", "strike", "election", "reform", "pipeline", "visa", "attack", "ceasefire",
    "report", "harvest", "airport", "sanction", "protest", "railway", "treaty", "investigation", "storm",
    "hospital", "tax", "parliament", "inflation", "flood", "referendum", "embassy", "court", "bridge", "refugee",
    "supply", "project", "crisis", "vaccine", "currency", "fishery", "satellite", "campaign", "pension", "tariff",
    "wildfire", "census", "shipyard", "merger", "call-up",
];

#[rustfmt::skip]
pub(crate) const ADJECTIVES: &[&str] = &[
    "controversial", "new", "long-term", "severe", "unprecedented", "limited", "humanitarian", "economic", "local",
    "secret", "temporary", "illegal", "major", "national", "independent", "military", "political", "sudden",
    "expensive", "so-called", "well-known", "unfair", "public", "early", "serious", "regional", "large-scale",
    "fragile",
];

#[rustfmt::skip]
pub(crate) const VERBS: &[&str] = &[
    "accept", "block", "cancel", "delay", "extend", "finance", "guarantee", "handle", "ignore", "join", "keep",
    "leave", "monitor", "negotiate", "oppose", "postpone", "question", "reject", "support", "tighten", "undermine",
    "veto", "withdraw",
];

#[rustfmt::skip]
const DAYS: &[&str] = &[
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
];

#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

#[rustfmt::skip]
const ADVERBS: &[&str] = &[
    "Meanwhile", "repeatedly", "publicly", "reportedly", "later", "also", "initially", "privately", "openly",
    "probably",
];
