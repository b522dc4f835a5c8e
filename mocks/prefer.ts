import { invalid } from './answers.ts';
import type { Operation } from './contract.ts';

export interface Preferences {
  code: number | undefined;
  example: string | undefined;
  dynamic: boolean;
  seed: string | undefined;
}

const refused = (message: string) => invalid({ field: 'Prefer', message });
const listed = (names: string[]) => (names.length > 0 ? names.join(', ') : 'none');

/**
 * What a request asks for by `Prefer: code=409, example=NAME, dynamic=true, seed=TEXT`. Preferences of others, such as `return=minimal`, are let be,
 * as RFC 7240 wants it; ours are refused where they could not be met, with those that can.
 */
export function readPreferences(header: string | undefined, operation: Operation): Preferences {
  const given = new Map<string, string>();
  for (const part of (header ?? '').split(/[,;]/)) {
    const [name, ...value] = part.split('=');
    given.set(
      (name as string).trim().toLowerCase(),
      value
        .join('=')
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    );
  }
  const { responses, operationId } = operation;
  const code = given.get('code');
  if (code !== undefined && !Object.hasOwn(responses, code))
    throw refused(`${operationId} has no answer ${code}; code is one of ${listed(Object.keys(responses))}`);
  const dynamic = given.get('dynamic') ?? 'false';
  if (dynamic !== 'true' && dynamic !== 'false') throw refused('dynamic must be true or false');
  const example = given.get('example');
  const statuses = code === undefined ? Object.keys(responses).filter((status) => status.startsWith('2')) : [code];
  const examples = [...new Set(statuses.flatMap((status) => Object.keys(responses[status]?.examples ?? {})))];
  if (example !== undefined && !examples.includes(example))
    throw refused(`${operationId} ${statuses.join(' and ')} has no example ${example}; example is one of: ${listed(examples)}`);
  return { code: code === undefined ? undefined : Number(code), example, dynamic: dynamic === 'true', seed: given.get('seed') };
}

/** The answer that the contract's examples give, without a look at the request. */
export function exampleFor({ responses }: Operation, { code, example }: Preferences) {
  const statuses = code === undefined ? Object.keys(responses).filter((status) => status.startsWith('2')) : [String(code)];
  const status = statuses.find((one) => example === undefined || Object.hasOwn(responses[one]?.examples ?? {}, example)) as string;
  const { mediaType, examples } = responses[status] as (typeof responses)[string];
  return { status: Number(status), mediaType, body: example === undefined ? Object.values(examples)[0] : examples[example] };
}
