import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { coreLists, pinnedCommand } from './server-process.ts';

const run = promisify(execFile);

export interface Call {
  method: 'GET' | 'POST';
  path: string;
  token: string;
  body?: unknown;
}
/** What is asked again and again, each time by another token and about another thing, and the one status that is the right answer. */
export interface Case {
  name: string;
  calls: Call[];
  status: number;
}
export interface LoadRequest {
  url: string;
  requests: { method: string; path: string; headers: Record<string, string>; body?: string }[];
  connections: number;
  seconds: number;
}
export const requestOf = ({ method, path, token, body }: Call) => ({
  method,
  path,
  headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
  ...(body !== undefined && { body: JSON.stringify(body) }),
});

/** Loads a server, on the cores that the server does not have, and answers how many requests a second it took. Throws when an answer was not the right one. */
export async function measureRate(url: string, { calls, status }: Case, connections: number, seconds: number): Promise<number> {
  const order: LoadRequest = { url, requests: calls.map(requestOf), connections, seconds };
  const [command, args] = pinnedCommand(coreLists.load, [process.execPath, join(import.meta.dirname, 'load-process.ts')]);
  const running = run(command, args, { maxBuffer: 64 * 1024 ** 2, timeout: (seconds + 60) * 1000, killSignal: 'SIGKILL' });
  running.child.stdin?.end(JSON.stringify(order));
  const { statusCodeStats, errors, resets, requests, duration } = JSON.parse((await running).stdout);
  const isRight = Object.keys(statusCodeStats).join() === String(status) && errors === 0 && resets === 0;
  if (!isRight) throw new Error(`${calls[0]?.path}: ${errors} errors, ${resets} resets, answers ${JSON.stringify(statusCodeStats)}`);
  return requests.total / duration;
}

export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, number) => sum + number, 0) / middle.length;
}
