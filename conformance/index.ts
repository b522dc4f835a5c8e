import { fileURLToPath } from 'node:url';
import { newPlan, type PlanOptions } from './base-request.ts';
import { type Case, mayBeLimited, tokenPlaceholder } from './case.ts';
import { planCases } from './cases.ts';
import { checkResponse, type Fault, jsonOf } from './check-response.ts';
import { type Contract, readContract } from './contract.ts';
import { lifecyclesOf, type SendAndCheck, testLifecycle } from './lifecycles.ts';
import { type Outcome, type Report, toReport } from './report.ts';
import { createSender, probe, type Send, type ServerResponse } from './send.ts';
import { shrink } from './shrink.ts';

export { UnusableContract } from './contract.ts';
export type { Report } from './report.ts';
export { Unreachable } from './send.ts';

export interface ConformanceOptions {
  url: string;
  /** A token of an administrator. With a token of less access, responses with 403 count as failures. */
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

/** Returns the id of the kit's own token, which the kit must not change or delete. Empty if the server does not tell it. */
async function findOwnTokenId(contract: Contract, send: Send): Promise<Set<string>> {
  const currentToken = contract.operations.find(({ id }) => id === 'getCurrentToken');
  if (!currentToken) return new Set();
  const response = await send({ method: 'GET', path: currentToken.path, headers: { Authorization: tokenPlaceholder } }).catch(
    () => undefined,
  );
  const { id } = ((response && jsonOf(response)) ?? {}) as { id?: unknown };
  return new Set(typeof id === 'string' ? [id] : []);
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

/** Runs `work` for each item, with at most `width` at the same time. */
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
  const startedAt = performance.now();
  try {
    await probe(send, options.url);
    const planOptions = toPlanOptions(contract, options, await findOwnTokenId(contract, send), process.hrtime.bigint().toString(36));
    const cases = planCases(contract, planOptions);
    const lifecycleOutcomes: Outcome[] = [];
    const lifecycles = planOptions.isReadOnly ? [] : lifecyclesOf(contract.operations);
    const isChosen = (ids: string[]) => !options.operations || ids.some((id) => options.operations?.includes(id));
    const sendLifecycleStep: SendAndCheck = async (testCase, extraChecks) => {
      const outcome = await sendAndCheck(contract, send, testCase, extraChecks);
      lifecycleOutcomes.push(outcome);
      return outcome.response;
    };
    // Lifecycles run first, because later requests can change settings that make valid requests fail.
    for (const lifecycle of lifecycles)
      if (isChosen(Object.values(lifecycle).map(({ id }) => id)))
        await testLifecycle(newPlan(contract, planOptions), lifecycle, sendLifecycleStep);
    const outcomes: Outcome[] = new Array(cases.length);
    await inParallel([...cases.entries()], concurrency, async ([index, testCase]) => {
      outcomes[index] = await sendAndCheck(contract, send, testCase);
    });
    outcomes.push(...lifecycleOutcomes);
    if (!planOptions.isReadOnly) outcomes.push(...(await shrink(contract, outcomes, (testCase) => sendAndCheck(contract, send, testCase))));
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
