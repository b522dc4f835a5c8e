import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import $RefParser from '@apidevtools/json-schema-ref-parser';
import { parse } from 'yaml';
import { isObject, type Json } from './findings.ts';

/** Thrown if a contract cannot be read. */
export class UnreadableError extends Error {}

/** Returns the text of `openapi.yaml` at a commit, branch or tag. */
export function textAt(ref: string): string {
  try {
    return execFileSync('git', ['show', `${ref}:./openapi.yaml`], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    throw new UnreadableError(
      `openapi.yaml at ${ref}: ${String((error as { stderr?: string }).stderr || (error as Error).message).trim()}`,
    );
  }
}

export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnreadableError(`${file}: ${(error as Error).message}`);
  }
}

/** Returns a document without references. Throws for a reference to another file, because a git REF gives only one file. */
export async function documentOf(text: string, name: string): Promise<Json> {
  try {
    const document = parse(text, { merge: true });
    if (!isObject(document) || !isObject(document.paths)) throw new Error('it has no paths');
    if (/"\$ref":"(?!#)/.test(JSON.stringify(document))) throw new Error('it refers to other files');
    return (await $RefParser.dereference(document, { resolve: { external: false } })) as Json;
  } catch (error) {
    throw new UnreadableError(`${name} is not a contract: ${(error as Error).message}`);
  }
}
