import { describe, expect, it } from 'vitest';
import { compareContracts } from '../../tools/contract-diff/compare.ts';
import { asObject, type Json } from '../../tools/contract-diff/findings.ts';
import { documentOf, textOf } from '../../tools/contract-diff/read.ts';
import { allowsBreakingChanges, conclusion, report } from '../../tools/contract-diff/report.ts';

const text = textOf('openapi.yaml');
const contract = await documentOf(text, 'openapi.yaml');

async function changed(from: string | RegExp, to: string) {
  const changedText = text.replace(from, to);
  expect(changedText).not.toBe(text);
  return compareContracts(contract, await documentOf(changedText, 'changed'));
}

describe('compared with the contract of this server', () => {
  it('finds no difference to itself, and to itself read again', async () => {
    expect(compareContracts(contract, contract)).toEqual([]);
    expect(compareContracts(contract, await documentOf(text, 'openapi.yaml'))).toEqual([]);
    expect(conclusion([], '0.1.0', '0.1.0')).toBe('The contracts are the same for callers.\n');
  });

  it('finds no difference if a description changes', async () => {
    expect(await changed('description: A page of applications', 'description: Applications')).toEqual([]);
  });

  it('finds an operation that is gone', async () => {
    const findings = await changed(/ {2}\/readyz:\n(?: {4}.*\n|\n)+/, '');
    expect(report(findings)).toBe('breaking  GET /readyz    path is gone  callers get 404\n');
    expect(conclusion(findings, '0.1.0', '0.1.1')).toBe(
      '1 breaking, 0 additive; version 0.1.0 to 0.1.1: breaking changes need a new major version.\n',
    );
  });

  it('finds a renamed operation', async () => {
    expect(report(await changed('operationId: listApplications\n', 'operationId: listAllApplications\n'))).toBe(
      'breaking  GET /api/applications  operationId  listApplications is now listAllApplications  callers of the typed client use its name\n',
    );
  });

  it('finds another permission', async () => {
    expect(report(await changed('{ resource: applications, action: read }', '{ resource: applications, action: delete }'))).toContain(
      'a different permission is needed',
    );
  });

  it('reports a smaller page size in one line for all operations, or with `all` in one line for each', async () => {
    const findings = await changed('maximum: 100, default: 30', 'maximum: 90, default: 30');
    expect(report(findings)).toMatch(
      /^breaking {2}GET \S+ and \d+ more {2}query per_page {2}maximum 100 is now 90 {2}callers that send it are refused\n$/,
    );
    expect(report(findings, { all: true }).split('\n').length - 1).toBe(findings.length);
    expect(findings.length).toBeGreaterThan(2);
  });
});

describe('reports a breaking change of every operation', () => {
  const operations = Object.entries(asObject(contract.paths)).flatMap(([path, item]) =>
    Object.entries(asObject(item))
      .filter(([, operation]) => asObject(operation).operationId)
      .map(([method, operation]) => ({ path, method, item: asObject(item), operation: asObject(operation) })),
  );
  /** Returns whether replacing these fields of an operation is a breaking change. */
  const breaks = ({ path, method, item, operation }: (typeof operations)[number], change: Json) => {
    const only = (changed: Json) => ({ ...contract, paths: { [path]: { ...item, [method]: changed } } });
    return compareContracts(only(operation), only({ ...operation, ...change })).some(({ verdict }) => verdict === 'breaking');
  };
  const without = (object: Json, name: string) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

  it('if a success response, or a property of it, is removed', () => {
    for (const operation of operations) {
      const responses = asObject(operation.operation.responses);
      for (const status of Object.keys(responses).filter((code) => code.startsWith('2'))) {
        expect(breaks(operation, { responses: without(responses, status) })).toBe(true);
        const response = asObject(responses[status]);
        const [type, media] = Object.entries(asObject(response.content))[0] ?? [];
        const schema = asObject(asObject(media).schema);
        for (const name of Object.keys(asObject(schema.properties))) {
          const smallerSchema = { ...schema, properties: without(asObject(schema.properties), name) };
          const content = { [type as string]: { ...asObject(media), schema: smallerSchema } };
          expect(breaks(operation, { responses: { ...responses, [status]: { ...response, content } } })).toBe(true);
        }
      }
    }
  });

  it('if a parameter is removed, or a new parameter or body is required', () => {
    for (const operation of operations) {
      const parameters = (operation.operation.parameters ?? []) as Json[];
      for (const removed of parameters)
        expect(breaks(operation, { parameters: parameters.filter((parameter) => parameter !== removed) })).toBe(true);
      expect(breaks(operation, { parameters: [...parameters, { in: 'query', name: 'new', required: true }] })).toBe(true);
      const { requestBody } = operation.operation;
      if (!requestBody) expect(breaks(operation, { requestBody: { required: true, content: {} } })).toBe(true);
      else expect(breaks(operation, { requestBody: { ...requestBody, content: {} } })).toBe(true);
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
])('a step from version %s to %s allows breaking changes: %s', (from, to, expected) => {
  expect(allowsBreakingChanges(from, to)).toBe(expected);
});
