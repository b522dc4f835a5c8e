import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { useServer } from '../support/server.ts';
import { contractText } from './documents.ts';

const server = useServer();

it('the served YAML, the served JSON, the generated JSON and the file are the same document', async () => {
  const text = async (path: string) => (await fetch(`${server.url}${path}`)).text();
  const document = parse(contractText);
  expect(parse(await text('/openapi.yaml'))).toEqual(document);
  expect(JSON.parse(await text('/openapi.json'))).toEqual(document);
  expect(JSON.parse(readFileSync('generated/openapi.json', 'utf8'))).toEqual(document);
});
