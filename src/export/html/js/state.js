// What is chosen and filtered. It lives in the address after `#`, so that a link leads to the same view, from a file too.

const FACETS = ["relation", "type", "voice", "polarity"];

const state = {
  /** `{kind: "relation" | "node", id}` or `{kind: "place", id: article, at: code point}` */
  selected: null,
  article: graph.documents[0]?.id ?? null,
  query: "",
  /** Only what stands in the shown article. */
  here: false,
  /** Chosen values of each facet; nothing chosen is everything. */
  chosen: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
};

const listeners = [];

/** Calls `listener(changed)` after each change, with the names of what changed. */
function onChange(listener) {
  listeners.push(listener);
}

function change(changes) {
  const before = address();
  Object.assign(state, changes);
  const names = new Set(Object.keys(changes));
  const article = articleOf(state.selected);
  if (names.has("selected") && article && article !== state.article) {
    state.article = article;
    names.add("article");
  }
  if (address() !== before) keep(names.has("selected"));
  listeners.forEach((listener) => listener(names));
}

function toggle(facet, value) {
  const chosen = new Set(state.chosen[facet]);
  if (!chosen.delete(value)) chosen.add(value);
  change({ chosen: { ...state.chosen, [facet]: chosen } });
}

function select(kind, id, at) {
  change({ selected: at == null ? { kind, id } : { kind, id, at } });
}

/** Where the chosen thing stands: the shown article, if it is there at all. */
function articleOf(selected) {
  if (!selected) return null;
  if (selected.kind === "place") return selected.id;
  if (selected.kind === "relation") return relations.get(selected.id).evidence.document;
  const statement = statements.get(selected.id);
  if (statement) return statement.document;
  const entity = entities.get(selected.id);
  if (!entity) return stretch(selected.id)?.document;
  const here = entity.mentions.some((mention) => mention.document === state.article);
  return here ? state.article : entity.mentions[0]?.document;
}

/** The state as what follows `#`. */
function address() {
  const parts = new URLSearchParams();
  const { selected } = state;
  if (selected) parts.set(selected.kind, selected.kind === "place" ? `${selected.at}@${selected.id}` : selected.id);
  if (graph.documents.length > 1) parts.set("article", state.article);
  if (state.query) parts.set("q", state.query);
  if (state.here) parts.set("here", "1");
  for (const facet of FACETS) {
    for (const value of [...state.chosen[facet]].sort()) parts.append(`only-${facet}`, value);
  }
  return parts.toString();
}

/** A choice can be gone back from; a letter typed into the search cannot. */
function keep(asStep) {
  const url = `#${address()}`;
  try {
    if (asStep) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  } catch {
    // A page in a frame without an address of its own has no history.
  }
}

/** Reads the address; what it names and the graph does not have is nothing chosen. */
function restore() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const article = parts.get("article");
  if (articles.has(article)) state.article = article;
  state.selected = selection(parts);
  state.query = parts.get("q") ?? "";
  state.here = parts.get("here") === "1";
  for (const facet of FACETS) state.chosen[facet] = new Set(parts.getAll(`only-${facet}`));
  const shown = articleOf(state.selected);
  if (shown && !entities.has(state.selected.id)) state.article = shown;
}

function selection(parts) {
  const relation = parts.get("relation");
  if (relations.has(relation)) return { kind: "relation", id: relation };
  const node = parts.get("node");
  const place = node != null && stretch(node);
  if (entities.has(node) || statements.has(node) || (place && articles.has(place.document))) return { kind: "node", id: node };
  const at = /^(\d+)@(.*)$/s.exec(parts.get("place") ?? "");
  if (at && articles.has(at[2])) return { kind: "place", id: at[2], at: Number(at[1]) };
  return null;
}
