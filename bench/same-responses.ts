import { isDeepStrictEqual } from 'node:util';
import { type Case, requestOf } from './load.ts';

/** Returns the types of a body's members instead of their values, but retains the names of invalid fields. */
function shapeOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value === null ? null : typeof value;
  if (Array.isArray(value)) return value.map(shapeOf);
  const members = Object.entries(value).filter(([name]) => name !== 'errors');
  const { errors } = value as { errors?: { field: string }[] };
  const fields = errors && { errors: errors.map(({ field }) => field).sort() };
  return { ...Object.fromEntries(members.map(([name, member]) => [name, shapeOf(member)])), ...fields };
}

/** Sends one request to each server and throws if a response differs from the first in status or shape. */
export async function expectSameResponses(servers: { name: string; url: string; testCase: Case }[]): Promise<void> {
  let first: unknown;
  for (const { name, url, testCase } of servers) {
    const { path, ...request } = requestOf(testCase.calls[0] as Case['calls'][0]);
    const response = await fetch(`${url}${path}`, request);
    const shape = shapeOf(await response.json());
    first ??= shape;
    if (response.status !== testCase.status || !isDeepStrictEqual(shape, first))
      throw new Error(`${testCase.name}: ${name} responds ${response.status} ${JSON.stringify(shape)}, expected ${JSON.stringify(first)}`);
  }
}
