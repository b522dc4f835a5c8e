import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { planCases } from '../../conformance/cases.ts';
import { checkResponse } from '../../conformance/check-response.ts';
import { toContract } from '../../conformance/contract.ts';

const partial = 'application/vnd.gatehouse.partial+json';
const document = parse(readFileSync('openapi.yaml', 'utf8'), { merge: true });
document.paths['/api/settings'].get.responses['200'].content[partial] = {
  schema: { type: 'object', additionalProperties: false, properties: { timeZone: { type: 'string' } } },
};
const contract = toContract(JSON.stringify(document));
const cases = planCases(contract, {
  seed: 1,
  requests: 0,
  isReadOnly: false,
  operations: ['getSettings'],
  excludedIds: new Set(),
  runId: 'a',
});
const partialCases = cases.filter(({ request }) => request.headers.Accept === partial);

it('plans a request for the second media type of a response', () => {
  expect(partialCases.map(({ kind, request }) => [kind, request.method])).toEqual([['example', 'GET']]);
});

it('checks a response in this media type against its own schema', () => {
  const [testCase] = partialCases;
  if (!testCase) throw new Error(`No case accepts ${partial}`);
  const faultsOf = (text: string) =>
    checkResponse(contract, testCase, { status: 200, headers: { 'content-type': `${partial}; charset=utf-8` }, text, milliseconds: 1 })
      .filter(({ check }) => check !== 'declared header')
      .map(({ check }) => check);
  expect(faultsOf('{"timeZone":"UTC"}')).toEqual([]);
  expect(faultsOf('{"timeZone":5}')).toEqual(['body matches schema']);
  expect(faultsOf('{"timeZone"')).toEqual(['JSON']);
});
