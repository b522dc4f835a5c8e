import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { placed, places, secret } from './server-process.ts';

const run = promisify(execFile);
const autocannon = createRequire(import.meta.url).resolve('autocannon');

/** What is asked again and again, and the one status that is the right answer. */
export interface Case {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  token?: string;
  status: number;
}
export interface Load {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Loads a server by a process of its own, on the cores that the server does not have. Throws when an answer was not the right one. */
export async function load(
  url: string,
  { method, path, body, token = secret, status }: Case,
  connections: number,
  seconds: number,
): Promise<Load> {
  const headers = { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) };
  const command = [
    ...[process.execPath, autocannon, '--json', '--no-progress', '--connections', String(connections), '--duration', String(seconds)],
    ...['--method', method, ...Object.entries(headers).flatMap(([name, value]) => ['--headers', `${name}=${value}`])],
    ...(body === undefined ? [] : ['--body', JSON.stringify(body)]),
    `${url}${path}`,
  ];
  const { stdout } = await run(...placed(places.load, command), { maxBuffer: 64 * 1024 ** 2 });
  const { statusCodeStats, errors, requests, latency } = JSON.parse(stdout);
  const wrong = Object.keys(statusCodeStats).filter((code) => code !== String(status));
  if (wrong.length > 0 || errors > 0) throw new Error(`${method} ${path}: ${errors} errors, answers ${JSON.stringify(statusCodeStats)}`);
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99 };
}

export const median = (numbers: number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] as number;
