// The graph as sayso wrote it, and what can be asked of it. All offsets are code points.

const graph = JSON.parse(document.getElementById("graph-data").textContent);
const page = JSON.parse(document.getElementById("page-data").textContent);

const byId = (items) => new Map(items.map((item) => [item.id, item]));
const entities = byId(graph.entities);
const statements = byId(graph.statements);
const relations = byId(graph.relations);
const types = new Map(page.types.map((type) => [type.name, type]));
const relationTypes = new Map(page.relations.map((type) => [type.name, type]));
const articles = byId(graph.documents.map((record, index) => ({ ...record, paragraphs: page.paragraphs[index] })));

graph.relations.forEach((relation, index) => {
  relation.number = index + 1;
  [relation.from, relation.to] = page.ends[index];
});

/** From code points to the UTF-16 units that JavaScript counts: a table for each text, made when it is needed. */
function units(article) {
  if (!article.units) {
    const table = [];
    let unit = 0;
    for (const character of article.text) {
      table.push(unit);
      unit += character.length;
    }
    table.push(unit);
    article.units = table;
  }
  return article.units;
}

function words(article, start, end) {
  const table = units(article);
  return article.text.slice(table[start], table[end]);
}

/** The pieces that an argument is bound to; none where it is only known to be there. */
function pieces(value) {
  if (value === true || value == null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Place of a node that is only words: `article#char=12,34`. */
function stretch(key) {
  const found = /^(.*)#char=(\d+),(\d+)$/s.exec(key);
  return found && { document: found[1], start: Number(found[2]), end: Number(found[3]) };
}

/** `holds_role` and `GroupOfPeople` as words. */
function spaced(name) {
  return name.replaceAll("_", " ").replace(/(?<=.)\p{Lu}/gu, " $&").toLowerCase();
}

/** What a person would call a node. */
function nodeName(key) {
  if (key == null) return "somebody";
  const entity = entities.get(key);
  if (entity) return entity.name;
  const statement = statements.get(key);
  if (statement) return statement.text;
  const place = stretch(key);
  return place ? words(articles.get(place.document), place.start, place.end) : key;
}

/** The words that label an edge: those of the argument that the rules name, else its type. */
function verb(relation) {
  const label = relationTypes.get(relation.type)?.label;
  const cue = pieces(relation.arguments[label]).map((piece) => piece.text).filter(Boolean);
  const target = relation.literal?.text;
  const said = cue.filter((text) => text !== target).join(" … ") || spaced(relation.type);
  return relation.polarity === "negative" ? `not: ${said}` : said;
}

/** Whether the text says it itself, or somebody in it, or nobody. */
function voice(relation) {
  if (relation.asserted) return "asserted";
  return relation.within ? "claimed" : "not asserted";
}

/** Who makes a statement. */
const speakers = new Map();
const edgesOf = new Map();
for (const relation of graph.relations) {
  if (statements.has(relation.to) && relation.from && !speakers.has(relation.to)) speakers.set(relation.to, relation);
  for (const key of new Set([relation.from, relation.to, ...argumentNodes(relation)])) {
    if (key == null) continue;
    if (!edgesOf.has(key)) edgesOf.set(key, []);
    edgesOf.get(key).push(relation);
  }
}

/** Entities and statements among the arguments. */
function argumentNodes(relation) {
  const bound = Object.values(relation.arguments).flatMap(pieces);
  return bound.map((piece) => piece.entity ?? piece.statement).filter((key) => key != null);
}

/** What the rules say instead of a target that is only words. */
function shownTarget(relation) {
  return stretch(relation.to ?? "") && relationTypes.get(relation.type)?.shown;
}

function sentence(relation) {
  return `${nodeName(relation.from)} ${verb(relation)} ${shownTarget(relation) ?? nodeName(relation.to)}`;
}

/** Everything that stands somewhere in an article. */
function spansOf(article) {
  const spans = [];
  const add = (kind, place, owner) => spans.push({ kind, start: place.start, end: place.end, ...owner });
  for (const entity of graph.entities) {
    for (const mention of entity.mentions) {
      if (mention.document === article.id) add("mention", mention, { entity, mention });
    }
  }
  for (const statement of graph.statements) {
    if (statement.document !== article.id) continue;
    for (const piece of statement.content) add("content", piece, { statement });
    for (const piece of statement.quoted) add("quoted", piece, { statement });
  }
  for (const relation of graph.relations) {
    if (relation.evidence.document !== article.id) continue;
    add("evidence", relation.evidence, { relation });
    for (const [name, value] of Object.entries(relation.arguments)) {
      for (const piece of pieces(value)) {
        if (piece.start != null) add("argument", piece, { relation, name, part: part(relation, name, piece) });
      }
    }
    if (relation.literal) add("argument", relation.literal, { relation, part: "target" });
  }
  return spans;
}

/** The part that an argument plays: source, target, or another. */
function part(relation, name, piece) {
  const key = piece.entity ?? piece.statement ?? `${relation.evidence.document}#char=${piece.start},${piece.end}`;
  if (key === relation.from) return "source";
  return key === relation.to ? "target" : "other";
}
