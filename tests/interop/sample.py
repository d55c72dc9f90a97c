"""The graphs that the consumers read: real articles, hostile names, and many articles at once."""

import csv
import dataclasses
import functools
import json
import pathlib
import random

import truth
from harness import HERE, count, output, sure

FORMATS = ["json", "jsonl", "jsonld", "ttl", "nq", "cypher", "csv", "parquet", "graphml", "dot"]
ARTICLES = HERE.parent / "articles"

# Names of funds: what breaks quoting somewhere. XML cannot carry the control characters.
HOSTILE = [
    'The "Quoted" Fund', "Back\\slash Fund", "End\\ Fund", "]]> Fund", "{Brace} Fund", "{{x}} %s %d Fund", "🚢 Ship Fund",
    "👩‍👩‍👧 Family Fund", "Abc \u200f\u202eReversed Fund", "Ctl\x01\x1f Fund", "Del\x7f\x85 Fund", "O'Neil `tick` Fund", "a,b;c Fund",
    "<img src=x onerror=alert(1)> Fund", "</script><b> Fund", "&amp; &lt; & Fund", "$var ${x} $$ Fund", "مصرف الشرق Fund",
    "=1+1 Fund", "-- Fund", "// Fund", "/* x */ Fund", "No #hash Fund", "\\N \\G \\l Fund", "e\u0301te\u0301 Fund", "\ufeffBom Fund",
    "Two Line Fund", "null Fund", "NaN Fund", "\U00010ffd\U000e0001 Fund", "Sep\u2028in\u2029 Fund", "\\u0041\\n Fund", "'; DROP TABLE x Fund",
]


@dataclasses.dataclass
class Sample:
    """Articles and what sayso made of them, one file a format."""

    name: str
    texts: dict[str, str]
    folder: pathlib.Path

    def path(self, ending):
        return self.folder / f"graph.{ending}"

    @functools.cached_property
    def truth(self):
        return truth.Truth(self.path("json"))


@dataclasses.dataclass
class World:
    """All samples."""

    sayso: str
    work: pathlib.Path
    one: Sample
    articles: Sample
    hostile: Sample
    news: Sample

    @property
    def samples(self):
        return [self.one, self.articles, self.hostile, self.news]

    def summary(self):
        return ", ".join(f"{s.name}: {s.truth.summary()}" for s in self.samples)


def world(sayso, work):
    """Extracts all samples."""
    files = {path.stem: path for path in sorted(ARTICLES.glob("*.txt"))}
    texts = {name: decoded(path) for name, path in files.items()}
    first = next(iter(texts))
    hostile = {f"d{i} {name}": hostile_text(name) for i, name in enumerate(HOSTILE)}
    pack = hostile_pack(work / "pack")
    news = dict(articles(30))
    found = World(
        sayso,
        work,
        made(sayso, work, "one article", {first: texts[first]}, [files[first]]),
        made(sayso, work, "articles", texts, [ARTICLES]),
        made(sayso, work, "hostile", hostile, ["--rules", pack, *lines(work / "hostile.jsonl", hostile)]),
        made(sayso, work, "news", news, lines(work / "news.jsonl", news)),
    )
    named = {name for names in found.hostile.truth.names.values() for name in names}
    sure(named >= set(HOSTILE), f"not found as names: {set(HOSTILE) - named}")
    return found


def decoded(path):
    """The text whose code points are counted: without its byte order mark, line ends untouched."""
    return path.read_bytes().decode("utf-8-sig")


def made(sayso, work, name, texts, inputs):
    sample = Sample(name, texts, work / name.replace(" ", "-"))
    sample.folder.mkdir()
    for ending in FORMATS:
        output([sayso, "extract", "--isolated", "--quiet", *inputs, "-o", sample.path(ending)])
    # Two tables in a folder.
    output([sayso, "extract", "--isolated", "--quiet", *inputs, "--format", "neo4j", "-o", f"{sample.path('neo4j')}/"])
    return sample


def lines(path, texts):
    """Articles as JSON Lines; how to name them on the command line."""
    with open(path, "w", encoding="utf-8") as file:
        for name, text in texts.items():
            file.write(json.dumps({"id": name, "text": text}) + "\n")
    return ["--input-format", "jsonl", path]


def hostile_pack(folder):
    """Rules that know the hostile names, so that they become entities."""
    folder.mkdir()
    with open(folder / "names.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name"], *([name] for name in HOSTILE)])
    folder.joinpath("funds.sayso").write_text(
        """version 1

type OddFund: Organisation  shape box  fill "#EAF7EA"  stroke "#2E7D32"

list oddfund from "names.csv"

entity OddFund {
  name listed: %oddfund
  yes [null Fund] said no
  no  Nobody said no
}
""",
        encoding="utf-8",
    )
    return folder


def hostile_text(name):
    spread = name.replace("Two Line", "Two\nLine")
    return (
        "Germany refuses the offer, Chancellor Anna Weber said on Monday.\n\n"
        f"“It is all in the hands of {name},” she added. {spread} said that more than 300 ships\r\nare waiting for {name}.\r\n\r\n"
        f"{name} refuses to pay Norway. The minister said {name} estimates that 12.5 percent of the \u202egoods\u202c are 🦀 lost.\n"
    )


FIRST = "Anna Paul Maria Karl Ingrid Peter Laura Jonas Elena Victor Nina Oscar Clara Henrik Sofia Martin".split()
LAST = "Weber Lund Hansen Novak Keller Berg Moreau Rossi Silva Jensen Kovacs Lindqvist Andersen Fischer Dubois Marin".split()
COUNTRIES = "Germany Norway France Italy Spain Poland Latvia Estonia Sweden Finland Denmark Portugal Greece Austria Ireland Chile".split()
OFFICES = "transport health finance interior foreign defence trade energy".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday".split()
THINGS = ["the ferry", "the harbour plan", "the water treaty", "the rail link", "the grain deal", "the new tariff", "the loan", "the offer"]
BODIES = "Harbour Water Grain Energy Railway Northern Coastal Central".split()
PARAGRAPHS = [
    "{country} refuses {thing}, {office} minister {person} said on {day}.",
    "“It is too late for {thing},” {family} added. “We have waited {number} days, and {other} has not answered.”",
    "The {body} Fund estimates that more than {number} people have used {thing} since {year}.",
    "{other}'s {office} minister {second} said that {other} would not accept {thing} before {day}.",
    "According to the {body} Institute, {percent} percent of the cost falls on {other}.",
    "{second}, who met {person} in {other} on {day}, declined to comment.",
    "A spokesman for the {body} Agency told reporters that {number} tonnes were waiting at the border.",
    "Prime Minister {third} wrote that {country} and {other} had agreed on {thing} in {year}.",
    "The {body} Union denied that {number} workers would strike on {day}, but {third} said talks had failed.",
]


def articles(number, seed=7):
    """Pairs of id and text: invented news of about 2,500 characters, no two alike."""
    chance = random.Random(seed)
    for index in range(number):
        person, second, third = (f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(3))
        country, other = chance.sample(COUNTRIES, 2)
        written = [f"{country} turns down {chance.choice(THINGS)} for the {index + 1}. time"]
        while sum(map(len, written)) < 2_400:
            paragraph = " ".join(chance.sample(PARAGRAPHS, 3))
            written.append(
                paragraph.format(
                    country=country, other=other, person=person, second=second, third=third, family=person.split()[1],
                    thing=chance.choice(THINGS), office=chance.choice(OFFICES), body=chance.choice(BODIES), day=chance.choice(DAYS),
                    number=count(chance.randrange(20, 90_000)), percent=chance.randrange(1, 99), year=chance.randrange(1990, 2026),
                )
            )
        yield f"news-{index:05}", "\n\n".join(written) + "\n"
