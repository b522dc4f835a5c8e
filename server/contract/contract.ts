import { readFile } from 'node:fs/promises';
import type { OpenAPIV3_1 } from 'openapi-types';

export interface Contract {
  yaml: string;
  json: string;
  /** The contract with every `$ref` resolved, for the router and the validators. */
  definition: OpenAPIV3_1.Document;
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
const pointerForm = /^#\/(.+)$/;
const unescapePointer = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~');

/**
 * Replaces every `$ref` by its target. Each target is one shared object; members beside a `$ref` override it.
 *
 * References must not be circular.
 */
function dereference(document: Json): Json {
  const done = new Map<string, Json>();

  function named(reference: string): Json {
    const known = done.get(reference);
    if (known !== undefined) return known;
    const segments = pointerForm.exec(reference)?.[1]?.split('/').map(unescapePointer);
    if (!segments) throw new Error(`openapi.yaml refers to ${reference}, which is not within it`);
    let found: Json | undefined = document;
    for (const segment of segments) found = (found as Record<string, Json> | undefined)?.[segment];
    if (found === undefined) throw new Error(`openapi.yaml refers to ${reference}, which is not there`);
    const whole = resolve(found);
    done.set(reference, whole);
    return whole;
  }
  function resolve(node: Json): Json {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map(resolve);
    const { $ref, ...own } = node;
    if (typeof $ref !== 'string') return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, resolve(value)]));
    return Object.keys(own).length === 0 ? named($ref) : { ...(named($ref) as object), ...(resolve(own) as object) };
  }
  return resolve(document);
}

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

/** Reads the contract from `openapi.yaml` and from its JSON form, which `npm run generate` wrote. */
export async function readContract(): Promise<Contract> {
  const [yaml, json] = await Promise.all([read('../../openapi.yaml'), read('../../generated/openapi.json')]);
  return { yaml, json, definition: dereference(JSON.parse(json)) as unknown as OpenAPIV3_1.Document };
}
