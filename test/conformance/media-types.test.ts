import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { planCases } from '../../conformance/cases.ts';
import { checkAnswer } from '../../conformance/check-answer.ts';
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
  without: new Set(),
  run: 'a',
});
const asked = cases.filter(({ request }) => request.headers.Accept === partial);

it('asks for the second media type of an answer', () => {
  expect(asked.map(({ kind, request }) => [kind, request.method])).toEqual([['example', 'GET']]);
});

it('takes an answer in it as JSON of its own schema', () => {
  const [one] = asked;
  if (!one) throw new Error('Nothing asks for it');
  const faultsOf = (text: string) =>
    checkAnswer(contract, one, { status: 200, headers: { 'content-type': `${partial}; charset=utf-8` }, text, milliseconds: 1 })
      .filter(({ check }) => check !== 'declared header')
      .map(({ check }) => check);
  expect(faultsOf('{"timeZone":"UTC"}')).toEqual([]);
  expect(faultsOf('{"timeZone":5}')).toEqual(['body of its schema']);
  expect(faultsOf('{"timeZone"')).toEqual(['JSON']);
});
