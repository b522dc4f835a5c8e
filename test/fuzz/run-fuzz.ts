import http from 'node:http';
import { readContract } from '../../conformance/contract.ts';
import { secrets } from '../../server/sandbox/seed-tokens.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { createCheck, describeRequest } from './check-fuzzed.ts';
import { createFuzzRequests, type FuzzRequest } from './fuzz-requests.ts';
import { startFuzzedProcess } from './fuzzed-process.ts';
import { createKnownIds } from './known-ids.ts';
import { rawRequest, rawStatuses, sendRaw } from './raw-requests.ts';
import { sendRequest } from './send-request.ts';

export interface FuzzOptions {
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
const concurrency = 16;
const failuresMax = 30;
/** One request in this many is sent as raw bytes. */
const rawEvery = 40;
/** After this many requests, all validators are compiled and all caches are full, so that memory can be compared. */
const warmUpRequests = 2_000;

/** Attacks a server on this database with requests from the contract, and checks every response and the state of the process. */
export async function runFuzz({ databaseUrl, folder, seed, requests, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const contract = await readContract('openapi.yaml');
  const random = seededRandom(seed);
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
  const known = createKnownIds(random, JSON.parse((await send(getOwnToken))?.text ?? '').id);
  const others = [secrets.write, secrets.read, secrets.expired, secrets.accessKey];
  const next = createFuzzRequests(contract, random, seed, { caller: secrets.administrator, others }, known.ids);
  const byStatus = new Map<number, number>();
  const failures: string[] = [];
  const fail = (failure: string) => failures.length < failuresMax && failures.push(failure);
  const count = (status: number) => byStatus.set(status, (byStatus.get(status) ?? 0) + 1);

  async function sendNextRaw(): Promise<void> {
    const bytes = rawRequest(random);
    try {
      const statuses = rawStatuses(await sendRaw(Number(server.url.port), bytes));
      for (const status of statuses) count(status);
      if (statuses.some((status) => status >= 500))
        fail(`status ${Math.max(...statuses)} for ${JSON.stringify(bytes.toString().slice(0, 500))}`);
    } catch (error) {
      fail(`${(error as Error).message}, after ${JSON.stringify(bytes.toString().slice(0, 500))}`);
    }
  }

  async function sendNext(): Promise<void> {
    const request = next();
    try {
      const response = await send(request);
      if (!response) return;
      count(response.status);
      if (response.status < 300) known.learn(response.text);
      for (const fault of check(request, response)) fail(fault);
    } catch (error) {
      fail(`${(error as Error).message}, for ${describeRequest(request)}`);
    }
  }

  async function sendMany(amount: number): Promise<void> {
    let left = amount;
    const work = async () => {
      while (left > 0) {
        left -= 1;
        if (left % 1000 === 0) onProgress?.(amount - left);
        await (random(rawEvery) === 0 ? sendNextRaw() : sendNext());
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
  }

  await sendMany(warmUpRequests);
  const before = await server.state();
  const startedAt = performance.now();
  await sendMany(requests);
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await server.state();
  const own = await send(getOwnToken);
  if (own?.status !== 200) fail(`the token of the suite was refused at the end: ${own?.status} ${own?.text}`);
  agent.destroy();
  const logged = await server.stop();
  for (const line of logged.split('\n').filter((line) => line.includes('"level":"error"')))
    fail(`the server logged ${line.slice(0, 1000)}`);
  return {
    requests: requests + warmUpRequests,
    seconds,
    byStatus,
    failures,
    longestStall: Math.max(before.longestStall, after.longestStall),
    memory: { before: before.memory, after: after.memory },
    resident: { before: before.resident, after: after.resident },
  };
}
