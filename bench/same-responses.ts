import { isDeepStrictEqual } from 'node:util';
import { type Case, requestOf } from './load.ts';

/** What an answer is made of, without its ids, numbers, texts and times, but with the fields at fault. */
function shapeOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value === null ? null : typeof value;
  if (Array.isArray(value)) return value.map(shapeOf);
  const members = Object.entries(value).filter(([name]) => name !== 'errors');
  const { errors } = value as { errors?: { field: string }[] };
  const fields = errors && { errors: errors.map(({ field }) => field).sort() };
  return { ...Object.fromEntries(members.map(([name, member]) => [name, shapeOf(member)])), ...fields };
}

/** Asks servers for one thing, once each, and throws where one doesn't answer what the first does. */
export async function expectSameResponses(servers: { name: string; url: string; asked: Case }[]): Promise<void> {
  let first: unknown;
  for (const { name, url, asked } of servers) {
    const { path, ...request } = requestOf(asked.calls[0] as Case['calls'][0]);
    const answer = await fetch(`${url}${path}`, request);
    const shape = shapeOf(await answer.json());
    first ??= shape;
    if (answer.status !== asked.status || !isDeepStrictEqual(shape, first))
      throw new Error(`${asked.name}: ${name} answers ${answer.status} ${JSON.stringify(shape)}, not ${JSON.stringify(first)}`);
  }
}
