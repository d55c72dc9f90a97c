// The relations and the entities, as lists.

/** So many rows are made at first; a browser takes long over tens of thousands. */
const ROWS = 300;
const lists = { relations: document.getElementById("relations"), entities: document.getElementById("entities") };
const tabs = { relations: document.getElementById("tab-relations"), entities: document.getElementById("tab-entities") };
const allRows = { relations: false, entities: false };
let tab = "relations";

function showTab(name) {
  tab = name;
  for (const key of Object.keys(tabs)) {
    tabs[key].setAttribute("aria-selected", key === name);
    tabs[key].tabIndex = key === name ? 0 : -1;
    lists[key].hidden = key !== name;
  }
}

function showLists() {
  const shownRelations = graph.relations.filter((relation) => passing.relations.has(relation.id));
  const shownEntities = graph.entities.filter((entity) => passing.entities.has(entity.id));
  const order = new Map(page.types.map((type, index) => [type.name, index]));
  shownEntities.sort((a, b) => order.get(a.type) - order.get(b.type) || b.mentions.length - a.mentions.length);
  fill("relations", shownRelations, relationRow, (relation) => graph.documents.length > 1 && relation.evidence.document);
  fill("entities", shownEntities, entityRow, (entity) => entity.type);
  tabs.relations.querySelector(".count").textContent = tally(shownRelations.length, graph.relations.length);
  tabs.entities.querySelector(".count").textContent = tally(shownEntities.length, graph.entities.length);
  markLists();
}

function tally(shown, all) {
  return shown === all ? all.toLocaleString("en") : `${shown.toLocaleString("en")} of ${all.toLocaleString("en")}`;
}

/** Rows under headings. */
function fill(name, items, row, group) {
  const list = lists[name];
  const shown = allRows[name] ? items : items.slice(0, ROWS);
  const parts = [];
  let last = null;
  for (const item of shown) {
    const key = group(item);
    if (key && key !== last) parts.push(heading(name, key));
    last = key;
    parts.push(row(item));
  }
  if (items.length === 0) parts.push(make("p", { class: "notice" }, isFiltered() ? "Nothing passes the filters." : "Nothing was found."));
  if (shown.length < items.length) parts.push(moreButton(name, items.length));
  list.replaceChildren(...parts);
}

function heading(name, key) {
  if (name === "entities") return make("h3", { colours: types.get(key) }, make("i", { class: "dot", "aria-hidden": "true" }), spaced(key));
  const article = articles.get(key);
  return make("h3", {}, bdi(article.title ?? article.id));
}

function moreButton(name, count) {
  const show = () => {
    allRows[name] = true;
    showLists();
  };
  return make("button", { type: "button", class: "more", onclick: show }, `Show all ${count.toLocaleString("en")}`);
}

function relationRow(relation) {
  return make(
    "button",
    { type: "button", class: "row", tabindex: "-1", "data-key": relation.id, onclick: () => select("relation", relation.id) },
    make("span", { class: "number" }, relation.number),
    make("span", { class: "what" }, summary(relation)),
    badges(relation),
  );
}

/** Who does what: its three parts. */
function summary(relation) {
  return [
    bdi(shortened(nodeName(relation.from), 60), "end"),
    make("span", { class: "verb", colours: { stroke: relationTypes.get(relation.type)?.stroke } }, ` ${verb(relation)} `),
    bdi(shownTarget(relation) ?? quotedName(relation.to, 110), "end"),
  ];
}

/** Words in quotation marks, names without. */
function quotedName(key, length) {
  if (key == null) return "something";
  const name = shortened(nodeName(key), length);
  return entities.has(key) ? name : `“${name.replace(/^[“"]|[”"]$/g, "")}”`;
}

function badges(relation) {
  const out = [];
  if (voice(relation) === "claimed") out.push(["claimed", "claim"]);
  if (relation.polarity === "negative") out.push(["negative", "negated"]);
  if (!["asserted", "reported"].includes(relation.modality)) out.push(["modality", relation.modality]);
  return out.length > 0 && make("span", { class: "badges" }, out.map(([kind, text]) => make("span", { class: `badge ${kind}` }, text)));
}

function entityRow(entity) {
  const edges = (edgesOf.get(entity.id) ?? []).length;
  return make(
    "button",
    { type: "button", class: "row", tabindex: "-1", "data-key": entity.id, onclick: () => select("node", entity.id) },
    make("span", { class: "what" }, bdi(shortened(entity.name, 90), "end")),
    make("span", { class: "badges" }, make("span", { class: "tally" }, `${entity.mentions.length}×`), edges > 0 && make("span", { class: "tally" }, plural(edges, "relation", "relations"))),
  );
}

/** Shows which row is chosen, and puts it in the tab order. */
function markLists() {
  for (const [name, list] of Object.entries(lists)) {
    list.querySelectorAll('[aria-current="true"]').forEach((row) => row.removeAttribute("aria-current"));
    const chosen = [...list.querySelectorAll(".row")].find((row) => row.dataset.key === state.selected?.id);
    chosen?.setAttribute("aria-current", "true");
    putInTabOrder(list, ".row", chosen);
    if (name === tab && chosen && document.activeElement !== chosen) scrollTo(chosen, "nearest");
  }
}

Object.entries(tabs).forEach(([name, button]) => button.addEventListener("click", () => showTab(name)));
rove(document.querySelector(".tabs"), "[role=tab]", { horizontal: true });
Object.values(lists).forEach((list) => rove(list, ".row"));

/** For print: the relations of the shown article under its text, with the numbers that stand in it. */
function showPrinted() {
  const inArticle = graph.relations.filter((r) => r.evidence.document === state.article && passing.relations.has(r.id));
  const rows = inArticle.map((relation) =>
    make(
      "tr",
      {},
      make("td", {}, relation.number),
      make("td", {}, summary(relation)),
      make("td", {}, [voice(relation), relation.polarity === "negative" && "negated", relation.modality !== "asserted" && relation.modality].filter(Boolean).join(", ")),
      make("td", {}, `${ruleName(relation.rule)}, ${relation.rule.file}:${relation.rule.line}`),
    ),
  );
  const head = make("tr", {}, ["No.", "Relation", "How", "Rule"].map((name) => make("th", { scope: "col" }, name)));
  document.getElementById("printed").replaceChildren(make("h2", {}, "Relations"), make("table", {}, make("thead", {}, head), make("tbody", {}, rows)));
}
