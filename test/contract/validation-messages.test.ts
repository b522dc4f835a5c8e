import { expect, it } from 'vitest';
import { toFieldErrors } from '../../server/contract/validation-messages.ts';
import { operations } from '../support/contract.ts';

/** Returns the patterns in a part of the contract, except those in `anyOf`, because the error message for `anyOf` lists the allowed names. */
function patternsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'pattern' in node && typeof node.pattern === 'string' ? [node.pattern] : [];
  return [...own, ...Object.entries(node).flatMap(([name, value]) => (name === 'anyOf' ? [] : patternsOf(value)))];
}

it('explains every pattern of a request in words', () => {
  const patterns = new Set(operations.flatMap(({ parameters, requestBody }) => patternsOf([parameters, requestBody])));
  expect(patterns.size).toBeGreaterThan(10);
  const errors = [...patterns].map((pattern) => ({
    keyword: 'pattern',
    instancePath: `/query/${pattern}`,
    schemaPath: '',
    params: { pattern },
  }));
  const messages = errors.flatMap((error) => toFieldErrors([error])).map(({ message }) => message);
  expect(messages.filter((message) => /Must match|[\\^$]/.test(message))).toEqual([]);
});
