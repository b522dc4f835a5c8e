import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** As an object: neither library reads the merge keys of its YAML. */
export const definition = parse(await readFile(new URL('../../openapi.yaml', import.meta.url), 'utf8'), { merge: true });
