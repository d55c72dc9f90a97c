// Slices every article at every place that a format names: by code points, which a JavaScript string does not count, and
// by bytes of UTF-8. Arguments: a JSON object of texts by id, then files. Writes how many places, and which are wrong.
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import jsonld from 'jsonld';
import { Parser } from 'n3';

const OA = 'http://www.w3.org/ns/oa#';
const SAYSO = 'https://w3id.org/sayso/ns#';
const texts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const articles = new Map(Object.entries(texts).map(([id, text]) => [id, { points: Array.from(text), bytes: new TextEncoder().encode(text) }]));
const lines = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));

// Everything in a JSON value that has a start, an end and a text; documents are named around it.
function* places(value, document) {
  if (value === null || typeof value !== 'object') return;
  const here = value.document ?? document;
  if (typeof value.start === 'number') yield { document: here, ...value };
  for (const inner of Object.values(value)) yield* places(inner, here);
}

function* graphPlaces(graph) {
  yield* places([graph.entities, graph.statements]);
  for (const relation of graph.relations) yield* places(relation, relation.evidence.document);
}

function* spans(quads) {
  const nodes = new Map();
  for (const { subject, predicate, object } of quads) {
    if (!nodes.has(subject.value)) nodes.set(subject.value, {});
    nodes.get(subject.value)[predicate.value] = object.value;
  }
  for (const node of nodes.values()) {
    if (!(OA + 'exact' in node)) continue;
    const document = decodeURIComponent(node[SAYSO + 'inDocument'].replace('https://kg.example/doc/', ''));
    yield { document, start: Number(node[OA + 'start']), end: Number(node[OA + 'end']), text: node[OA + 'exact'] };
  }
}

const readers = {
  '.json': function* (text) { for (const graph of lines(text)) yield* graphPlaces(graph); },
  '.jsonl': function* (text) { for (const relation of lines(text)) yield* places(relation, relation.evidence.document); },
  '.jsonld': async (text) => spans(await jsonld.toRDF(JSON.parse(text), { safe: true })),
  '.ttl': (text) => spans(new Parser().parse(text)),
  '.nq': (text) => spans(new Parser({ format: 'application/n-quads' }).parse(text)),
  '.csv': (text) => parse(text, { columns: true }).map((row) => ({ document: row.document, start: Number(row.start), end: Number(row.end), text: row.evidence })),
};

const found = { places: {}, wrong: [] };
for (const path of process.argv.slice(3)) {
  const ending = extname(path);
  let number = 0;
  for (const place of await readers[ending](readFileSync(path, 'utf8'))) {
    const { points, bytes } = articles.get(place.document);
    number += 1;
    if (points.slice(place.start, place.end).join('') !== place.text) found.wrong.push([ending, place]);
    if ('byte_start' in place) {
      const slice = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.slice(place.byte_start, place.byte_end));
      if (slice !== place.text) found.wrong.push([ending, 'bytes', place]);
    }
  }
  found.places[ending.slice(1)] = number;
}
console.log(JSON.stringify(found));
