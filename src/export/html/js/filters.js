// Which relations, entities and statements pass the filters and the search; lists, picture and article all follow it.

const filterGroups = document.getElementById("filter-groups");
const passing = { relations: new Set(), entities: new Set(), statements: new Set() };

const facetValues = {
  relation: page.relations.map((type) => type.name),
  type: page.types.map((type) => type.name),
  voice: ["asserted", "claimed", "not asserted"],
  polarity: ["positive", "negative"],
};
const facetNames = { relation: "Relations", type: "Entities", voice: "Who says so", polarity: "Polarity" };
const facetHints = {
  asserted: "The article says it in its own voice, or who says it speaks for the one that does it",
  claimed: "It stands in somebody’s statement",
  "not asserted": "Negated, and in nobody’s statement",
};

/** What a relation or entity can be found by, folded; made once. */
const searchable = new Map();

function searchText(key, parts) {
  if (!searchable.has(key)) searchable.set(key, folded(parts().filter(Boolean).join("\n")));
  return searchable.get(key);
}

function relationText(relation) {
  return searchText(relation.id, () => [
    sentence(relation),
    relation.type,
    spaced(relation.type),
    relation.evidence.text,
    ruleName(relation.rule),
    relation.rule.file,
  ]);
}

function entityText(entity) {
  return searchText(entity.id, () => [
    entity.name,
    entity.type,
    ...Object.values(entity.ids),
    ...entity.mentions.flatMap((mention) => [mention.text, mention.rule]),
  ]);
}

function ruleName(rule) {
  return `${rule.id}/${rule.variant}`;
}

function allows(facet, value) {
  return state.chosen[facet].size === 0 || state.chosen[facet].has(value);
}

function isFiltered() {
  return state.query !== "" || state.here || FACETS.some((facet) => state.chosen[facet].size > 0);
}

function update() {
  const asked = folded(state.query).split(" ").filter(Boolean);
  const matches = (text) => asked.every((word) => text.includes(word));
  const { type } = state.chosen;
  const isOfType = (key) => type.size === 0 || type.has(entities.get(key)?.type);
  passing.relations.clear();
  passing.statements.clear();
  for (const relation of graph.relations) {
    const ends = [relation.from, relation.to, ...argumentNodes(relation)];
    const passes =
      allows("relation", relation.type) &&
      allows("voice", voice(relation)) &&
      allows("polarity", relation.polarity) &&
      ends.some(isOfType) &&
      (!state.here || relation.evidence.document === state.article) &&
      matches(relationText(relation));
    if (!passes) continue;
    passing.relations.add(relation.id);
    for (const key of ends) if (statements.has(key)) passing.statements.add(key);
  }
  updateEntities(matches, isOfType);
}

function updateEntities(matches, isOfType) {
  const { relation, voice: voices, polarity } = state.chosen;
  const byRelation = relation.size + voices.size + polarity.size > 0;
  passing.entities.clear();
  for (const entity of graph.entities) {
    const stands = !state.here || entity.mentions.some((mention) => mention.document === state.article);
    const related = () => (edgesOf.get(entity.id) ?? []).some((edge) => passing.relations.has(edge.id));
    if (isOfType(entity.id) && stands && matches(entityText(entity)) && (!byRelation || related())) passing.entities.add(entity.id);
  }
}

/** Whether a node is in sight: an entity that passes, or an end of a relation that does. */
function isShown(key) {
  if (passing.entities.has(key) || passing.statements.has(key)) return true;
  return (edgesOf.get(key) ?? []).some((edge) => passing.relations.has(edge.id) && (edge.from === key || edge.to === key));
}

function counts(facet) {
  const out = new Map();
  const add = (value) => out.set(value, (out.get(value) ?? 0) + 1);
  if (facet === "type") graph.entities.forEach((entity) => add(entity.type));
  const of = { relation: (r) => r.type, voice, polarity: (r) => r.polarity }[facet];
  if (of) graph.relations.forEach((relation) => add(of(relation)));
  return out;
}

function buildFilters() {
  const groups = FACETS.map((facet) => {
    const many = counts(facet);
    const values = facetValues[facet].filter((value) => many.has(value));
    const chips = values.map((value) =>
      make(
        "button",
        {
          type: "button",
          class: "chip",
          "data-facet": facet,
          "data-value": value,
          title: facetHints[value],
          colours: facet === "type" ? types.get(value) : { stroke: relationTypes.get(value)?.stroke },
          onclick: () => toggle(facet, value),
        },
        facet === "type" && make("i", { class: "dot", "aria-hidden": "true" }),
        spaced(value),
        make("span", { class: "count" }, many.get(value)),
      ),
    );
    return make("fieldset", {}, make("legend", {}, facetNames[facet]), chips);
  });
  const here = make("label", { class: "switch" }, make("input", { type: "checkbox", id: "here", onchange: (event) => change({ here: event.target.checked }) }), " Only this article");
  here.hidden = graph.documents.length < 2;
  filterGroups.replaceChildren(here, ...groups, make("button", { type: "button", id: "clear", onclick: clearFilters }, "Clear filters"));
}

function clearFilters() {
  change({ query: "", here: false, chosen: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])) });
}

function markFilters() {
  for (const chip of filterGroups.querySelectorAll(".chip")) {
    chip.setAttribute("aria-pressed", state.chosen[chip.dataset.facet].has(chip.dataset.value));
  }
  document.getElementById("here").checked = state.here;
  document.getElementById("clear").disabled = !isFiltered();
  const active = FACETS.reduce((sum, facet) => sum + state.chosen[facet].size, state.here ? 1 : 0);
  document.getElementById("filter-count").textContent = active > 0 ? `(${active})` : "";
}
