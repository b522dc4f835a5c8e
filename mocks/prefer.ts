import type { IncomingHttpHeaders } from 'node:http';
import type { DeclaredContent, Operation } from './contract.ts';
import { invalid } from './responses.ts';

export interface Preferences {
  code: number | undefined;
  example: string | undefined;
  dynamic: boolean;
  seed: string | undefined;
  /** Media types of the Accept header, in its order. */
  accept: string[];
}

const invalidPreference = (message: string) => invalid({ field: 'Prefer', message });
const listOf = (names: string[]) => (names.length > 0 ? names.join(', ') : 'none');

/**
 * Reads `Prefer: code=409, example=NAME, dynamic=true, seed=TEXT`. It ignores unknown preferences, such as `return=minimal`,
 * as RFC 7240 requires. It throws 400 for a value that the operation does not have; the message lists the values it has.
 */
export function readPreferences({ prefer = '', accept = '' }: IncomingHttpHeaders, operation: Operation): Preferences {
  const given = new Map<string, string>();
  for (const part of String(prefer).split(/[,;]/)) {
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
    throw invalidPreference(`${operationId} has no response ${code}; code is one of ${listOf(Object.keys(responses))}`);
  const dynamic = given.get('dynamic') ?? 'false';
  if (dynamic !== 'true' && dynamic !== 'false') throw invalidPreference('dynamic must be true or false');
  const example = given.get('example');
  const statuses = code === undefined ? Object.keys(responses).filter((status) => status.startsWith('2')) : [code];
  const examples = [
    ...new Set(statuses.flatMap((status) => (responses[status]?.contents ?? []).flatMap(({ examples }) => Object.keys(examples)))),
  ];
  if (example !== undefined && !examples.includes(example))
    throw invalidPreference(`${operationId} ${statuses.join(' and ')} has no example ${example}; example is one of: ${listOf(examples)}`);
  const acceptedTypes = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase() ?? '');
  return {
    code: code === undefined ? undefined : Number(code),
    example,
    dynamic: dynamic === 'true',
    seed: given.get('seed'),
    accept: acceptedTypes,
  };
}

/** Returns the preferred status and its content: the one with the preferred example, or with an accepted media type, or the first. */
export function contentFor(
  { responses }: Operation,
  { code, example, accept }: Preferences,
): { status: string } & Partial<DeclaredContent> {
  const statuses = code === undefined ? Object.keys(responses).filter((status) => status.startsWith('2')) : [String(code)];
  const contentsOf = (status: string) =>
    (responses[status]?.contents ?? []).filter(({ examples }) => example === undefined || Object.hasOwn(examples, example));
  const status = statuses.find((candidate) => example === undefined || contentsOf(candidate).length > 0) as string;
  const contents = contentsOf(status);
  const accepted = accept.flatMap((type) => contents.filter(({ mediaType }) => mediaType === type));
  return { status, ...(accepted[0] ?? contents[0]) };
}

/** Returns a response from the examples of the contract. It does not validate the request. */
export function exampleFor(operation: Operation, preferences: Preferences) {
  const { status, mediaType, examples = {} } = contentFor(operation, preferences);
  const { example } = preferences;
  return { status: Number(status), mediaType, body: example === undefined ? Object.values(examples)[0] : examples[example] };
}
