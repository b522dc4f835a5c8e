import { readFileSync } from 'node:fs';
import SwaggerParser from '@apidevtools/swagger-parser';
import { validate as validateWithReadme } from '@readme/openapi-parser';
import { validate as validateWithScalar } from '@scalar/openapi-parser';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { isAlias, parse, parseDocument, visit } from 'yaml';
import { contractText, type Json, operationsIn, pairsIn } from './documents.ts';

const operationCount = 84;
const pairCount = 864;
const document: Json = parse(contractText, { version: '1.2' });
const copy = () => structuredClone(document);

it('the file has no anchor, no alias and no merge key', () => {
  const found: string[] = [];
  visit(parseDocument(contractText, { version: '1.2' }), {
    Node: (_key, node) => {
      if (isAlias(node)) found.push(`alias ${node.source}`);
      else if (node.anchor) found.push(`anchor ${node.anchor}`);
    },
    Pair: (_key, { key }) => {
      if (String(key) === '<<') found.push('merge key');
    },
  });
  expect(found).toEqual([]);
});

it.each<[parser: string, read: () => Json]>([
  ['yaml as YAML 1.2', () => parse(contractText, { version: '1.2' })],
  ['yaml as YAML 1.1', () => parse(contractText, { version: '1.1' })],
  ['js-yaml', () => load(contractText)],
])('%s reads the same document with every operation and status', (_parser, read) => {
  const parsed = read();
  expect(parsed).toEqual(JSON.parse(readFileSync('generated/openapi.json', 'utf8')));
  expect(operationsIn(parsed)).toHaveLength(operationCount);
  expect(pairsIn(parsed)).toHaveLength(pairCount);
});

it('@apidevtools/swagger-parser finds the contract valid and reads every status', async () => {
  const resolved = await SwaggerParser.validate(copy());
  expect(operationsIn(resolved)).toHaveLength(operationCount);
  expect(pairsIn(resolved)).toEqual(pairsIn(document));
});

it('@readme/openapi-parser finds the contract valid, without warnings, and reads every status', async () => {
  const read = copy();
  expect(await validateWithReadme(read)).toMatchObject({ valid: true, warnings: [] });
  expect(pairsIn(read)).toEqual(pairsIn(document));
});

it('@scalar/openapi-parser finds the contract valid and reads every status', async () => {
  const { valid, errors, schema } = await validateWithScalar(contractText);
  expect({ valid, errors }).toEqual({ valid: true, errors: [] });
  expect(pairsIn(schema)).toEqual(pairsIn(document));
});
