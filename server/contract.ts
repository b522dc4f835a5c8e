import { readFile } from 'node:fs/promises';
import $RefParser from '@apidevtools/json-schema-ref-parser';
import type { OpenAPIV3_1 } from 'openapi-types';
import { parse } from 'yaml';

export interface Contract {
  yaml: string;
  json: string;
  /** Without `$ref`; for machines of ours that look into it. */
  definition: OpenAPIV3_1.Document;
}

const path = new URL('../openapi.yaml', import.meta.url);

/** The contract this server was started with, read once. */
export async function readContract(): Promise<Contract> {
  const yaml = await readFile(path, 'utf8');
  const document = parse(yaml, { merge: true });
  const json = JSON.stringify(document);
  return { yaml, json, definition: (await $RefParser.dereference(document)) as OpenAPIV3_1.Document };
}
