import { writeFileSync } from 'node:fs';
import { readDocument } from './example-requests.ts';

/** Writes the contract as JSON, because a server parses JSON about a hundred times faster than YAML at its start. */
writeFileSync(new URL('../generated/openapi.json', import.meta.url), `${JSON.stringify(readDocument(), null, 1)}\n`);
