// What is known of the chosen thing.

const panel = document.getElementById("panel");
/** Where the reader was when the details opened. */
let opener = null;

function showPanel() {
  const { selected } = state;
  const reading = panel.contains(document.activeElement);
  if (selected && !reading && document.activeElement !== document.body) opener = document.activeElement;
  panel.hidden = !selected;
  document.body.classList.toggle("with-panel", Boolean(selected));
  if (!selected) {
    panel.replaceChildren();
    if (reading) opener?.focus();
    return;
  }
  const build = { relation: relationPanel, node: nodePanel, place: placePanel }[selected.kind];
  panel.replaceChildren(make("button", { type: "button", class: "quiet close", "aria-label": "Close the details", title: "Close (Esc)", onclick: () => closePanel() }, "×"), ...[build(selected)].flat(Infinity).filter(Boolean));
  panel.scrollTop = 0;
  // Its old buttons are gone; who went by key from one thing to the next stays here.
  if (reading) panel.focus({ preventScroll: true });
}

function closePanel() {
  change({ selected: null });
}

/** Rows of names and values; what is not known has no row. */
function facts(rows) {
  const known = rows.filter(([, value]) => value != null && value !== "" && value.length !== 0);
  return make("dl", {}, known.map(([name, value, className]) => [make("dt", { class: className }, name), make("dd", {}, value)]));
}

function nodeButton(key, length = 160) {
  if (key == null) return make("em", {}, "not named");
  return make("button", { type: "button", class: "link", onclick: () => select("node", key) }, bdi(quotedName(key, length)));
}

function relationButton(relation) {
  return make("button", { type: "button", class: "link relation", onclick: () => select("relation", relation.id) }, summary(relation), badges(relation));
}

function listOf(items) {
  return make("ul", {}, items.map((item) => make("li", {}, item)));
}

/** A section with a heading; none where it is empty. */
function section(title, items) {
  return items.length > 0 && make("section", {}, make("h3", {}, title), listOf(items));
}

function relationPanel({ id }) {
  const relation = relations.get(id);
  const { rule, evidence } = relation;
  return [
    make("p", { class: "kind" }, spaced(relation.type), ` · ${voice(relation)}`),
    make("h2", {}, summary(relation)),
    quotation(relation),
    showInArticle(),
    qualifiers(relation),
    facts([
      ["source", nodeButton(relation.from), "source"],
      ["target", nodeButton(relation.to), "target"],
      ...otherArguments(relation),
      ["voice", voiceOf(relation)],
      ...attributeRows(relation.attributes),
      ["rule", [make("code", {}, ruleName(rule)), " ", make("span", { class: "file" }, `${rule.file}:${rule.line}`)]],
      ["derived from", (relation.derived_from ?? []).map((other) => relations.has(other) && relationButton(relations.get(other)))],
      ["place", `${articleName(evidence.document)}, characters ${evidence.start}–${evidence.end}`],
    ]),
  ];
}

/** How it is said, in one line. */
function qualifiers(relation) {
  const known = ["polarity", "modality", "tense", "speech"].filter((name) => (relation[name] ?? "none") !== "none");
  return make("dl", { class: "how" }, known.map((name) => make("div", {}, make("dt", {}, name), make("dd", {}, relation[name]))));
}

/** Whether it is asserted, and in whose statement it stands. */
function voiceOf(relation) {
  if (!relation.within) return voice(relation);
  const speaker = speakers.get(relation.within);
  const whose = speaker ? [" in a statement of ", nodeButton(speaker.from), ": "] : [" in a statement: "];
  return [voice(relation), ...whose, nodeButton(relation.within, 80)];
}

/** The sentence, with its arguments marked. */
function quotation(relation) {
  const { evidence } = relation;
  const article = articles.get(evidence.document);
  const inside = [];
  for (const [name, value] of Object.entries(relation.arguments)) {
    for (const piece of pieces(value)) {
      if (piece.start >= evidence.start && piece.end <= evidence.end) inside.push([piece.start, piece.end, part(relation, name, piece)]);
    }
  }
  if (relation.literal) inside.push([relation.literal.start, relation.literal.end, "target"]);
  const cuts = [...new Set([evidence.start, evidence.end, ...inside.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
  const parts = cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1];
    const over = inside.filter(([from, to]) => from <= start && to >= end);
    const text = words(article, start, end);
    return over.length > 0 ? make("span", { class: `argument ${over.map(([, , kind]) => kind).join(" ")}` }, text) : text;
  });
  return make("blockquote", { dir: "auto", class: "evidence-text" }, parts);
}

function otherArguments(relation) {
  const rows = [];
  for (const [name, value] of Object.entries(relation.arguments)) {
    const bound = pieces(value).filter((piece) => part(relation, name, piece) === "other");
    if (value === true) rows.push([spaced(name), "yes"]);
    else if (bound.length > 0) rows.push([spaced(name), bound.map(argumentValue), "other"]);
  }
  return rows;
}

function argumentValue(piece) {
  const key = piece.entity ?? piece.statement;
  const values = ["change", "value", "low", "high", "unit"].filter((name) => piece[name] != null);
  const figures = values.map((name) => `${name} ${plain(piece[name])}`).join(", ");
  return make("span", { class: "value" }, piece.text != null && bdi(`“${piece.text}”`), key && [" → ", nodeButton(key)], figures && ` (${figures})`);
}

function attributeRows(attributes) {
  return Object.entries(attributes ?? {}).map(([name, value]) => [spaced(name), bdi(plain(value))]);
}

/** A value of an attribute: words, a number, that it is so, or words that look like a number. */
function plain(value) {
  if (value === true) return "yes";
  return typeof value === "object" ? value.text : String(value);
}

function articleName(id) {
  return articles.get(id)?.file ?? id;
}

function showInArticle() {
  return make("button", { type: "button", class: "go", onclick: () => { showView("article"); showChosen(); } }, "Show in the article");
}

function nodePanel({ id }) {
  if (entities.has(id)) return entityPanel(entities.get(id));
  if (statements.has(id)) return statementPanel(statements.get(id));
  return [
    make("p", { class: "kind" }, "words"),
    make("h2", {}, bdi(`“${nodeName(id)}”`)),
    showInArticle(),
    section("Relations", (edgesOf.get(id) ?? []).map(relationButton)),
  ];
}

function entityPanel(entity) {
  const ids = Object.entries(entity.ids).map(([scheme, value]) => [scheme, make("code", {}, value)]);
  const mentions = entity.mentions.map((mention) => mentionButton(mention));
  return [
    make("p", { class: "kind", colours: types.get(entity.type) }, make("i", { class: "dot", "aria-hidden": "true" }), spaced(entity.type)),
    make("h2", {}, bdi(entity.name)),
    showInArticle(),
    facts([...ids, ...attributeRows(entity.attributes), ["id", make("code", {}, entity.id)]]),
    section("Relations", (edgesOf.get(entity.id) ?? []).map(relationButton)),
    section(plural(mentions.length, "mention", "mentions"), mentions),
  ];
}

function mentionButton(mention) {
  const go = () => select("place", mention.document, mention.start);
  const about = [mention.kind, mention.form, mention.rule, mention.rule_at, mention.because, graph.documents.length > 1 && articleName(mention.document)];
  return [make("button", { type: "button", class: "link", onclick: go }, bdi(`“${mention.text}”`)), make("span", { class: "about" }, about.filter(Boolean).join(" · "))];
}

function statementPanel(statement) {
  const speaker = speakers.get(statement.id);
  const claims = graph.relations.filter((relation) => relation.within === statement.id);
  return [
    make("p", { class: "kind" }, `statement · ${statement.speech} speech`),
    make("h2", { class: "said" }, bdi(quotedName(statement.id, 600))),
    showInArticle(),
    facts([
      ["said by", speaker && nodeButton(speaker.from)],
      ["quoted", statement.quoted.map((piece) => bdi(`“${piece.text.replace(/^[“"]|[”"]$/g, "")}”`, "value"))],
      ["about", (statement.about ?? []).map((key) => make("span", { class: "value" }, nodeButton(key)))],
    ]),
    section("Who says it", (edgesOf.get(statement.id) ?? []).filter((relation) => relation.to === statement.id).map(relationButton)),
    section("Said in it", claims.map(relationButton)),
  ];
}

/** Everything that was found at a place in the text, the nearest first. */
function placePanel({ id, at }) {
  const here = stretchAt(at);
  if (!here || id !== state.article) return [make("h2", {}, "Nothing was found here")];
  const spans = [...here.spans].sort((a, b) => a.end - a.start - (b.end - b.start));
  const once = (items) => [...new Set(items)];
  const mentions = spans.filter((span) => span.kind === "mention");
  const title = mentions.length > 0 ? innermost(mentions) : here;
  return [
    make("p", { class: "kind" }, "found here"),
    make("h2", {}, bdi(`“${shortened(words(articles.get(id), title.start, title.end), 120)}”`)),
    section("Entities", mentions.map(({ entity, mention }) => [
      make("i", { class: "dot", colours: types.get(entity.type), "aria-hidden": "true" }),
      nodeButton(entity.id),
      make("span", { class: "about" }, [spaced(entity.type), mention.kind, mention.rule, mention.because].filter(Boolean).join(" · ")),
    ])),
    section("Statements", once(spans.filter((span) => span.statement).map((span) => span.statement.id)).map((key) => nodeButton(key, 100))),
    section("Relations", once(spans.filter((span) => span.relation).map((span) => span.relation)).map(relationButton)),
  ];
}
