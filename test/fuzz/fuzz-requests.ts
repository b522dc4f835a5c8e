import { baseRequest, exampleBodies, isJson, newPlan, type Plan } from '../../conformance/base-request.ts';
import type { Contract, Operation } from '../../conformance/contract.ts';
import { isSafeBody } from '../../conformance/dry-run.ts';
import { hostileText, pick, type Random } from './hostile-values.ts';
import { breakText, mutateJson } from './mutate-json.ts';

export interface FuzzRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

/** Secrets that requests present. `caller` is used most, and no request deletes or changes it, nor the token of `limited`. */
export interface FuzzSecrets {
  caller: string;
  /** The secret of a token whose permissions name fields. */
  limited: string;
  others: string[];
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE'];
const mediaTypes = [
  'application/json',
  'application/json; charset=latin1',
  'text/plain',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  '',
  'a/b;;=',
];
const headerNames = [
  'Idempotency-Key',
  'Gatehouse-Environment',
  'Accept',
  'Accept-Encoding',
  'If-None-Match',
  'Content-Encoding',
  'Origin',
  'X-Forwarded-For',
  'x-key',
  'x-hash',
  'Cookie',
  'Range',
];

/** Header values may hold only visible characters, spaces and bytes from 0x80. Others cannot be sent by an HTTP client. */
const toHeaderValue = (text: string) => text.replace(/[^\x20-\x7e\x80-\xff]/g, '?').slice(0, 4000);

const oneIn = (random: Random, count: number) => random(count) === 0;

function encodeHostile(random: Random, text: string): string {
  // A raw `%` or `#` in the path is itself a hostile input.
  const encoded = encodeURIComponent(text.toWellFormed());
  return oneIn(random, 8) ? encoded.replaceAll('%', pick(random, ['%', '%25', '%u', ''])) : encoded;
}

function fuzzPath(random: Random, operation: Operation, path: string, knownIds: string[]): string {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)];
  if (names.length === 0 || !oneIn(random, 3)) return path;
  const [before, ...query] = path.split('?');
  const segments = (before as string).split('/');
  const places = operation.path.split('/').flatMap((segment, index) => (segment.startsWith('{') ? [index] : []));
  const value = knownIds.length > 0 && !oneIn(random, 3) ? pick(random, knownIds) : hostileText(random).slice(0, 3000);
  segments[pick(random, places)] = encodeHostile(random, value);
  return [segments.join('/'), ...query].join('?');
}

function fuzzQuery(random: Random, operation: Operation, path: string, knownIds: string[]): string {
  if (!oneIn(random, 3)) return path;
  const declared = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const count = pick(random, [1, 1, 2, 3, 60, 2000]);
  const pairs = Array.from({ length: count }, (_, index) => {
    const name =
      declared.length > 0 && !oneIn(random, 4) ? pick(random, declared) : pick(random, [`q${index}`, hostileText(random).slice(0, 20)]);
    const value = knownIds.length > 0 && oneIn(random, 3) ? pick(random, knownIds) : hostileText(random).slice(0, 200);
    return `${encodeHostile(random, name)}=${encodeHostile(random, value)}`;
  });
  const query = pairs.join(pick(random, ['&', '&', ';', '&&'])).slice(0, 12_000);
  return path.includes('?') ? `${path}&${query}` : `${path}?${query}`;
}

function fuzzHeaders(random: Random, headers: Record<string, string>, secrets: FuzzSecrets): Record<string, string> {
  const changed = { ...headers };
  if ('Authorization' in changed)
    changed.Authorization = oneIn(random, 6)
      ? pick(random, [
          `Bearer ${pick(random, secrets.others)}`,
          toHeaderValue(hostileText(random)),
          `Bearer ${toHeaderValue(hostileText(random))}`,
          'Basic eDp5',
        ])
      : `Bearer ${oneIn(random, 6) ? secrets.limited : secrets.caller}`;
  if ('Content-Type' in changed && oneIn(random, 12)) changed['Content-Type'] = pick(random, mediaTypes);
  if (oneIn(random, 4))
    changed[pick(random, headerNames)] = toHeaderValue(
      pick(random, [hostileText(random), 'default/production', 'gzip', '*/*', 'k1', 'k2']),
    );
  return changed;
}

/** Returns a request that is safe to send: revoking all tokens would end the run. */
function isSafe(body: Buffer): boolean {
  try {
    return isSafeBody(JSON.parse(body.toString()));
  } catch {
    return true;
  }
}

function fuzzBody(
  random: Random,
  examples: unknown[],
  operation: Operation,
  base: string | undefined,
  knownIds: string[],
): Buffer | undefined {
  if (!operation.body) return oneIn(random, 30) ? Buffer.from(hostileText(random)) : undefined;
  if (!isJson(operation)) return oneIn(random, 2) ? breakText(random, base ?? '') : Buffer.from(base ?? '');
  let body = examples.length > 0 ? pick(random, examples) : {};
  for (let changes = random(4); changes > 0; changes--) body = mutateJson(random, body, knownIds);
  const text = JSON.stringify(body);
  return oneIn(random, 10) ? breakText(random, text) : Buffer.from(text);
}

/**
 * Returns a function that makes a request from the operations and examples of the contract, random choices and ids of earlier responses. The same
 * choices and ids give the same request.
 */
export function createFuzzRequests(
  contract: Contract,
  seed: number,
  secrets: FuzzSecrets,
): (random: Random, knownIds: string[]) => FuzzRequest {
  const plan: Plan = newPlan(contract, {
    seed,
    requests: 0,
    isReadOnly: false,
    operations: undefined,
    excludedIds: new Set(),
    runId: 'fuzz',
  });
  const weighted = contract.operations.flatMap((operation) => Array<Operation>(operation.body ? 3 : 1).fill(operation));
  const prepared = new Map(
    contract.operations.map((operation) => [operation, { base: baseRequest(plan, operation), examples: exampleBodies(plan, operation) }]),
  );

  return (random, knownIds) => {
    const operation = pick(random, weighted);
    const { base, examples } = prepared.get(operation) as { base: ReturnType<typeof baseRequest>; examples: unknown[] };
    const method = oneIn(random, 20) ? pick(random, methods) : operation.method;
    const body = fuzzBody(random, examples, operation, base.body, knownIds);
    const path = fuzzQuery(random, operation, fuzzPath(random, operation, base.path, knownIds), knownIds);
    return {
      method,
      path,
      headers: fuzzHeaders(random, base.headers, secrets),
      body: body && isSafe(body) ? body : undefined,
    };
  };
}
