import { isJson } from './base-request.ts';
import type { Case } from './case.ts';
import type { Contract } from './contract.ts';
import { isRehearsal } from './rehearsal.ts';
import type { Outcome } from './report.ts';

const attemptsMax = 60;

const keyOf = ({ case: { subject, kind }, answer, faults }: Outcome) =>
  [subject, kind, answer?.status, ...faults.map(({ check }) => check)].join(' ');
const lengthOf = ({ case: { request } }: Outcome) => request.path.length + (request.body?.length ?? 0);

/** Returns smaller values: without one field, without one item, or with a shorter text. */
function* smaller(value: unknown): Generator<unknown> {
  if (typeof value === 'string' && value.length > 1) yield* [value.slice(0, value.length >> 1), value.slice(value.length >> 1)];
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) {
      yield value.toSpliced(index, 1);
      for (const less of smaller(item)) yield value.with(index, less);
    }
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      const others = Object.entries(value).filter(([other]) => other !== name);
      yield Object.fromEntries(others);
      for (const less of smaller(member)) yield Object.fromEntries([...others, [name, less]]);
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

async function shrinkOne(contract: Contract, outcome: Outcome, attempt: (one: Case) => Promise<Outcome>): Promise<Outcome> {
  const { operation } = outcome.case;
  if (!operation?.body || !isJson(operation)) return outcome;
  const { schema } = operation.body;
  const isValid = (value: unknown) => contract.complaints(schema, value).length === 0;
  const whole = parsed(outcome.case);
  if (whole === undefined) return outcome;
  const wasValid = isValid(whole);
  let best = outcome;
  let attempts = 0;
  let value: unknown = whole;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const less of smaller(value)) {
      if (attempts === attemptsMax) return best;
      if (isValid(less) !== wasValid || !isRehearsal(less)) continue;
      attempts++;
      const tried = await attempt({ ...best.case, request: { ...best.case.request, body: JSON.stringify(less) } });
      if (keyOf(tried) !== keyOf(outcome)) continue;
      [best, value, isSmaller] = [tried, less, true];
      break;
    }
  }
  return best;
}

/** Replaces each failing request with the smallest one that fails in the same way. It sends more requests to find it. */
export async function shrink(contract: Contract, outcomes: Outcome[], attempt: (one: Case) => Promise<Outcome>): Promise<Outcome[]> {
  const failed = outcomes.filter(({ faults, case: { kind } }) => faults.length > 0 && ['generated', 'negative'].includes(kind));
  const shrunk: Outcome[] = [];
  for (const alike of Map.groupBy(failed, keyOf).values()) {
    const smallest = alike.reduce((best, one) => (lengthOf(one) < lengthOf(best) ? one : best));
    const smallerOne = await shrinkOne(contract, smallest, attempt);
    if (smallerOne !== smallest) shrunk.push(smallerOne);
  }
  return shrunk;
}
