import { type Case, mayBeLimited } from './case.ts';
import { type Contract, type DeclaredResponse, isJsonType } from './contract.ts';
import type { ServerResponse } from './send.ts';

export interface Fault {
  /** Name of the failed check. */
  check: string;
  expected: string;
  got: string;
}

const leaks: [string, RegExp][] = [
  ['a stack trace', /\n?\s+at (?:\S+ )?\(?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s)]*:\d+:\d+|node_modules\//],
  ['SQL', /\b(?:select\b.{1,300}\bfrom|insert into|update\b.{1,100}\bset|delete from)\s+[`"]?\w/is],
  ['a database error', /\bSQLITE_[A-Z]+|\bER_[A-Z]+_[A-Z_]+\b|ECONNREFUSED/],
];

const short = (text: string, length = 300) => (text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text);
const header = ({ headers }: ServerResponse, name: string): string | undefined => {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
};
const mediaTypeOf = (response: ServerResponse) => (header(response, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

export function jsonOf({ text }: ServerResponse): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function* headerFaults(contract: Contract, declared: DeclaredResponse, response: ServerResponse): Generator<Fault> {
  for (const [name, { schema }] of Object.entries(declared.headers ?? {})) {
    const value = header(response, name);
    if (value === undefined) {
      yield { check: 'declared header', expected: `a header ${name}`, got: 'none' };
      continue;
    }
    const parsed = [schema.type].flat().includes('integer') && /^\d+$/.test(value) ? Number(value) : value;
    const errors = contract.validationErrors(schema, parsed);
    if (errors.length > 0)
      yield { check: 'valid header', expected: `${name} as its schema says`, got: `${name}: ${value}; ${errors.join('; ')}` };
  }
}

function* bodyFaults(contract: Contract, declared: DeclaredResponse, response: ServerResponse, method: string): Generator<Fault> {
  const type = mediaTypeOf(response);
  if (method === 'HEAD' || !declared.content) {
    if (response.text !== '') yield { check: 'no body', expected: 'no body', got: short(response.text) };
    if (!declared.content) return;
  }
  const media = declared.content[type];
  if (!media) yield { check: 'media type', expected: Object.keys(declared.content).join(' or '), got: type || 'no Content-Type' };
  else if (method !== 'HEAD') yield* valueFaults(contract, type, media.schema, response);
}

function* valueFaults(contract: Contract, type: string, schema: object, response: ServerResponse): Generator<Fault> {
  const value = isJsonType(type) ? jsonOf(response) : response.text;
  if (value === undefined) {
    yield { check: 'JSON', expected: 'a JSON body', got: short(response.text) || 'an empty body' };
    return;
  }
  const errors = contract.validationErrors(schema, value);
  if (errors.length > 0)
    yield {
      check: 'body matches schema',
      expected: 'a body that matches the declared schema',
      got: `${errors.slice(0, 5).join('; ')}: ${short(response.text)}`,
    };
}

function* errorFaults(contract: Contract, { operation, request }: Case, response: ServerResponse): Generator<Fault> {
  if (response.status < 400 || request.method === 'HEAD') return;
  if (!operation) {
    if (mediaTypeOf(response) !== 'application/json')
      yield { check: 'media type', expected: 'application/json', got: mediaTypeOf(response) || 'no Content-Type' };
    else yield* valueFaults(contract, 'application/json', contract.errorSchema, response);
  }
  const body = jsonOf(response) as { error?: string; correlationId?: string } | undefined;
  const codes = [...contract.errorCodesOf(response.status)];
  if (body?.error !== undefined && codes.length > 0 && !codes.includes(body.error))
    yield { check: 'error code', expected: `error ${codes.join(' or ')} with ${response.status}`, got: body.error };
  const headerId = header(response, 'x-correlation-id');
  if (body && body.correlationId !== headerId)
    yield { check: 'correlation id', expected: 'a correlationId equal to X-Correlation-Id', got: `${body.correlationId} and ${headerId}` };
  for (const [detail, pattern] of leaks)
    if (pattern.test(response.text))
      yield {
        check: 'no internal details',
        expected: 'an error without internal details of the server',
        got: `${detail}: ${short(response.text)}`,
      };
}

function* expectationFaults(testCase: Case, response: ServerResponse): Generator<Fault> {
  const { expect, kind } = testCase;
  const { statuses, mentions, allow } = expect;
  if (response.status === 429 && mayBeLimited(testCase)) return;
  const got = `${response.status} ${short(response.text)}`;
  if (!statuses.includes(response.status)) {
    const check =
      response.status >= 500
        ? 'no server error'
        : response.status < 300 && kind !== 'example' && kind !== 'generated'
          ? 'refusal'
          : 'expected status';
    yield { check, expected: statuses.join(' or '), got };
    return;
  }
  if (mentions !== undefined && !response.text.includes(mentions))
    yield { check: 'names the wrong part', expected: `an error that names ${mentions}`, got };
  if (response.status === 401 && !/^bearer\b/i.test(header(response, 'www-authenticate') ?? ''))
    yield { check: 'WWW-Authenticate', expected: 'WWW-Authenticate: Bearer', got: header(response, 'www-authenticate') ?? 'none' };
  if (!allow) return;
  const allowed = (header(response, 'allow') ?? '')
    .split(',')
    .map((method) => method.trim().toUpperCase())
    .filter((method) => method !== '');
  const possible = new Set([...allow, 'OPTIONS', ...(allow.includes('GET') ? ['HEAD'] : [])]);
  if (!allow.every((method) => allowed.includes(method)) || !allowed.every((method) => possible.has(method)))
    yield { check: 'Allow', expected: `Allow: ${allow.join(', ')}`, got: allowed.length > 0 ? `Allow: ${allowed.join(', ')}` : 'no Allow' };
}

/** Returns the differences between a response and the expectations of the contract and of the case. */
export function checkResponse(contract: Contract, testCase: Case, response: ServerResponse): Fault[] {
  const { operation, request } = testCase;
  const faults = [...expectationFaults(testCase, response), ...errorFaults(contract, testCase, response)];
  const declared = operation?.responses[response.status];
  if (operation && !declared)
    faults.push({
      check: 'declared status',
      expected: Object.keys(operation.responses).join(', '),
      got: `${response.status} ${short(response.text)}`,
    });
  if (declared) faults.push(...headerFaults(contract, declared, response), ...bodyFaults(contract, declared, response, request.method));
  return faults;
}
