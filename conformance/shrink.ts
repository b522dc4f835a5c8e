import { isJson } from './base-request.ts';
import type { Case } from './case.ts';
import type { Contract } from './contract.ts';
import { isSafeBody } from './dry-run.ts';
import type { Outcome } from './report.ts';

const attemptsMax = 60;

/** Outcomes with the same key fail in the same way. */
const keyOf = ({ case: { subject, kind }, response, faults }: Outcome) =>
  [subject, kind, response?.status, ...faults.map(({ check }) => check)].join(' ');
const lengthOf = ({ case: { request } }: Outcome) => request.path.length + (request.body?.length ?? 0);

/** Returns smaller values: without one field, without one item, or with a shorter text. */
function* smallerValues(value: unknown): Generator<unknown> {
  if (typeof value === 'string' && value.length > 1) yield* [value.slice(0, value.length >> 1), value.slice(value.length >> 1)];
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) {
      yield value.toSpliced(index, 1);
      for (const candidate of smallerValues(item)) yield value.with(index, candidate);
    }
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      const otherFields = Object.entries(value).filter(([otherName]) => otherName !== name);
      yield Object.fromEntries(otherFields);
      for (const candidate of smallerValues(member)) yield Object.fromEntries([...otherFields, [name, candidate]]);
    }
}

/** Returns the JSON value of a request body; undefined if the body is not JSON or too long to shrink. */
function parsedBody({ request: { body = '', bodyExpression } }: Case): unknown {
  if (bodyExpression !== undefined) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function shrinkOutcome(contract: Contract, outcome: Outcome, sendAndCheck: (testCase: Case) => Promise<Outcome>): Promise<Outcome> {
  const { operation } = outcome.case;
  if (!operation?.body || !isJson(operation)) return outcome;
  const { schema } = operation.body;
  const isValid = (value: unknown) => contract.validationErrors(schema, value).length === 0;
  const originalBody = parsedBody(outcome.case);
  if (originalBody === undefined) return outcome;
  const wasValid = isValid(originalBody);
  let best = outcome;
  let attempts = 0;
  let value: unknown = originalBody;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidate of smallerValues(value)) {
      if (attempts === attemptsMax) return best;
      if (isValid(candidate) !== wasValid || !isSafeBody(candidate)) continue;
      attempts++;
      const result = await sendAndCheck({ ...best.case, request: { ...best.case.request, body: JSON.stringify(candidate) } });
      if (keyOf(result) !== keyOf(outcome)) continue;
      [best, value, isSmaller] = [result, candidate, true];
      break;
    }
  }
  return best;
}

/**
 * Sends more requests to find, for each kind of failure, a smaller request that fails in the same way.
 *
 * Returns, for each kind of failure, the outcome of the smallest request found. The report shows the shortest request of each failure.
 */
export async function shrink(
  contract: Contract,
  outcomes: Outcome[],
  sendAndCheck: (testCase: Case) => Promise<Outcome>,
): Promise<Outcome[]> {
  const failed = outcomes.filter(({ faults, case: { kind } }) => faults.length > 0 && ['generated', 'negative'].includes(kind));
  const shrunk: Outcome[] = [];
  for (const similar of Map.groupBy(failed, keyOf).values()) {
    const smallest = similar.reduce((best, outcome) => (lengthOf(outcome) < lengthOf(best) ? outcome : best));
    const shrunkOutcome = await shrinkOutcome(contract, smallest, sendAndCheck);
    if (shrunkOutcome !== smallest) shrunk.push(shrunkOutcome);
  }
  return shrunk;
}
