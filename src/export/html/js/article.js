// The article. Its text is cut wherever anything begins or ends, so that each stretch knows all that covers it, however
// things overlap, and a choice only changes classes.

const articlePane = document.getElementById("article");
let stretches = [];
/** Starts and ends of what the search found in the shown article. */
let found = [];
let foundNow = -1;

function showArticle() {
  const article = articles.get(state.article);
  stretches = [];
  if (!article) {
    articlePane.replaceChildren(make("p", { class: "notice" }, "There is no article."));
    return;
  }
  found = foundIn(article);
  foundNow = -1;
  const spans = spansOf(article).concat(found.map(([start, end]) => ({ kind: "found", start, end })));
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const notes = notesOf(article);
  const blocks = article.paragraphs.map(([zone, start, end]) => paragraph(article, zone, start, end, spans, notes));
  if (!article.paragraphs.some(([zone]) => zone === "title")) {
    blocks.unshift(make("h1", { class: "stand-in", dir: "auto" }, article.title ?? article.id));
  }
  articlePane.replaceChildren(...blocks, colophon(article));
  articlePane.scrollTop = 0;
  putInTabOrder(articlePane, "[data-stretch][tabindex]");
  markArticle();
}

function paragraph(article, zone, start, end, spans, notes) {
  const tag = zone === "title" ? "h1" : zone === "caption" ? "aside" : "p";
  const block = make(tag, { class: `zone-${zone}`, dir: "auto" });
  const inside = spans.filter((span) => span.end > start && span.start < end);
  const cuts = new Set([start, end]);
  for (const span of inside) {
    if (span.start > start) cuts.add(span.start);
    if (span.end < end) cuts.add(span.end);
  }
  const places = [...cuts].sort((a, b) => a - b);
  for (let index = 0; index + 1 < places.length; index += 1) {
    block.append(textStretch(article, places[index], places[index + 1], inside, notes));
  }
  return block;
}

function textStretch(article, start, end, spans, notes) {
  const covering = spans.filter((span) => span.start <= start && span.end >= end);
  const element = make("span", {}, words(article, start, end));
  if (covering.length === 0) return element;
  element.dataset.stretch = stretches.length;
  element.dataset.note = notes.get(end) ?? "";
  const mentions = covering.filter((span) => span.kind === "mention");
  if (mentions.some((span) => span.start === start)) {
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "-1");
  }
  stretches.push({ start, end, element, spans: covering, mentions });
  return element;
}

/** Numbers of relations by the end of their sentence, for print: `3–5, 7`. */
function notesOf(article) {
  const numbers = new Map();
  for (const relation of graph.relations) {
    const { document, end } = relation.evidence;
    if (document !== article.id) continue;
    if (!numbers.has(end)) numbers.set(end, []);
    numbers.get(end).push(relation.number);
  }
  const runs = (list) => {
    const out = [];
    for (const number of list) {
      const last = out.at(-1);
      if (last && last[1] === number - 1) last[1] = number;
      else out.push([number, number]);
    }
    return out.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(", ");
  };
  return new Map([...numbers].map(([end, list]) => [end, runs(list)]));
}

function colophon(article) {
  const parts = [article.file ?? article.id, article.date && `published ${article.date}`, `SHA-256 ${article.sha256.slice(0, 12)}…`];
  return make("footer", { class: "colophon" }, parts.filter(Boolean).join(" · "));
}

/** Puts classes on what is chosen, found and filtered. */
function markArticle() {
  for (const { element, spans, mentions } of stretches) {
    const classes = new Set();
    const shown = mentions.filter((span) => passing.entities.has(span.entity.id));
    if (shown.length > 0) {
      classes.add("mention");
      colour(element, types.get(innermost(shown).entity.type));
    }
    for (const span of spans) classes.add(mark(span));
    classes.delete(undefined);
    element.className = [...classes].join(" ");
  }
  if (state.selected?.kind === "place" && state.selected.id === state.article) {
    stretchAt(state.selected.at)?.element.classList.add("here");
  }
  stretchAt(found[foundNow]?.[0])?.element.classList.add("found-now");
}

function mark(span) {
  if (span.kind === "found") return "found";
  const { selected } = state;
  if (selected?.kind === "relation" && span.relation?.id === selected.id) {
    return span.kind === "evidence" ? "evidence" : `argument ${span.part}`;
  }
  if (selected?.kind !== "node") return undefined;
  if (span.entity?.id === selected.id) return "chosen";
  if (span.statement?.id === selected.id) return span.kind;
  const place = stretch(selected.id);
  return span.kind === "argument" && place?.start === span.start && place.end === span.end ? "chosen" : undefined;
}

function innermost(spans) {
  return spans.reduce((best, span) => (span.end - span.start < best.end - best.start ? span : best));
}

function stretchAt(at) {
  return at == null ? undefined : stretches.find((stretch) => stretch.start <= at && at < stretch.end);
}

const CHOSEN = ".argument.source, .evidence, .chosen, .content, .here";

/** Scrolls to the first stretch of what is chosen. */
function showChosen() {
  const first = articlePane.querySelector(CHOSEN);
  if (first) scrollTo(first);
}

/** The text folded letter by letter, and the code point that each unit of it came from; made once. */
function foldedText(article) {
  if (!article.folded) {
    const letters = [...article.text].map(folded);
    const points = [];
    letters.forEach((letter, point) => {
      for (let unit = 0; unit < letter.length; unit += 1) points.push(point);
    });
    article.folded = { letters, points, text: letters.join("") };
  }
  return article.folded;
}

/** Places where the article has the words of the search, in code points. */
function foundIn(article) {
  const query = folded(state.query);
  if (!query) return [];
  const { letters, points, text } = foldedText(article);
  const places = [];
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
    places.push([points[at], withMarks(letters, points[at + query.length - 1] + 1)]);
  }
  return places;
}

/** Combining marks behind a letter belong to it. */
function withMarks(letters, end) {
  let after = end;
  while (after < letters.length && letters[after] === "") after += 1;
  return after;
}

/** Without case and accents. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s/g, " ").toLowerCase();
}

function goToNextFound() {
  if (found.length === 0) return;
  foundNow = (foundNow + 1) % found.length;
  markArticle();
  const now = articlePane.querySelector(".found-now");
  if (now) scrollTo(now);
}

function choosePlace(element) {
  const chosen = stretches[Number(element.dataset.stretch)];
  if (chosen) select("place", state.article, chosen.start);
}

articlePane.addEventListener("click", (event) => {
  const element = event.target.closest("[data-stretch]");
  if (element && getSelection().isCollapsed) choosePlace(element);
});
articlePane.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== " ") return;
  const element = event.target.closest("[data-stretch]");
  if (!element) return;
  event.preventDefault();
  choosePlace(element);
});
rove(articlePane, "[data-stretch][tabindex]", { horizontal: true });
