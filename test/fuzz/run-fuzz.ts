import http from 'node:http';
import { readContract } from '../../conformance/contract.ts';
import { secrets } from '../../server/sandbox/seed-tokens.ts';
import { seededRandom, seedOf } from '../support/seeded-random.ts';
import { createCheck, describeRequest } from './check-fuzzed.ts';
import { createFuzzRequests, type FuzzRequest } from './fuzz-requests.ts';
import { startFuzzedProcess } from './fuzzed-process.ts';
import type { Random } from './hostile-values.ts';
import { createKnownIds } from './known-ids.ts';
import { limitedTokenRequest } from './limited-token.ts';
import { rawRequest, rawStatuses, sendRaw } from './raw-requests.ts';
import { sendRequest } from './send-request.ts';

interface FuzzOptions {
  databaseUrl: string;
  /** Folder for the files of the server. */
  folder: string;
  seed: number;
  requests: number;
  onProgress?: (sent: number) => void;
}

export interface FuzzReport {
  requests: number;
  seconds: number;
  byStatus: Map<number, number>;
  /** The operations that had a response with a 2xx. */
  successfulOperations: Set<string>;
  /** Violations of the contract, requests without a response, and errors that the server logged; the first ones only. */
  failures: string[];
  /** The most CPU time, in milliseconds, that the server used without letting other calls run. */
  longestStall: number;
  /** Bytes of JavaScript heap and buffers after garbage collection: after the warm-up, and at the end. */
  memory: { before: number; after: number };
  resident: { before: number; after: number };
}

export const stallMsMax = 500;
export const memoryGrowthMax = 1.2;
export const successShareMin = 0.05;
/** Operations that must have succeeded; fewer in a short run. */
export const operationsMinOf = (requests: number): number => (requests < 20_000 ? 40 : 60);
export const concurrency = 16;
const failuresMax = 30;
/** One request in this many is sent as raw bytes. */
const rawEvery = 40;
/** After this many requests, all validators are compiled and all caches are full, so that memory can be compared. */
const warmUpRequests = 2_000;
/** Requests that end before the ids in their responses are used, so that the ids do not depend on which response arrives first. */
const batchRequests = 200;

const sumOf = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + count, 0);
export const successShareOf = ({ byStatus }: Pick<FuzzReport, 'byStatus'>): number =>
  sumOf([...byStatus].filter(([status]) => status < 300).map(([, count]) => count)) / sumOf(byStatus.values());

/** Returns how a report misses the targets that a whole run has. */
export function targetsMissedBy(report: FuzzReport): string[] {
  const { longestStall, memory, successfulOperations } = report;
  const targets: [isMissed: boolean, target: string][] = [
    [longestStall > stallMsMax, 'stall'],
    [memory.after > memory.before * memoryGrowthMax, 'memory'],
    [successShareOf(report) < successShareMin, 'share of successes'],
    [successfulOperations.size < operationsMinOf(report.requests), 'successful operations'],
  ];
  return targets.filter(([isMissed]) => isMissed).map(([, target]) => target);
}

/** Attacks a server on this database with requests from the contract, and checks every response and the state of the process. */
export async function runFuzz({ databaseUrl, folder, seed, requests, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const contract = await readContract('openapi.yaml');
  const server = await startFuzzedProcess(databaseUrl, folder);
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  const send = (request: FuzzRequest) => sendRequest(agent, server.url, request);
  const getOwnToken: FuzzRequest = {
    method: 'GET',
    path: '/api/tokens/current',
    headers: { Authorization: `Bearer ${secrets.administrator}` },
    body: undefined,
  };
  const check = await createCheck(contract);
  const own = JSON.parse((await send(getOwnToken))?.text ?? '');
  const limited = JSON.parse((await send(await limitedTokenRequest(secrets.administrator)))?.text ?? '');
  if (limited.secret === undefined) throw new Error(`the token with limited permissions was refused: ${JSON.stringify(limited)}`);
  const known = createKnownIds(
    contract.operations.map(({ id }) => id),
    [own.id, limited.id],
  );
  const others = [secrets.write, secrets.read, secrets.expired, secrets.accessKey];
  const makeRequest = createFuzzRequests(contract, seed, { caller: secrets.administrator, limited: limited.secret, others });
  const byStatus = new Map<number, number>();
  const successfulOperations = new Set<string>();
  const failures: string[] = [];
  const fail = (failure: string) => failures.length < failuresMax && failures.push(failure);
  const count = (status: number) => byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
  /** The successful responses of the batch, by the number of the request. */
  const learned = new Map<number, [operationId: string, text: string]>();

  async function sendRawBytes(index: number, random: Random): Promise<void> {
    const bytes = rawRequest(random);
    const text = () => JSON.stringify(bytes.toString().slice(0, 500));
    try {
      const statuses = rawStatuses(await sendRaw(Number(server.url.port), bytes));
      for (const status of statuses) count(status);
      if (statuses.some((status) => status >= 500)) fail(`request ${index}: status ${Math.max(...statuses)} for ${text()}`);
    } catch (error) {
      fail(`request ${index}: ${(error as Error).message}, after ${text()}`);
    }
  }

  async function sendFuzzed(index: number, random: Random): Promise<void> {
    const request = makeRequest(random, known.forRequest(index));
    try {
      const response = await send(request);
      if (!response) return;
      count(response.status);
      const { operationId, faults } = check(request, response);
      for (const fault of faults) fail(`request ${index}: ${fault}`);
      if (response.status >= 300 || operationId === undefined) return;
      successfulOperations.add(operationId);
      learned.set(index, [operationId, response.text]);
    } catch (error) {
      fail(`request ${index}: ${(error as Error).message}, for ${describeRequest(request)}`);
    }
  }

  async function sendMany(first: number, amount: number): Promise<void> {
    const end = first + amount;
    for (let batch = first; batch < end; batch += batchRequests) {
      let next = batch;
      const work = async () => {
        while (next < Math.min(batch + batchRequests, end)) {
          const index = next++;
          const random = seededRandom(seedOf(seed, index));
          await (random(rawEvery) === 0 ? sendRawBytes(index, random) : sendFuzzed(index, random));
        }
      };
      await Promise.all(Array.from({ length: concurrency }, work));
      for (const [, [operationId, text]] of [...learned].sort(([one], [other]) => one - other)) known.learn(operationId, text);
      learned.clear();
      onProgress?.(next - first);
    }
  }

  await sendMany(0, warmUpRequests);
  const before = await server.state();
  const startedAt = performance.now();
  await sendMany(warmUpRequests, requests);
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await server.state();
  const last = await send(getOwnToken);
  if (last?.status !== 200) fail(`the token of the suite was refused at the end: ${last?.status} ${last?.text}`);
  agent.destroy();
  const logged = await server.stop();
  for (const line of logged.split('\n').filter((line) => line.includes('"level":"error"')))
    fail(`the server logged ${line.slice(0, 1000)}`);
  return {
    requests: requests + warmUpRequests,
    seconds,
    byStatus,
    successfulOperations,
    failures,
    longestStall: Math.max(before.longestStall, after.longestStall),
    memory: { before: before.memory, after: after.memory },
    resident: { before: before.resident, after: after.resident },
  };
}
