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
/** Calls that are sent in turn, and the one status that all responses must have. */
export interface Case {
  name: string;
  calls: Call[];
  status: number;
}
/** The input of `load-process.ts`. */
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

/** Sends load from the cores that the server does not use. Returns the requests a second. Throws if a response has another status. */
export async function measureRate(url: string, { calls, status }: Case, connections: number, seconds: number): Promise<number> {
  const request: LoadRequest = { url, requests: calls.map(requestOf), connections, seconds };
  const [command, args] = pinnedCommand(coreLists.load, [process.execPath, join(import.meta.dirname, 'load-process.ts')]);
  const running = run(command, args, { maxBuffer: 64 * 1024 ** 2, timeout: (seconds + 60) * 1000, killSignal: 'SIGKILL' });
  running.child.stdin?.end(JSON.stringify(request));
  const { statusCodeStats, errors, resets, requests, duration } = JSON.parse((await running).stdout);
  const isExpected = Object.keys(statusCodeStats).join() === String(status) && errors === 0 && resets === 0;
  if (!isExpected) throw new Error(`${calls[0]?.path}: ${errors} errors, ${resets} resets, statuses ${JSON.stringify(statusCodeStats)}`);
  return requests.total / duration;
}

export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, number) => sum + number, 0) / middle.length;
}
