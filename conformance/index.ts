import { fileURLToPath } from 'node:url';
import { newPlan, type PlanOptions } from './base-request.ts';
import { type Case, goodToken, mayBeLimited } from './case.ts';
import { planCases } from './cases.ts';
import { checkAnswer, type Fault, jsonOf } from './check-answer.ts';
import { type Contract, readContract } from './contract.ts';
import { familiesOf, type Try, tryFamily } from './families.ts';
import { type Outcome, type Report, toReport } from './report.ts';
import { type Answer, createSender, probe, type Send } from './send.ts';
import { shrink } from './shrink.ts';

export { UnusableContract } from './contract.ts';
export type { Report } from './report.ts';
export { Unreachable } from './send.ts';

export interface ConformanceOptions {
  url: string;
  /** A token of an administrator. With another one, responses with 403 count as failures. */
  token: string;
  seed?: number;
  /** Number of generated requests, in addition to those from the examples of the contract. */
  requests?: number;
  readOnly?: boolean;
  contract?: string;
  /** operationIds to test; all if undefined. */
  operations?: string[] | undefined;
}

/** Thrown for an operationId that the contract does not have. */
export class UnknownOperation extends Error {}

const defaultContract = fileURLToPath(new URL('../openapi.yaml', import.meta.url));
export const defaultSeed = 1;
export const defaultRequests = 1000;
const concurrency = 4;

function toPlanOptions(
  contract: Contract,
  options: Omit<ConformanceOptions, 'url' | 'token'>,
  without: Set<string>,
  run = 'conformance',
): PlanOptions {
  const unknown = options.operations?.find((id) => !contract.operations.some((operation) => operation.id === id));
  if (unknown !== undefined) throw new UnknownOperation(`The contract has no operation ${unknown}`);
  return {
    seed: options.seed ?? defaultSeed,
    requests: options.requests ?? defaultRequests,
    isReadOnly: options.readOnly ?? false,
    operations: options.operations,
    without,
    run,
  };
}

/** Returns the requests of a run without sending them, except those of families, which depend on responses. */
export async function planRequests(options: Omit<ConformanceOptions, 'url' | 'token'>): Promise<Case[]> {
  const contract = await readContract(options.contract ?? defaultContract);
  return planCases(contract, toPlanOptions(contract, options, new Set()));
}

/** Returns the id of the caller's own token, which the kit must not change or delete. */
async function findOwnId(contract: Contract, send: Send): Promise<Set<string>> {
  const own = contract.operations.find(({ id }) => id === 'getCurrentToken');
  if (!own) return new Set();
  const answer = await send({ method: 'GET', path: own.path, headers: { Authorization: goodToken } }).catch(() => undefined);
  const { id } = ((answer && jsonOf(answer)) ?? {}) as { id?: unknown };
  return new Set(typeof id === 'string' ? [id] : []);
}

async function attempt(contract: Contract, send: Send, one: Case, more: (answer: Answer) => Fault[] = () => []): Promise<Outcome> {
  try {
    const answer = await send(one.request, { isLimitAnAnswer: mayBeLimited(one) });
    return { case: one, answer, faults: [...checkAnswer(contract, one, answer), ...more(answer)] };
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    return {
      case: one,
      answer: undefined,
      faults: [{ check: 'an answer', expected: one.expect.statuses.join(' or '), got: message || String(code) }],
    };
  }
}

async function inParallel<Item>(items: Item[], width: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

/** Tests a server against a contract. Throws `Unreachable` if no server responds, and `UnknownOperation`. */
export async function runConformance(options: ConformanceOptions): Promise<Report> {
  const contract = await readContract(options.contract ?? defaultContract);
  toPlanOptions(contract, options, new Set());
  const { send, close } = createSender(options.url, options.token, concurrency);
  const begun = performance.now();
  try {
    await probe(send, options.url);
    const planOptions = toPlanOptions(contract, options, await findOwnId(contract, send), process.hrtime.bigint().toString(36));
    const cases = planCases(contract, planOptions);
    const ofFamilies: Outcome[] = [];
    const families = planOptions.isReadOnly ? [] : familiesOf(contract.operations);
    const isChosen = (ids: string[]) => !options.operations || ids.some((id) => options.operations?.includes(id));
    const tryOne: Try = async (one, more) => {
      const outcome = await attempt(contract, send, one, more);
      ofFamilies.push(outcome);
      return outcome.answer;
    };
    // Families run first, because later requests can change settings that make valid requests fail.
    for (const family of families)
      if (isChosen(Object.values(family).map(({ id }) => id))) await tryFamily(newPlan(contract, planOptions), family, tryOne);
    const outcomes: Outcome[] = new Array(cases.length);
    await inParallel([...cases.entries()], concurrency, async ([index, one]) => {
      outcomes[index] = await attempt(contract, send, one);
    });
    outcomes.push(...ofFamilies);
    if (!planOptions.isReadOnly) outcomes.push(...(await shrink(contract, outcomes, (one) => attempt(contract, send, one))));
    return toReport(outcomes, { url: options.url, token: options.token, seed: planOptions.seed, milliseconds: performance.now() - begun });
  } finally {
    close();
  }
}
