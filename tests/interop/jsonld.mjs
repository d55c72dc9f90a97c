// Reads JSON-LD with jsonld.js in safe mode (which fails on anything that it would drop), Turtle and N-Quads with N3.js;
// writes N-Quads.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jsonld from 'jsonld';
import { Parser, Writer } from 'n3';

const path = process.argv[2];
if (path === '--version') {
  const { dependencies } = createRequire(import.meta.url)('./package.json');
  console.log(JSON.stringify(dependencies));
} else if (path.endsWith('.jsonld')) {
  const document = JSON.parse(readFileSync(path, 'utf8'));
  process.stdout.write(await jsonld.toRDF(document, { format: 'application/n-quads', safe: true }));
} else {
  const quads = new Parser({ format: path.endsWith('.ttl') ? 'text/turtle' : 'application/n-quads' }).parse(readFileSync(path, 'utf8'));
  process.stdout.write(new Writer({ format: 'application/n-quads' }).quadsToString(quads));
}
