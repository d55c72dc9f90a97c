"""The page in a browser: what a reader clicks, types and sees. `run` beside this file says what is needed."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[3]
ARTICLE = ROOT / "tests/articles/border-ferry.txt"
SAYSO = os.path.abspath(os.environ.get("SAYSO", ROOT / "target/debug/sayso"))
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")

EVIL = "<img src=x onerror=alert(1)>"
HOSTILE = (
    f"{EVIL} turns \"ferry\" away 🚢 ]]>\n\n"
    f"Germany refuses the {EVIL} offer & <b>more</b>, Chancellor Anna Weber said on Monday.\n\n"
    "\"It is 🦀🦀 </script><script>alert(2)</script> too late for cafe\u0301s,\" she added.\n\n"
    "Anna Weber said \u202eit rained\u202c in \u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd {{graph}} <!-- all day.\n\n"
    "\u05d4\u05e9\u05e8 \u05d0\u05de\u05e8 \u05dc\u05d0.\n\n"
    "👩‍👩‍👧 Paul Lund, the 'mayor' of Bergen, said \\u003c \"no\" and \\\"maybe\\\".\n"
)


def sayso(*arguments, path=None, stdin=None):
    environment = dict(os.environ, **({"PATH": path} if path is not None else {}))
    done = subprocess.run([SAYSO, *map(str, arguments)], env=environment, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done


def words(text, piece):
    """Python counts code points, as the graph does."""
    return text[piece["start"] : piece["end"]]


class Browser(unittest.TestCase):
    """One browser for all; each test has its own window, and fails on what the console or the network says."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="sayso-page-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.make()
        driver = sync_playwright().start()
        cls.addClassCleanup(driver.stop)
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        cls.browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        cls.addClassCleanup(cls.browser.close)

    @classmethod
    def make(cls):
        """Writes the pages."""

    @classmethod
    def write(cls, name, text):
        file = cls.folder / name
        file.write_text(text, encoding="utf-8")
        return file

    @classmethod
    def graph(cls, *files):
        lines = sayso("extract", *files, "--format", "json").stdout.decode().splitlines()
        return [json.loads(line) for line in lines]

    def open(self, file, fragment="", width=1440, height=900, calm=True, **options):
        motion = "reduce" if calm else "no-preference"
        context = self.browser.new_context(viewport={"width": width, "height": height}, reduced_motion=motion, **options)
        self.addCleanup(context.close)
        page = context.new_page()
        page.set_default_timeout(10_000)
        self.faults, self.requests = [], []
        page.on("console", lambda message: message.type in ("error", "warning") and self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(f"file://{file}{fragment}")
        page.wait_for_selector("#article :is(h1, .notice)", state="attached")
        self.addCleanup(self.check_quiet)
        return page

    def check_quiet(self):
        self.assertEqual(self.faults, [])
        beyond = [url for url in self.requests if not url.startswith(("file://", "data:"))]
        self.assertEqual(beyond, [])
        self.assertEqual(len([url for url in self.requests if url.startswith("file://")]), 1)

    def marked(self, page, selector):
        """The words of all stretches of a kind, put together."""
        return "".join(page.locator(f"#article [data-stretch]{selector}").all_text_contents())

    def text_of(self, page):
        return "".join(page.locator("#article > :not(footer)").all_text_contents())


class OneArticle(Browser):
    @classmethod
    def make(cls):
        cls.page = cls.folder / "page.html"
        sayso("extract", ARTICLE, "-o", cls.page)
        cls.json = cls.graph(ARTICLE)[0]
        cls.text = ARTICLE.read_text(encoding="utf-8")

    def relation(self, type_, **wanted):
        for relation in self.json["relations"]:
            if relation["type"] == type_ and all(relation[key] == value for key, value in wanted.items()):
                return relation
        raise AssertionError(f"no {type_} {wanted}")

    def edge(self, page, relation):
        return page.locator(f'#canvas [data-edge="{relation["id"]}"]')

    def test_the_article_stands_as_in_the_text(self):
        page = self.open(self.page)
        self.assertEqual(page.locator("#article h1").text_content(), self.text.split("\n")[0])
        shown = re.sub(r"\s+", "", self.text_of(page))
        self.assertEqual(shown, re.sub(r"\s+", "", self.text))
        for zone in ["byline", "caption", "interface"]:
            self.assertGreater(page.locator(f"#article .zone-{zone}").count(), 0, zone)
        colour = "element => getComputedStyle(element).color"
        body = page.locator("#article .zone-body").first.evaluate(colour)
        self.assertNotEqual(page.locator("#article .zone-byline").first.evaluate(colour), body)

    def test_every_edge_and_node_of_the_graph_is_in_the_picture(self):
        page = self.open(self.page)
        drawn = page.locator("#canvas [data-edge]").evaluate_all("all => all.map(e => e.dataset.edge)")
        named = [r["id"] for r in self.json["relations"] if r["target"] or r["literal"]]
        self.assertLessEqual(len(self.json["relations"]) - len(drawn), 3)
        self.assertLessEqual(set(drawn), set(named))
        nodes = page.locator("#canvas [data-node]").evaluate_all("all => all.map(e => e.dataset.node)")
        for relation in self.json["relations"]:
            if relation["id"] in drawn and relation["source"]:
                self.assertIn(relation["source"], nodes)

    def test_a_click_on_an_edge_marks_its_words(self):
        page = self.open(self.page)
        clicked = 0
        for relation in self.json["relations"]:
            if self.edge(page, relation).count() == 0:
                continue
            # A real click on the words of the edge, where nothing lies over them; else the key.
            page.locator("#fit").click()
            if clicked < 5:
                self.edge(page, relation).locator("text").first.click()
            else:
                self.edge(page, relation).focus()
                page.keyboard.press("Enter")
            clicked += 1
            evidence = relation["evidence"]
            self.assertEqual(self.marked(page, ".evidence"), evidence["text"])
            self.assertEqual(evidence["text"], words(self.text, evidence))
            source = [p for v in relation["arguments"].values() for p in (v if isinstance(v, list) else [v])
                      if isinstance(p, dict) and p.get("entity") and p.get("entity") == relation["source"] and "text" in p]
            if source:
                inside = [p for p in source if evidence["start"] <= p["start"] < evidence["end"]]
                for piece in inside:
                    self.assertIn(piece["text"], self.marked(page, ".source"))
            self.assertEqual(self.edge(page, relation).get_attribute("aria-pressed"), "true")
        self.assertGreater(clicked, 20)

    def test_the_evidence_is_scrolled_to(self):
        page = self.open(self.page, height=600)
        last = [r for r in self.json["relations"] if r["evidence"]["zone"] == "body"][-1]
        self.edge(page, last).focus()
        page.keyboard.press("Enter")
        box = page.locator("#article .evidence").first.bounding_box()
        frame = page.locator("#article").bounding_box()
        self.assertTrue(frame["y"] <= box["y"] <= frame["y"] + frame["height"], (box, frame))
        self.assertGreater(page.locator("#article").evaluate("element => element.scrollTop"), 100)

    def test_the_details_of_a_relation_are_all_there(self):
        page = self.open(self.page)
        claimed = next(r for r in self.json["relations"] if r["within"] and not r["asserted"])
        for relation in [claimed, self.relation("said"), self.relation("refuses"), self.relation("estimates")]:
            page.locator(f'#relations .row[data-key="{relation["id"]}"]').click()
            panel = page.locator("#panel").inner_text()
            rule = relation["rule"]
            for part in [relation["polarity"], relation["modality"], relation["evidence"]["text"],
                         f"{rule['id']}/{rule['variant']}", f"{rule['file']}:{rule['line']}",
                         "asserted" if relation["asserted"] else "claimed"]:
                self.assertIn(part, panel)
            for name in ["tense", "speech"]:
                if relation[name] not in (None, "none"):
                    self.assertIn(f"{name}\n{relation[name]}", panel)
            names = {e["id"]: e["name"] for e in self.json["entities"]}
            if relation["source"]:
                self.assertIn(names[relation["source"]], panel)
            for name, value in relation["arguments"].items():
                pieces = value if isinstance(value, list) else [value]
                if isinstance(value, dict) and value.get("text") and not value.get("entity") and not value.get("statement"):
                    self.assertIn(re.sub(r"\s+", " ", value["text"]), re.sub(r"\s+", " ", panel), name)
                self.assertTrue(pieces)
        page.locator(f'#relations .row[data-key="{claimed["id"]}"]').click()
        self.assertIn("in a statement of", page.locator("#panel").inner_text())

    def test_a_click_on_a_node_marks_its_mentions(self):
        page = self.open(self.page)
        entity = max(self.json["entities"], key=lambda e: (len(e["mentions"]) if e["type"] == "Person" else 0))
        page.locator(f'#canvas [data-node="{entity["id"]}"] text').first.click()
        for mention in entity["mentions"]:
            self.assertIn(mention["text"], self.marked(page, ".chosen"))
        panel = page.locator("#panel").inner_text()
        self.assertIn(entity["name"], panel)
        self.assertIn(f"{len(entity['mentions'])} mentions", panel)
        for mention in entity["mentions"]:
            self.assertIn(mention["rule"], panel)
        statement = self.json["statements"][0]
        page.locator(f'#canvas [data-node="{statement["id"]}"]').focus()
        page.keyboard.press("Enter")
        self.assertEqual(self.marked(page, ".content"), "".join(p["text"] for p in statement["content"]))
        self.assertIn(f"{statement['speech']} speech", page.locator("#panel").inner_text())

    def test_identifiers_are_text_and_never_links(self):
        page = self.open(self.page)
        entity = next(e for e in self.json["entities"] if e["ids"])
        page.locator("#tab-entities").click()
        page.locator(f'#entities .row[data-key="{entity["id"]}"]').click()
        panel = page.locator("#panel").inner_text()
        for value in entity["ids"].values():
            self.assertIn(value, panel)
        self.assertEqual(page.locator("a[href], area, [*|href]:not(link)").count(), 0)

    def test_a_click_in_the_text_shows_what_was_found_there(self):
        page = self.open(self.page)
        relation = self.relation("refuses")
        agent = relation["arguments"]["agent"]
        place = agent["start"]
        entity = next(e for e in self.json["entities"] if e["id"] == agent["entity"])
        named = page.locator("#article .zone-body .mention").filter(has_text=re.compile(f"^{entity['name']}$"))
        named.first.click()
        panel = page.locator("#panel").inner_text()
        self.assertIn("found here", panel)
        self.assertIn(f"“{entity['name']}”", panel)
        self.assertIn("Entities", panel)
        self.assertIn("Relations", panel)
        self.assertEqual(page.locator("#article .here").count(), 1)
        # The address names the same place, and everything that covers it is listed, however it overlaps.
        page = self.open(self.page, f"#place={place}@{self.json['documents'][0]['id']}")
        covering = [r for r in self.json["relations"] if r["evidence"]["start"] <= place < r["evidence"]["end"]]
        self.assertGreater(len(covering), 1)
        self.assertEqual(page.locator("#panel .link.relation").count(), len(covering))
        said = [s for s in self.json["statements"] if any(p["start"] <= place < p["end"] for p in s["content"])]
        statements = page.locator("#panel section", has_text="Statements")
        self.assertEqual(statements.locator("li").count() if said else 0, len(said))

    def test_filters_hide_in_the_lists_and_dim_in_the_picture(self):
        page = self.open(self.page)
        page.locator("#filters summary").click()
        page.locator('.chip[data-value="refuses"]').click()
        refusals = [r["id"] for r in self.json["relations"] if r["type"] == "refuses"]
        rows = page.locator("#relations .row").evaluate_all("all => all.map(e => e.dataset.key)")
        self.assertEqual(rows, refusals)
        bright = page.locator("#canvas [data-edge]:not(.dim)").evaluate_all("all => all.map(e => e.dataset.edge)")
        self.assertEqual(sorted(bright), sorted(refusals))
        self.assertIn("only-relation=refuses", page.url)
        page.locator("#clear").click()
        self.assertEqual(page.locator("#relations .row").count(), len(self.json["relations"]))
        self.assertEqual(page.locator("#canvas .dim").count(), 0)
        page.locator('.chip[data-value="claimed"]').click()
        claims = [r["id"] for r in self.json["relations"] if r["within"] and not r["asserted"]]
        rows = page.locator("#relations .row").evaluate_all("all => all.map(e => e.dataset.key)")
        self.assertEqual(rows, claims)
        page.locator('.chip[data-value="claimed"]').click()
        page.locator('.chip[data-facet="type"][data-value="Country"]').click()
        page.locator("#tab-entities").click()
        countries = {e["id"] for e in self.json["entities"] if e["type"] == "Country"}
        self.assertEqual(set(page.locator("#entities .row").evaluate_all("all => all.map(e => e.dataset.key)")), countries)
        names = {m["text"] for e in self.json["entities"] if e["type"] == "Country" for m in e["mentions"]}
        left = page.locator("#article .mention").all_text_contents()
        self.assertTrue(left and all(any(text in name for name in names) for text in left), left)

    def test_polarity_is_a_filter(self):
        text = "Norway does not refuse the offer, Anna Weber said. Sweden refuses the plan."
        file = self.folder / "polarity.html"
        sayso("extract", self.write("polarity.txt", text), "-o", file)
        page = self.open(file, "#only-polarity=negative")
        self.assertEqual(page.locator("#relations .row").count(), 1)
        self.assertEqual(page.locator("#relations .row .badge.negative").text_content(), "negated")

    def test_search_goes_over_names_words_and_rules(self):
        page = self.open(self.page)
        page.keyboard.press("/")
        self.assertEqual(page.evaluate("document.activeElement.id"), "search")
        page.keyboard.type("SOLBERG")
        count = len(re.findall("solberg", self.text, re.I))
        self.assertIn(f"{count}× in the text", page.locator("#search-count").inner_text())
        self.assertEqual(page.locator("#article .found").count(), count)
        shown = page.locator("#relations .row").count()
        self.assertTrue(0 < shown < len(self.json["relations"]))
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        self.assertEqual(page.locator("#article .found-now").count(), 1)
        page.locator("#search").fill("refuses/wont")
        by_rule = [r for r in self.json["relations"] if r["rule"]["variant"] == "wont" and r["rule"]["id"] == "refuses"]
        self.assertEqual(page.locator("#relations .row").count(), len(by_rule))
        page.locator("#search").fill("zzz nothing")
        self.assertIn("Nothing passes the filters", page.locator("#relations").inner_text())
        page.keyboard.press("Escape")
        self.assertEqual(page.locator("#search").input_value(), "")
        self.assertEqual(page.locator("#relations .row").count(), len(self.json["relations"]))

    def test_everything_can_be_done_by_key(self):
        page = self.open(self.page)
        focused = "(document.activeElement.closest('section, aside, header, nav, dialog') ?? document.body)"
        stops = []
        for _ in range(40):
            page.keyboard.press("Tab")
            stops.append(page.evaluate(f"{focused}.id || {focused}.tagName"))
            visible = page.evaluate("document.activeElement.matches(':focus-visible')")
            self.assertTrue(visible or stops[-1] == "BODY")
            if stops[-1] == "BODY":
                break
        for part in ["HEADER", "findings", "picture", "article"]:
            self.assertIn(part, stops)
        self.assertLess(len(stops), 20, "lists, picture and article are one stop each")
        first = page.locator("#relations .row").nth(0)
        first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        self.assertEqual(page.evaluate("document.activeElement.dataset.key"), self.json["relations"][2]["id"])
        page.keyboard.press("End")
        self.assertEqual(page.evaluate("document.activeElement.dataset.key"), self.json["relations"][-1]["id"])
        page.keyboard.press("Home")
        page.keyboard.press("Enter")
        self.assertTrue(page.locator("#panel").is_visible())
        page.keyboard.press("Escape")
        self.assertFalse(page.locator("#panel").is_visible())
        page.locator("#tab-relations").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        self.assertTrue(page.locator("#entities").is_visible())
        page.locator('#article [tabindex="0"]').focus()
        before = page.evaluate("document.activeElement.dataset.stretch")
        page.keyboard.press("ArrowRight")
        self.assertGreater(int(page.evaluate("document.activeElement.dataset.stretch")), int(before))
        page.keyboard.press("Enter")
        self.assertIn("found here", page.locator("#panel").inner_text())
        page.keyboard.press("?")
        self.assertTrue(page.locator("#help").is_visible())
        page.keyboard.press("Escape")
        self.assertFalse(page.locator("#help").is_visible())
        self.assertTrue(page.locator("#panel").is_visible(), "one Esc is for one thing")

    def test_who_reads_the_details_by_key_stays_and_comes_back(self):
        page = self.open(self.page)
        relation = self.relation("refuses")
        row = page.locator(f'#relations .row[data-key="{relation["id"]}"]')
        row.focus()
        page.keyboard.press("Enter")
        page.locator("#panel .link").first.focus()
        page.keyboard.press("Enter")
        self.assertEqual(page.evaluate("document.activeElement.id"), "panel")
        page.keyboard.press("Escape")
        self.assertEqual(page.evaluate("document.activeElement.dataset.key"), relation["id"])

    def test_arrows_go_from_part_to_part_of_the_picture(self):
        page = self.open(self.page)
        page.locator('#canvas [tabindex="0"]').focus()
        key = "document.activeElement.dataset.node ?? document.activeElement.dataset.edge"
        seen = {page.evaluate(key)}
        for arrow in ["ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight"]:
            page.keyboard.press(arrow)
            seen.add(page.evaluate(key))
        self.assertGreater(len(seen), 3)
        self.assertNotIn(None, seen)
        page.keyboard.press("Enter")
        self.assertTrue(page.locator("#panel").is_visible())

    def test_the_picture_is_zoomed_and_moved(self):
        page = self.open(self.page)
        view = lambda: [float(n) for n in page.locator("#canvas svg").get_attribute("viewBox").split()]
        whole = view()
        page.locator("#zoom-in").click()
        self.assertLess(view()[2], whole[2])
        page.locator("#zoom-out").click()
        page.locator("#zoom-out").click()
        self.assertGreater(view()[2], whole[2])
        page.locator("#fit").click()
        self.assertEqual(view(), whole)
        box = page.locator("#canvas").bounding_box()
        page.mouse.move(box["x"] + 40, box["y"] + box["height"] - 20)
        page.mouse.wheel(0, -300)
        page.wait_for_function("w => Number(document.querySelector('#canvas svg').getAttribute('viewBox').split(' ')[2]) < w", arg=whole[2])
        near = view()
        page.mouse.down()
        page.mouse.move(box["x"] + 140, box["y"] + box["height"] - 60, steps=4)
        page.mouse.up()
        self.assertLess(view()[0], near[0])
        self.assertEqual(page.locator("#panel").is_visible(), False, "to move is not to choose")
        page.locator('#canvas [tabindex="0"]').focus()
        page.keyboard.press("0")
        self.assertEqual(view(), whole)
        page.keyboard.press("+")
        page.keyboard.press("Shift+ArrowRight")
        self.assertGreater(view()[0], whole[0])

    def test_an_address_leads_to_an_edge(self):
        relation = self.relation("refuses")
        page = self.open(self.page)
        page.locator(f'#relations .row[data-key="{relation["id"]}"]').click()
        address = page.url.split("#", 1)[1]
        page.locator("#tab-entities").click()
        page.locator("#entities .row").first.click()
        page.go_back()
        self.assertEqual(self.marked(page, ".evidence"), relation["evidence"]["text"])
        page = self.open(self.page, f"#{address}")
        self.assertEqual(self.marked(page, ".evidence"), relation["evidence"]["text"])
        self.assertEqual(self.edge(page, relation).get_attribute("aria-pressed"), "true")
        page = self.open(self.page, "#relation=nobody%23rel-1&place=9@x&article=%3Cb%3E&only-relation=%3Cimg%3E&q=%3Cb%3E")
        self.assertFalse(page.locator("#panel").is_visible())

    def test_what_is_chosen_can_be_read_in_the_picture(self):
        page = self.open(self.page)
        relation = self.relation("estimates")
        page.locator(f'#relations .row[data-key="{relation["id"]}"]').click()
        box = self.edge(page, relation).locator("text").first.bounding_box()
        frame = page.locator("#canvas").bounding_box()
        self.assertTrue(frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"])
        self.assertTrue(frame["y"] <= box["y"] and box["y"] + box["height"] <= frame["y"] + frame["height"])
        self.assertGreater(box["height"], 6)

    def test_dark_follows_the_system_and_the_switch(self):
        background = "getComputedStyle(document.body).backgroundColor"
        light = self.open(self.page, color_scheme="light").evaluate(background)
        page = self.open(self.page, color_scheme="dark")
        dark = page.evaluate(background)
        self.assertNotEqual(light, dark)
        page.locator("#theme").click()
        self.assertEqual(page.evaluate(background), light)
        self.assertEqual(page.locator("#theme").get_attribute("aria-pressed"), "false")
        page.reload()
        self.requests.pop()
        self.assertEqual(page.evaluate(background), light, "the switch is remembered")

    def test_text_can_be_read_on_its_ground(self):
        """The contrast that WCAG asks for (4.5), light and dark, for what the page says itself."""
        script = """() => {
          const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return c.startsWith('color(srgb') ? [m[0]*255, m[1]*255, m[2]*255, m[3] ?? 1] : [m[0], m[1], m[2], m[3] ?? 1]; };
          const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
          const rgb = (c) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
          const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
          const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255]; };
          const out = [];
          for (const e of document.querySelectorAll('#article [data-stretch], #article p, #panel *, #relations .row *, .bar *, .tabs *, #legend *')) {
            if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
            const style = getComputedStyle(e);
            if (style.visibility === 'hidden' || !e.getClientRects().length || e.disabled) continue;
            const [a, b] = [light(rgb(style.color)), light(ground(e))].sort((x, y) => y - x);
            const ratio = (a + .05) / (b + .05);
            if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) out.push(`${ratio.toFixed(2)} ${e.className} ${e.textContent.slice(0, 30)}`);
          }
          return [...new Set(out)];
        }"""
        relation = self.relation("refuses")
        for scheme in ["light", "dark"]:
            page = self.open(self.page, f"#relation={relation['id'].replace('#', '%23')}", color_scheme=scheme)
            self.assertEqual(page.evaluate(script), [], scheme)

    def test_print_has_numbers_and_the_list(self):
        page = self.open(self.page)
        page.emulate_media(media="print")
        for hidden in ["#findings", "#picture", ".bar"]:
            self.assertFalse(page.locator(hidden).is_visible(), hidden)
        self.assertTrue(page.locator("#article h1").is_visible())
        rows = page.locator("#printed tbody tr")
        self.assertEqual(rows.count(), len(self.json["relations"]))
        self.assertIn(self.json["relations"][0]["rule"]["file"], rows.nth(0).inner_text())
        script = """all => all.map(e => getComputedStyle(e, '::after').content).filter(c => c !== 'none' && c !== '""')"""
        notes = page.locator("#article [data-note]").evaluate_all(script)
        ends = {r["evidence"]["end"] for r in self.json["relations"]}
        self.assertEqual(len(notes), len(ends))
        self.assertTrue(notes[0].strip('"').startswith("1"))
        pdf = page.pdf(format="A4")
        self.assertGreater(len(pdf), 10_000)
        page.emulate_media(media="screen")
        self.assertFalse(page.locator("#printed").is_visible())

    def test_it_is_usable_at_400_pixels(self):
        page = self.open(self.page, width=400, height=760, has_touch=True)
        wide = "document.documentElement.scrollWidth"
        for view in ["picture", "findings", "article"]:
            page.locator(f'.views [data-view="{view}"]').click()
            self.assertTrue(page.locator(f"#{view}").is_visible())
            self.assertLessEqual(page.evaluate(wide), 400)
        page.locator('.views [data-view="findings"]').click()
        relation = self.relation("estimates")
        page.locator(f'#relations .row[data-key="{relation["id"]}"]').click()
        self.assertIn(relation["evidence"]["text"], page.locator("#panel").inner_text())
        page.locator("#panel .go").click()
        self.assertTrue(page.locator("#article .evidence").first.is_visible())
        box = page.locator("#article .evidence").first.bounding_box()
        self.assertLess(box["y"], page.locator("#panel").bounding_box()["y"], "the panel does not lie over it")
        self.assertLessEqual(page.evaluate(wide), 400)

    def test_no_other_script_and_no_network_would_work(self):
        page = self.open(self.page)
        page.evaluate("""() => { const s = document.createElement('script'); s.textContent = 'window.evil = 1'; document.body.append(s);
          const d = document.createElement('div'); d.setAttribute('onclick', 'window.evil = 2'); document.body.append(d); d.click();
          const i = document.createElement('img'); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i); }""")
        self.assertEqual(page.evaluate("window.evil ?? null"), None)
        refused = page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')")
        self.assertEqual(refused, "refused")
        self.assertTrue(all("Content Security Policy" in fault or "violates" in fault for fault in self.faults), self.faults)
        self.assertGreaterEqual(len(self.faults), 3)
        self.faults.clear()
        self.requests[:] = [url for url in self.requests if "127.0.0.1" not in url]

    def test_roles_and_names_are_there(self):
        page = self.open(self.page)
        unnamed = """() => [...document.querySelectorAll('button, input, select, [role=button], [role=tab]')].filter((e) =>
          e.getClientRects().length && !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length)).map((e) => e.outerHTML.slice(0, 80))"""
        self.assertEqual(page.evaluate(unnamed), [])
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
        self.assertEqual(len(ids), len(set(ids)))
        relation = self.relation("refuses")
        self.assertIn("refuses", self.edge(page, relation).get_attribute("aria-label"))
        for role, name in [("region", "Article"), ("region", "Findings"), ("region", "Picture of the graph"), ("searchbox", "Search names, words and rules")]:
            self.assertEqual(page.get_by_role(role, name=name, exact=True).count(), 1, name)

    def test_the_same_input_gives_the_same_bytes(self):
        again = self.folder / "again.html"
        sayso("extract", ARTICLE, "-o", again)
        self.assertEqual(again.read_bytes(), self.page.read_bytes())


class HostileText(Browser):
    @classmethod
    def make(cls):
        cls.page = cls.folder / "hostile.html"
        cls.file = cls.write("hostile.txt", HOSTILE)
        sayso("extract", cls.file, "-o", cls.page)
        cls.json = cls.graph(cls.file)[0]

    def test_it_is_shown_as_it_is_and_nothing_runs(self):
        page = self.open(self.page)
        self.assertEqual(re.sub(r"\s+", "", self.text_of(page)), re.sub(r"\s+", "", HOSTILE))
        self.assertEqual(page.locator("img, b, #article script, iframe, object").count(), 0)
        self.assertEqual(page.locator("script").count(), 3)
        self.assertGreater(len(self.json["relations"]), 3)
        for relation in self.json["relations"]:
            page.locator(f'#relations .row[data-key="{relation["id"]}"]').click()
            self.assertEqual(self.marked(page, ".evidence"), relation["evidence"]["text"])
            self.assertEqual(words(HOSTILE, relation["evidence"]), relation["evidence"]["text"])
            self.assertIn(re.sub(r"\s+", " ", relation["evidence"]["text"]),
                          re.sub(r"\s+", " ", page.locator("#panel blockquote").text_content()))
        page.locator("#tab-entities").click()
        for entity in self.json["entities"]:
            page.locator(f'#entities .row[data-key="{entity["id"]}"]').click()
            self.assertEqual(self.marked(page, ".chosen").replace("\n", " "),
                             "".join(words(HOSTILE, span) for span in union(entity["mentions"])).replace("\n", " "))
        self.assertIn(EVIL, page.title())

    def test_every_statement_behind_emoji_has_its_own_words(self):
        page = self.open(self.page)
        for statement in self.json["statements"]:
            page.evaluate("id => { location.hash = new URLSearchParams({ node: id }); }", statement["id"])
            page.wait_for_function("id => new URLSearchParams(location.hash.slice(1)).get('node') === id", arg=statement["id"])
            page.wait_for_selector("#article .content")
            self.assertEqual(self.marked(page, ".content"), "".join(words(HOSTILE, span) for span in union(statement["content"])))

    def test_search_finds_accents_and_marks(self):
        page = self.open(self.page)
        page.locator("#search").fill("cafés")
        self.assertEqual(self.marked(page, ".found"), "cafe\u0301s")
        page.locator("#search").fill(EVIL)
        self.assertEqual(self.marked(page, ".found"), EVIL * HOSTILE.count(EVIL))

    def test_right_to_left_paragraphs_run_so(self):
        page = self.open(self.page)
        last = page.locator("#article [dir=auto]").filter(has_text="\u05d4\u05e9\u05e8").last
        self.assertEqual(last.evaluate("element => getComputedStyle(element).direction"), "rtl")


def union(pieces):
    """Places without overlaps, in order."""
    out = []
    for piece in sorted(pieces, key=lambda p: (p["start"], p["end"])):
        if out and piece["start"] < out[-1]["end"]:
            out[-1]["end"] = max(out[-1]["end"], piece["end"])
        else:
            out.append({"start": piece["start"], "end": piece["end"]})
    return out


class ThreeArticles(Browser):
    @classmethod
    def make(cls):
        names = ["grain-corridor", "harbour-strike", "river-dam"]
        cls.files = [ROOT / f"tests/articles/{name}.txt" for name in names]
        cls.page = cls.folder / "three.html"
        sayso("extract", *cls.files, "-o", cls.page)
        cls.json = cls.graph(*cls.files)

    def test_each_can_be_chosen(self):
        page = self.open(self.page)
        self.assertEqual(page.locator("#choose option").count(), 3)
        for graph in reversed(self.json):
            document = graph["documents"][0]
            page.locator("#choose").select_option(document["id"])
            self.assertEqual(page.locator("#article h1").first.text_content(), document["title"])
            self.assertIn(f"article={document['id']}", page.url)

    def test_the_chooser_says_where_the_words_are(self):
        page = self.open(self.page)
        page.locator("#search").fill("dockers")
        for graph, option in zip(self.json, page.locator("#choose option").all()):
            document = graph["documents"][0]
            times = len(re.findall("dockers", document["text"], re.I))
            self.assertEqual(option.text_content(), document["title"] + (f" ({times}×)" if times else ""))

    def test_an_edge_leads_to_its_article(self):
        page = self.open(self.page)
        for graph in reversed(self.json):
            relation = graph["relations"][len(graph["relations"]) // 2]
            page.locator(f'#relations .row[data-key="{relation["id"]}"]').click()
            self.assertEqual(page.locator("#choose").input_value(), relation["evidence"]["document"])
            self.assertEqual(self.marked(page, ".evidence"), relation["evidence"]["text"])

    def test_lists_can_be_those_of_one_article(self):
        page = self.open(self.page)
        everything = sum(len(graph["relations"]) for graph in self.json)
        self.assertEqual(page.locator("#relations .row").count(), everything)
        page.locator("#filters summary").click()
        page.locator("#here").check()
        self.assertEqual(page.locator("#relations .row").count(), len(self.json[0]["relations"]))
        page.locator("#choose").select_option(self.json[1]["documents"][0]["id"])
        self.assertEqual(page.locator("#relations .row").count(), len(self.json[1]["relations"]))
        page.emulate_media(media="print")
        self.assertEqual(page.locator("#printed tbody tr").count(), len(self.json[1]["relations"]))

    def test_a_folder_gets_a_page_an_article(self):
        folder = self.folder / "pages"
        sayso("extract", *self.files, "-o", f"{folder}/", "--format", "html")
        self.assertEqual(sorted(p.name for p in folder.iterdir()), sorted(f"{f.stem}.html" for f in self.files))
        page = self.open(folder / "river-dam.html")
        self.assertFalse(page.locator("#chooser").is_visible())


class Edges(Browser):
    def test_a_page_without_a_picture_is_as_good(self):
        file = self.folder / "plain.html"
        done = sayso("extract", ARTICLE, "-o", file, path="/nowhere")
        self.assertEqual(done.stderr.decode().count("the page has no picture"), 1)
        self.assertIn("apt install graphviz", done.stderr.decode())
        graph = self.graph(ARTICLE)[0]
        page = self.open(file)
        self.assertIn("apt install graphviz", page.locator("#no-picture").inner_text())
        relation = graph["relations"][5]
        page.locator(f'#relations .row[data-key="{relation["id"]}"]').click()
        self.assertEqual(self.marked(page, ".evidence"), relation["evidence"]["text"])
        page.locator("#filters summary").click()
        page.locator('.chip[data-value="refuses"]').click()
        self.assertEqual(page.locator("#relations .row").count(), 3)
        page = self.open(file, width=400)
        self.assertTrue(page.locator("#article h1").is_visible())

    def test_an_empty_text_is_a_page_too(self):
        file = self.folder / "empty.html"
        sayso("extract", "-", "-o", file, stdin=b"")
        page = self.open(file)
        self.assertIn("Nothing was found", page.locator("#relations").inner_text())

    def test_of_many_articles_the_busiest_part_is_drawn(self):
        texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/articles").glob("*.txt"))]
        lines = [json.dumps({"id": f"a{number}", "text": texts[number % len(texts)].replace("said", f"said on day {number}")})
                 for number in range(60)]
        file = self.folder / "sixty.html"
        sayso("extract", "--input-format", "jsonl", "-", "-o", file, stdin="\n".join(lines).encode())
        page = self.open(file)
        self.assertGreater(page.locator("#canvas [data-node]").count(), 150)
        self.assertGreater(page.locator("#canvas [data-edge]").count(), 100)
        legend = page.locator("#legend").inner_text()
        self.assertIn("Only the busiest part is drawn", legend)
        self.assertNotIn("does not name", legend, "what cannot be drawn takes no place")

    def test_a_large_graph_shows_its_busiest_part_and_says_so(self):
        first = ["Anna", "Paul", "Maria", "Peter", "Laura", "David", "Julia", "Simon", "Clara", "Robert"]
        last = ["Weber", "Lund", "Ozols", "Keller", "Novak", "Berg", "Moreau", "Rossi", "Jansen", "Silva", "Fischer", "Hansen",
                "Larsen", "Meyer", "Wagner", "Becker", "Hoffmann", "Schulz", "Koch", "Bauer"]
        lines = [f"{a} {b} said the {number} boats were late." for number, (a, b) in
                 enumerate(((a, b) for a in first for b in last), start=3)]
        text = self.write("many.txt", "Many people speak of boats\n\n" + "\n\n".join(lines) + "\n")
        file = self.folder / "many.html"
        sayso("extract", text, "-o", file)
        page = self.open(file)
        nodes = page.locator("#canvas [data-node]").count()
        self.assertTrue(100 < nodes <= 300, nodes)
        self.assertIn("Only the busiest part is drawn", page.locator("#legend").inner_text())
        rows = page.locator("#relations .row").count()
        self.assertGreater(rows, 190)


if __name__ == "__main__":
    unittest.main()
