import { fileURLToPath } from 'node:url';
import { newPlan, type PlanOptions } from './base-request.ts';
import { type Case, mayBeLimited } from './case.ts';
import { planCases } from './cases.ts';
import { checkResponse, type Fault } from './check-response.ts';
import { type Contract, readContract } from './contract.ts';
import { lifecyclesOf, type SendAndCheck, testLifecycle } from './lifecycles.ts';
import { createTokenCheck, ownTokenIds } from './own-token.ts';
import { type Outcome, type Report, toReport } from './report.ts';
import { createSender, probe, type Send, type SenderOptions, type ServerResponse } from './send.ts';
import { shrink } from './shrink.ts';

export { UnusableContract } from './contract.ts';
export { RefusedToken } from './own-token.ts';
export type { Report } from './report.ts';
export { Unreachable } from './send.ts';

export interface ConformanceOptions extends SenderOptions {
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
  excludedIds: Set<string>,
  runId = 'conformance',
): PlanOptions {
  const unknown = options.operations?.find((id) => !contract.operations.some((operation) => operation.id === id));
  if (unknown !== undefined) throw new UnknownOperation(`The contract has no operation ${unknown}`);
  return {
    seed: options.seed ?? defaultSeed,
    requests: options.requests ?? defaultRequests,
    isReadOnly: options.readOnly ?? false,
    operations: options.operations,
    excludedIds,
    runId,
  };
}

/** Returns the requests of a run without sending them, except those of lifecycles, which depend on earlier responses. */
export async function planRequests(options: Omit<ConformanceOptions, 'url' | 'token'>): Promise<Case[]> {
  const contract = await readContract(options.contract ?? defaultContract);
  return planCases(contract, toPlanOptions(contract, options, new Set()));
}

async function sendAndCheck(
  contract: Contract,
  send: Send,
  testCase: Case,
  extraChecks: (response: ServerResponse) => Fault[] = () => [],
): Promise<Outcome> {
  try {
    const response = await send(testCase.request, { isLimitExpected: mayBeLimited(testCase) });
    return { case: testCase, response, faults: [...checkResponse(contract, testCase, response), ...extraChecks(response)] };
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    return {
      case: testCase,
      response: undefined,
      faults: [{ check: 'response', expected: testCase.expect.statuses.join(' or '), got: message || String(code) }],
    };
  }
}

/** Runs `work` for each item, with at most `width` at the same time. Begins no further item after one has failed. */
async function inParallel<Item>(items: Item[], width: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items].reverse();
  const worker = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  try {
    await Promise.all(Array.from({ length: width }, worker));
  } finally {
    waiting.length = 0;
  }
}

/** Tells whether a response may mean that the server refuses the token of the run. */
const refusesToken = ({ kind, operation }: Case, response: ServerResponse | undefined): boolean =>
  response?.status === 401 && kind !== 'authentication' && operation?.isSecured === true;

/**
 * Tests a server against a contract. Throws `Unreachable` if no server responds, `RefusedToken` if the server refuses the token at the start or later, and
 * `UnknownOperation`.
 */
export async function runConformance(options: ConformanceOptions): Promise<Report> {
  const contract = await readContract(options.contract ?? defaultContract);
  toPlanOptions(contract, options, new Set());
  const { send, close } = createSender(options, concurrency);
  const checkToken = createTokenCheck(contract, send, options.url);
  const startedAt = performance.now();
  const run = async (testCase: Case, extraChecks?: (response: ServerResponse) => Fault[]): Promise<Outcome> => {
    const outcome = await sendAndCheck(contract, send, testCase, extraChecks);
    if (refusesToken(testCase, outcome.response)) await checkToken();
    return outcome;
  };
  try {
    await probe(send, options.url);
    const ownIds = ownTokenIds(contract, await checkToken());
    const planOptions = toPlanOptions(contract, options, ownIds, process.hrtime.bigint().toString(36));
    const cases = planCases(contract, planOptions);
    const lifecycleOutcomes: Outcome[] = [];
    const lifecycles = planOptions.isReadOnly ? [] : lifecyclesOf(contract.operations);
    const isChosen = (ids: string[]) => !options.operations || ids.some((id) => options.operations?.includes(id));
    const sendLifecycleStep: SendAndCheck = async (testCase, extraChecks) => {
      const outcome = await run(testCase, extraChecks);
      lifecycleOutcomes.push(outcome);
      return outcome.response;
    };
    // Lifecycles run first, because later requests can change settings that make valid requests fail.
    for (const lifecycle of lifecycles)
      if (isChosen(Object.values(lifecycle).map(({ id }) => id)))
        await testLifecycle(newPlan(contract, planOptions), lifecycle, sendLifecycleStep);
    const outcomes: Outcome[] = new Array(cases.length);
    await inParallel([...cases.entries()], concurrency, async ([index, testCase]) => {
      outcomes[index] = await run(testCase);
    });
    outcomes.push(...lifecycleOutcomes);
    if (!planOptions.isReadOnly) outcomes.push(...(await shrink(contract, outcomes, (testCase) => run(testCase))));
    return toReport(outcomes, {
      url: options.url,
      token: options.token,
      seed: planOptions.seed,
      milliseconds: performance.now() - startedAt,
    });
  } finally {
    close();
  }
}
