import type { Ids } from './arbitraries.ts';
import type { Operation, Parameter, Schema } from './contract.ts';

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Keys that the sandbox and a new server have. */
const wellKnown: Record<string, string> = { projectKey: 'default', environmentKey: 'production' };

const successExamples = ({ responses }: Operation): Tree[] =>
  Object.entries(responses)
    .filter(([status]) => Number(status) < 300)
    .flatMap(([, { content = {} }]) => Object.values(content))
    .flatMap(({ examples = {} }) => Object.values(examples).map(({ value }) => value))
    .filter(isTree);

export const pathParameters = ({ parameters }: Operation): Parameter[] => parameters.filter((parameter) => parameter.in === 'path');
export const lastPathParameter = ({ path }: Operation): string | undefined => /\{(\w+)\}[^{]*$/.exec(path)?.[1];

/** Returns an id for a path parameter from the examples: of the item at this path, or of a list inside its parent. */
function fromExamples(operations: Operation[], operation: Operation, name: string, excludedIds: Set<string>): string | undefined {
  const prefix = operation.path.slice(0, operation.path.indexOf(`{${name}}`) + name.length + 2);
  const next = /^\/.*?\{(\w+?)(?:Id)?\}/.exec(operation.path.slice(prefix.length))?.[1];
  const hasNext = (example: Tree) =>
    next !== undefined && Array.isArray(example[`${next}s`]) && (example[`${next}s`] as unknown[]).length > 0;
  const ids = operations
    .filter(({ path, method }) => path === prefix && ['GET', 'PATCH', 'PUT'].includes(method))
    .flatMap(successExamples)
    .sort((left, right) => Number(hasNext(right)) - Number(hasNext(left)))
    .map(({ key, id }) => key ?? id);
  const owners = operations.filter(({ path, method }) => method === 'GET' && prefix.startsWith(`${path}/`)).flatMap(successExamples);
  const memberIds = owners
    .flatMap((owner) => owner[`${name.replace(/Id$/, '')}s`] ?? [])
    .map((item) => (isTree(item) ? item.id : undefined));
  const ownIds = successExamples(operation).map(({ id }) => id);
  return [...ids, ...memberIds, ...ownIds].filter((id): id is string => typeof id === 'string').find((id) => !excludedIds.has(id));
}

export function pathValue(operations: Operation[], operation: Operation, { name, schema }: Parameter, excludedIds: Set<string>): string {
  const fallback = schema.format === 'uuid' ? '00000000-0000-4000-8000-000000000000' : 'conformance';
  return wellKnown[name] ?? (schema.enum?.[0] as string | undefined) ?? fromExamples(operations, operation, name, excludedIds) ?? fallback;
}

/** Returns a value for a required header. Only the server knows whether a secret or signature in it is valid. */
export const headerValue = ({ example, schema }: Parameter): string => String(example ?? schema.enum?.[0] ?? 'conformance');

export const fillPath = (path: string, values: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));

/** Returns all ids in the examples of the contract, except `excludedIds`. */
export function exampleIds(operations: Operation[], excludedIds: Set<string>): Ids {
  const all = new Set<string>();
  const byName = new Map<string, string[]>();
  const visit = (value: unknown, name: string): void => {
    if (typeof value === 'string' && uuid.test(value) && !excludedIds.has(value)) {
      all.add(value);
      if (name.endsWith('Id')) byName.set(name, [...new Set([...(byName.get(name) ?? []), value])]);
    } else if (typeof value === 'object' && value !== null) for (const [inner, member] of Object.entries(value)) visit(member, inner);
  };
  for (const operation of operations) {
    visit(successExamples(operation), '');
    for (const { value } of Object.values(operation.body?.examples ?? {})) visit(value, '');
  }
  return { all: [...all], byName };
}

/** Converts the text of a parameter to the type in its schema. */
export const parseParameter = ({ type }: Schema, text: string): unknown =>
  [type].flat().includes('integer') && /^-?[0-9]{1,15}$/.test(text)
    ? Number(text)
    : [type].flat().includes('boolean') && /^(true|false)$/.test(text)
      ? text === 'true'
      : text;

/** Returns texts to try for a header, which HTTP allows in header values. */
export const headerTexts = ({ maxLength = 255 }: Schema): string[] => [
  'two words',
  'conformance/nowhere',
  'a/b/c',
  '/',
  'a'.repeat(maxLength + 1),
];

/** Returns texts to try for a parameter, inside and outside its limits. */
export function parameterTexts({ type, minimum, maximum, maxLength, format, enum: choices }: Schema): string[] {
  const types = [type].flat();
  if (types.includes('integer'))
    return [
      '',
      'abc',
      '1.5',
      '0',
      '-1',
      '99999999999999999999',
      'null',
      ...[minimum, maximum].flatMap((limit) => (limit === undefined ? [] : [limit - 1, limit, limit + 1].map(String))),
    ];
  if (types.includes('boolean')) return ['', 'yes', 'TRUE', '2', 'true', 'false'];
  const lengths = maxLength !== undefined && maxLength < 5000 ? ['a'.repeat(maxLength), 'a'.repeat(maxLength + 1)] : [];
  return [
    ...(format || choices ? ['not-one', '12', 'g0000000-0000-4000-8000-000000000000'] : []),
    'x\u0000',
    '漢字 😀',
    "' OR 1=1 --",
    ...lengths,
  ];
}
