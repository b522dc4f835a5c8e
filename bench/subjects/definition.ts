import { readFile } from 'node:fs/promises';

/** The contract as JSON, which is parsed 100 times faster than YAML. */
export const definition = JSON.parse(await readFile(new URL('../../generated/openapi.json', import.meta.url), 'utf8'));
