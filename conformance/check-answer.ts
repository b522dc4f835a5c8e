import { type Case, mayBeLimited } from './case.ts';
import { type Contract, type DeclaredResponse, isJsonType } from './contract.ts';
import type { Answer } from './send.ts';

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
const header = ({ headers }: Answer, name: string): string | undefined => {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
};
const mediaTypeOf = (answer: Answer) => (header(answer, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

export function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function* headerFaults(contract: Contract, declared: DeclaredResponse, answer: Answer): Generator<Fault> {
  for (const [name, { schema }] of Object.entries(declared.headers ?? {})) {
    const value = header(answer, name);
    if (value === undefined) {
      yield { check: 'declared header', expected: `a header ${name}`, got: 'none' };
      continue;
    }
    const meaning = [schema.type].flat().includes('integer') && /^\d+$/.test(value) ? Number(value) : value;
    const complaints = contract.complaints(schema, meaning);
    if (complaints.length > 0)
      yield { check: 'valid header', expected: `${name} of its schema`, got: `${name}: ${value}; ${complaints.join('; ')}` };
  }
}

function* bodyFaults(contract: Contract, declared: DeclaredResponse, answer: Answer, method: string): Generator<Fault> {
  const type = mediaTypeOf(answer);
  if (method === 'HEAD' || !declared.content) {
    if (answer.text !== '') yield { check: 'no body', expected: 'no body', got: short(answer.text) };
    if (!declared.content) return;
  }
  const media = declared.content[type];
  if (!media) yield { check: 'media type', expected: Object.keys(declared.content).join(' or '), got: type || 'no Content-Type' };
  else if (method !== 'HEAD') yield* valueFaults(contract, type, media.schema, answer);
}

function* valueFaults(contract: Contract, type: string, schema: object, answer: Answer): Generator<Fault> {
  const value = isJsonType(type) ? jsonOf(answer) : answer.text;
  if (value === undefined) {
    yield { check: 'JSON', expected: 'a body of JSON', got: short(answer.text) || 'an empty body' };
    return;
  }
  const complaints = contract.complaints(schema, value);
  if (complaints.length > 0)
    yield {
      check: 'body of its schema',
      expected: 'a body of the declared schema',
      got: `${complaints.slice(0, 5).join('; ')}: ${short(answer.text)}`,
    };
}

function* errorFaults(contract: Contract, { operation, request }: Case, answer: Answer): Generator<Fault> {
  if (answer.status < 400 || request.method === 'HEAD') return;
  if (!operation) {
    if (mediaTypeOf(answer) !== 'application/json')
      yield { check: 'media type', expected: 'application/json', got: mediaTypeOf(answer) || 'no Content-Type' };
    else yield* valueFaults(contract, 'application/json', contract.errorSchema, answer);
  }
  const body = jsonOf(answer) as { error?: string; correlationId?: string } | undefined;
  const codes = [...contract.codesOf(answer.status)];
  if (body?.error !== undefined && codes.length > 0 && !codes.includes(body.error))
    yield { check: 'error code', expected: `error ${codes.join(' or ')} with ${answer.status}`, got: body.error };
  const sent = header(answer, 'x-correlation-id');
  if (body && body.correlationId !== sent)
    yield { check: 'correlation id', expected: 'a correlationId equal to X-Correlation-Id', got: `${body.correlationId} and ${sent}` };
  for (const [what, form] of leaks)
    if (form.test(answer.text))
      yield { check: 'no insides', expected: 'an error without the insides of the server', got: `${what}: ${short(answer.text)}` };
}

function* expectationFaults(one: Case, answer: Answer): Generator<Fault> {
  const { expect, kind } = one;
  const { statuses, names, allow } = expect;
  if (answer.status === 429 && mayBeLimited(one)) return;
  const got = `${answer.status} ${short(answer.text)}`;
  if (!statuses.includes(answer.status)) {
    const check =
      answer.status >= 500
        ? 'no failure'
        : answer.status < 300 && kind !== 'example' && kind !== 'generated'
          ? 'refusal'
          : 'expected status';
    yield { check, expected: statuses.join(' or '), got };
    return;
  }
  if (names !== undefined && !answer.text.includes(names))
    yield { check: 'names what is wrong', expected: `an error that names ${names}`, got };
  if (answer.status === 401 && !/^bearer\b/i.test(header(answer, 'www-authenticate') ?? ''))
    yield { check: 'WWW-Authenticate', expected: 'WWW-Authenticate: Bearer', got: header(answer, 'www-authenticate') ?? 'none' };
  if (!allow) return;
  const named = (header(answer, 'allow') ?? '')
    .split(',')
    .map((one) => one.trim().toUpperCase())
    .filter((one) => one !== '');
  const needed = new Set(allow);
  const possible = new Set([...allow, 'OPTIONS', ...(needed.has('GET') ? ['HEAD'] : [])]);
  if (!allow.every((one) => named.includes(one)) || !named.every((one) => possible.has(one)))
    yield { check: 'Allow', expected: `Allow: ${allow.join(', ')}`, got: named.length > 0 ? `Allow: ${named.join(', ')}` : 'no Allow' };
}

/** Returns the differences between a response and the expectations of the contract and of the case. */
export function checkAnswer(contract: Contract, one: Case, answer: Answer): Fault[] {
  const { operation, request } = one;
  const faults = [...expectationFaults(one, answer), ...errorFaults(contract, one, answer)];
  const declared = operation?.responses[answer.status];
  if (operation && !declared)
    faults.push({
      check: 'declared status',
      expected: Object.keys(operation.responses).join(', '),
      got: `${answer.status} ${short(answer.text)}`,
    });
  if (declared) faults.push(...headerFaults(contract, declared, answer), ...bodyFaults(contract, declared, answer, request.method));
  return faults;
}
