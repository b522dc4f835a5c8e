import { baseRequest, isJson, newPlan, type Plan } from '../../conformance/base-request.ts';
import { type Operation, readContract } from '../../conformance/contract.ts';
import { jsonLimits } from '../../server/common/json-limits.ts';
import { readContract as readServedContract } from '../../server/contract/contract.ts';
import { ContractRouter } from '../../server/contract/contract-router.ts';
import { jsonBytesMax } from '../../server/http/request-body.ts';
import { allows, differentPlacesOf, type InputPlace, largestValue, titleOf, withValueAt } from './input-places.ts';

/** A request with the largest input that the size limits let through, at one place of an operation's input. */
export interface LargestInput {
  operationId: string;
  /** False if the server must respond without a valid token, either because the operation needs none or because the request has none. */
  needsToken: boolean;
  title: string;
  /** The part of the request that is large, and with what it is filled. */
  place: string;
  filling: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  /** Creates the body, because all bodies together would need gigabytes. */
  body?: () => string;
}

const { levelsMax, entriesMax } = jsonLimits;
/** Node's limit of all headers and the path is 16 KiB. The rest is for the other headers. */
const headBytesMax = 15_000;

const repeatTo = (bytes: number, item: string) => item.repeat(Math.max(0, Math.floor(bytes / item.length)));
const listOf = (count: number, itemOf: (index: number) => string) => Array.from({ length: count }, (_, index) => itemOf(index)).join(',');
const shortName = (index: number) => index.toString(36).padStart(4, '0');
const namesOf = (count: number, nameOf: (index: number) => string) => `{${listOf(count, (index) => `"${nameOf(index)}":0`)}}`;
const nested = (levels: number, start: string, middle: string, end: string) => `${start.repeat(levels)}${middle}${end.repeat(levels)}`;

/** A JSON text for a place, of about this many bytes. */
type Fillings = Record<string, (bytes: number) => string>;

const anyFillings = (levels: number): Fillings => ({
  'nested lists': (bytes) => nested(Math.floor(bytes / 2), '[', '', ']'),
  'nested objects': (bytes) => nested(Math.floor(bytes / 6), '{"a":', '0', '}'),
  'lists nested to the maximum around many items': () =>
    nested(
      levels,
      '[',
      listOf(entriesMax - 100, () => '0'),
      ']',
    ),
  'objects with long names nested to the maximum around many objects': (bytes) =>
    nested(
      levels - 2,
      `{"${'n'.repeat(200)}":`,
      `[${listOf(Math.min(4900, Math.floor(bytes / 12)), (index) => `{"${shortName(index)}":0}`)}]`,
      '}',
    ),
});
const objectFillings: Fillings = {
  'as many members as fit': (bytes) => namesOf(Math.floor(bytes / 9), shortName),
  'the maximum of members': (bytes) => namesOf(Math.min(entriesMax - 100, Math.floor(bytes / 9)), shortName),
  'members with secret names': (bytes) =>
    namesOf(Math.min(entriesMax - 100, Math.floor(bytes / 17)), (index) => `${shortName(index)}password`),
  'members with the longest names': (bytes) => namesOf(Math.floor(bytes / 204), (index) => shortName(index).padStart(200, 'n')),
};
const listFillings: Fillings = {
  'as many {} as fit': (bytes) => `[${listOf(Math.floor(bytes / 3), () => '{}')}]`,
  'as many 0 as fit': (bytes) => `[${listOf(Math.floor(bytes / 2), () => '0')}]`,
  'the maximum of {}': (bytes) => `[${listOf(Math.min(entriesMax - 100, Math.floor(bytes / 3)), () => '{}')}]`,
  'the maximum of null': (bytes) => `[${listOf(Math.min(entriesMax - 100, Math.floor(bytes / 5)), () => 'null')}]`,
  'the maximum of long texts': (bytes) => `[${listOf(Math.min(entriesMax - 100, Math.floor(bytes / 104)), () => `"${'a'.repeat(100)}"`)}]`,
};
const textItems = ['a', '.', ' ', '@', 'é', 'pa_', '\\u0001', '\\\\', '\\ud83d\\ude00', 'a.', '0', '-', '/'];
/** JSON inside a text, with a name that redaction looks for. */
const innerJson = (bytes: number) => `"${nested(Math.floor(bytes / 2) - 20, '[', '\\"password\\"', ']')}"`;
const textFillings: Fillings = Object.fromEntries([
  ['a text of nested JSON', innerJson],
  ...textItems.map((item) => [
    `a text of ${item}`,
    (bytes: number) => `"${repeatTo(Math.floor(bytes / Buffer.byteLength(item)) * item.length, item)}"`,
  ]),
]);
const numberFillings: Fillings = { 'a number of digits': (bytes) => repeatTo(bytes, '1'), '1e400': () => '1e400' };

const fillingsFor = (place: InputPlace): Fillings => ({
  ...anyFillings(levelsMax - place.path.length - 1),
  ...(allows(place, 'object') && objectFillings),
  ...(allows(place, 'array') && listFillings),
  ...(allows(place, 'string') && textFillings),
  ...((allows(place, 'integer') || allows(place, 'number')) && numberFillings),
});

const marker = '@@filling@@';

function bodyInputs(plan: Plan, operation: Operation, bytesMax: number): Pick<LargestInput, 'place' | 'filling' | 'body'>[] {
  if (!operation.body || !isJson(operation)) return [];
  const base = JSON.parse(baseRequest(plan, operation).body ?? '{}');
  const { schema } = operation.body;
  const filled = differentPlacesOf(schema).flatMap((place) =>
    Object.entries(fillingsFor(place)).map(([filling, fill]) => {
      const text = JSON.stringify(withValueAt(base, place.path, marker));
      const body = () => text.replace(`"${marker}"`, () => fill(bytesMax - text.length));
      return { place: titleOf(place), filling, body };
    }),
  );
  const isValid: Parameters<typeof largestValue>[1] = (part, value) => plan.contract.validationErrors(part, value).length === 0;
  return [
    ...filled,
    { place: 'everything in the body', filling: 'the maximum', body: () => JSON.stringify(largestValue(schema, isValid, 100)) },
    { place: 'a body of blanks', filling: 'as many as fit', body: () => `{${repeatTo(bytesMax - 2, ' ')}}` },
    { place: 'a body of blanks', filling: 'one byte more than the limit', body: () => `{${repeatTo(bytesMax - 1, ' ')}}` },
  ];
}

const queryTexts: Record<string, string> = {
  'many short parameters': Array.from({ length: headBytesMax / 5 }, (_, index) => shortName(index)).join('&'),
  'one parameter many times': repeatTo(headBytesMax, 'page=1&'),
  'separators only': repeatTo(headBytesMax, '&'),
  'the maximum of long parameters': Array.from({ length: 20 }, (_, index) => `${index}=${'a'.repeat(headBytesMax / 20 - 4)}`).join('&'),
  'one long name': repeatTo(headBytesMax, 'a'),
  'nested lists in a value': `page=${nested(headBytesMax / 2 - 20, '[', '%22password%22', ']')}`,
  'nested lists as a name': nested(headBytesMax / 2 - 20, '[', '%22password%22', ']'),
};
const longTexts = ['a', '1', '%20', '%F0%9F%98%80', '.', 'pa_', '%2525'];

/** Requests to a secured operation without a valid token. */
function strangerInputs(plan: Plan, operation: Operation): Omit<LargestInput, 'operationId' | 'method' | 'title'>[] {
  if (!operation.isSecured) return [];
  const { path, headers } = baseRequest(plan, operation);
  const { Authorization: _, ...others } = headers;
  const wrong = { ...others, Authorization: `Bearer ${repeatTo(headBytesMax, 'a')}` };
  const body = () => namesOf(jsonBytesMax / 9, shortName);
  return [
    { place: 'Authorization', filling: 'a long text', path, headers: wrong, needsToken: false },
    ...(operation.body
      ? [{ place: 'a body without a token', filling: 'as many members as fit', path, headers: others, body, needsToken: false }]
      : []),
  ];
}

function headInputs(plan: Plan, operation: Operation): Pick<LargestInput, 'place' | 'filling' | 'path' | 'headers'>[] {
  const { path, headers } = baseRequest(plan, operation);
  const [pathname] = path.split('?') as [string];
  const long = (text: string) => repeatTo(headBytesMax - path.length, text);
  const inputs = Object.entries(queryTexts).map(([filling, query]) => ({ place: 'query', filling, path: `${pathname}?${query}`, headers }));
  for (const { name, in: location } of operation.parameters)
    for (const text of longTexts) {
      const input = { place: `${location} ${name}`, filling: `as much ${text} as fits`, path, headers };
      if (location === 'query') inputs.push({ ...input, path: `${pathname}?${name}=${long(text)}` });
      if (location === 'header') inputs.push({ ...input, headers: { ...headers, [name]: long(text) } });
      const filled = operation.path.replace(`{${name}}`, long(text)).replace(/\{\w+\}/g, 'x');
      if (location === 'path') inputs.push({ ...input, path: filled });
    }
  return inputs;
}

/** Returns, for every operation and every place of its input, the largest requests that the size limits let through. Ids are those of the sandbox. */
export async function largestInputs(): Promise<LargestInput[]> {
  const contract = await readContract(new URL('../../openapi.yaml', import.meta.url).pathname);
  const options = { seed: 1, requests: 0, isReadOnly: false, operations: undefined, excludedIds: new Set<string>(), runId: 'largest' };
  const plan = newPlan(contract, options);
  const served = new ContractRouter((await readServedContract()).definition).getOperations() as {
    operationId?: string;
    'x-body-bytes-max'?: number;
  }[];
  const bytesMaxOf = new Map(served.map((operation) => [operation.operationId, operation['x-body-bytes-max'] ?? jsonBytesMax]));
  return contract.operations.flatMap((operation) => {
    const { path, headers } = baseRequest(plan, operation);
    const { method, isSecured, id: operationId } = operation;
    const needsToken = isSecured;
    const bodies = bodyInputs(plan, operation, bytesMaxOf.get(operationId) as number).map((input) => ({ ...input, path, headers }));
    const inputs = [...headInputs(plan, operation), ...bodies].map((input) => ({ needsToken, ...input }));
    return [...inputs, ...strangerInputs(plan, operation)].map((input) => ({
      operationId,
      method,
      title: `${input.place}: ${input.filling}`,
      ...input,
    }));
  });
}
