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

function parsed({ request: { body = '', bodyExpression } }: Case): unknown {
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
  const whole = parsed(outcome.case);
  if (whole === undefined) return outcome;
  const wasValid = isValid(whole);
  let best = outcome;
  let attempts = 0;
  let value: unknown = whole;
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

/** Replaces each failing request with the smallest one that fails in the same way. It sends more requests to find it. */
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
