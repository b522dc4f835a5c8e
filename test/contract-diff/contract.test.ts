import { describe, expect, it } from 'vitest';
import { compareContracts } from '../../tools/contract-diff/compare.ts';
import { type Json, objectOf } from '../../tools/contract-diff/findings.ts';
import { documentOf, textOf } from '../../tools/contract-diff/read.ts';
import { conclusion, isMajorStep, report } from '../../tools/contract-diff/report.ts';

const text = textOf('openapi.yaml');
const contract = await documentOf(text, 'openapi.yaml');

async function changed(from: string | RegExp, to: string) {
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  return compareContracts(contract, await documentOf(other, 'changed'));
}

describe('the contract of this server', () => {
  it('is the same as itself, and as itself read again', async () => {
    expect(compareContracts(contract, contract)).toEqual([]);
    expect(compareContracts(contract, await documentOf(text, 'openapi.yaml'))).toEqual([]);
    expect(conclusion([], '0.1.0', '0.1.0')).toBe('The contracts are the same to callers.\n');
  });

  it('is the same with another description', async () => {
    expect(await changed('description: A page of applications', 'description: Applications')).toEqual([]);
  });

  it('lost an operation', async () => {
    const findings = await changed(/ {2}\/readyz:\n(?: {4}.*\n|\n)+/, '');
    expect(report(findings)).toBe('breaking  GET /readyz    path is gone  callers get 404\n');
    expect(conclusion(findings, '0.1.0', '0.1.1')).toBe(
      '1 breaking, 0 additive; version 0.1.0 to 0.1.1: breaking changes need a new major version.\n',
    );
  });

  it('renamed an operation', async () => {
    expect(report(await changed('operationId: listApplications\n', 'operationId: listAllApplications\n'))).toBe(
      'breaking  GET /api/applications  operationId  listApplications is now listAllApplications  callers of the typed client call it by name\n',
    );
  });

  it('asks for another permission', async () => {
    expect(report(await changed('{ resource: applications, action: read }', '{ resource: applications, action: delete }'))).toContain(
      'another permission is needed',
    );
  });

  it('takes shorter pages: one line for all operations, or one each', async () => {
    const findings = await changed('maximum: 100, default: 30', 'maximum: 90, default: 30');
    expect(report(findings)).toMatch(
      /^breaking {2}GET \S+ and \d+ more {2}query per_page {2}maximum 100 is now 90 {2}callers that send it are refused\n$/,
    );
    expect(report(findings, { all: true }).split('\n').length - 1).toBe(findings.length);
    expect(findings.length).toBeGreaterThan(2);
  });
});

describe('every operation of the contract breaks', () => {
  const operations = Object.entries(objectOf(contract.paths)).flatMap(([path, item]) =>
    Object.entries(objectOf(item))
      .filter(([, operation]) => objectOf(operation).operationId)
      .map(([method, operation]) => ({ path, method, item: objectOf(item), operation: objectOf(operation) })),
  );
  /** Whether it breaks when this part of it is as in `change`. */
  const breaks = ({ path, method, item, operation }: (typeof operations)[number], change: Json) => {
    const only = (changed: Json) => ({ ...contract, paths: { [path]: { ...item, [method]: changed } } });
    return compareContracts(only(operation), only({ ...operation, ...change })).some(({ verdict }) => verdict === 'breaking');
  };
  const without = (object: Json, name: string) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

  it('when a response of success, or a property of it, goes', () => {
    for (const one of operations) {
      const responses = objectOf(one.operation.responses);
      for (const status of Object.keys(responses).filter((code) => code.startsWith('2'))) {
        expect(breaks(one, { responses: without(responses, status) })).toBe(true);
        const response = objectOf(responses[status]);
        const [type, media] = Object.entries(objectOf(response.content))[0] ?? [];
        const schema = objectOf(objectOf(media).schema);
        for (const name of Object.keys(objectOf(schema.properties))) {
          const less = { ...schema, properties: without(objectOf(schema.properties), name) };
          const content = { [type as string]: { ...objectOf(media), schema: less } };
          expect(breaks(one, { responses: { ...responses, [status]: { ...response, content } } })).toBe(true);
        }
      }
    }
  });

  it('when a parameter of it goes, or a new one or a body is demanded', () => {
    for (const one of operations) {
      const parameters = (one.operation.parameters ?? []) as Json[];
      for (const gone of parameters) expect(breaks(one, { parameters: parameters.filter((other) => other !== gone) })).toBe(true);
      expect(breaks(one, { parameters: [...parameters, { in: 'query', name: 'new', required: true }] })).toBe(true);
      const { requestBody } = one.operation;
      if (!requestBody) expect(breaks(one, { requestBody: { required: true, content: {} } })).toBe(true);
      else expect(breaks(one, { requestBody: { ...requestBody, content: {} } })).toBe(true);
    }
  });
});

it.each([
  ['0.1.0', '0.2.0', true],
  ['0.1.0', '1.0.0', true],
  ['1.9.9', '2.0.0-rc.1', true],
  ['0.1.0', '0.1.1', false],
  ['0.1.0', '0.0.9', false],
  ['1.0.0', '1.1.0', false],
  ['2.0.0', '1.0.0', false],
  ['1.0.0', '0.9.0', false],
  ['0.1.0', 'next', false],
  [undefined, '1.0.0', false],
])('from version %s to %s breaking changes are allowed: %s', (from, to, expected) => {
  expect(isMajorStep(from, to)).toBe(expected);
});
