import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient, createConfig } from '../../generated/client/index.ts';
import { contractFetch } from './contract.ts';
import { expectNoSecrets, recordSearch, secretsIn } from './secrets-search.ts';

/** The administrator's secret in every database that a process of a test creates. It is well-formed. */
export const administratorSecret = 'pa_SandboxAdministratorSandboxAdm1v05vn';

export const secretKey = Buffer.alloc(32, 7).toString('base64');

/** Calls `look` until it returns something other than undefined or false, and returns that. After `seconds`, throws an error that names `what`. */
export async function until<Found>(what: string, look: () => Promise<Found | undefined | false>, seconds = 60): Promise<Found> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; ) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await wait(5);
  }
  throw new Error(`Timed out after ${seconds} seconds, waiting for: ${what}`);
}

export interface ServerProcess {
  url: string;
  /** Everything that the process has printed. */
  output: () => string;
  client: (secret?: string) => ReturnType<typeof createClient>;
  pid: number;
  /** The id of the worker process. It starts shortly after the server listens. */
  workerPid: () => Promise<number>;
  /** Sends a signal to the server. SIGKILL also kills the worker, as when a machine fails. */
  signal: (name: 'SIGTERM' | 'SIGKILL' | 'SIGINT') => void;
  /** Resolves with the exit status; null if a signal ended the process. */
  ended: Promise<number | null>;
  isRunning: () => boolean;
}

const runningChildren = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of runningChildren) child.kill('SIGKILL');
});

/**
 * Runs a program of this repository with only the environment variables given. Collects its output.
 *
 * `ended` resolves with the exit status, and rejects if the program's log contains a secret.
 */
export function runProgram(script: string, args: string[], env: Record<string, string>, cwd = process.cwd()) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  runningChildren.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once('close', (status) => {
      runningChildren.delete(child);
      // Lines for people may show a secret once. Lines of the log, which are JSON, must never contain one.
      const logLines = output.split('\n').filter((line) => line.startsWith('{'));
      try {
        if (logLines.length > 0) recordSearch('log', output.length);
        expectNoSecrets("a process's log", secretsIn(logLines.join('\n')));
        resolve(status);
      } catch (error) {
        reject(error);
      }
    }),
  );
  return { child, output: () => output, ended };
}

/** Returns whether a process runs. Returns false for a zombie: a process that has ended but whose status was not read yet. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Starts a server process and waits until it listens. The defaults: a free port, no rate limits, and `administratorSecret` as first token. */
export async function startProcess(env: Record<string, string>, script = 'server/main.js', args: string[] = []): Promise<ServerProcess> {
  const { child, output, ended } = runProgram(script, args, {
    PORT: '0',
    BOOTSTRAP_TOKEN: administratorSecret,
    RATE_LIMIT_PER_MINUTE: '0',
    FAILED_AUTHENTICATIONS_PER_MINUTE: '0',
    SECRET_KEY: secretKey,
    ...env,
  });
  const url = await until('the server listens', async () => {
    if (child.exitCode !== null) throw new Error(`The process ended with status ${child.exitCode}:\n${output()}`);
    return /"url":"([^"]+)"/.exec(output())?.[1] ?? /(http:\/\/[\d.]+:\d+)(?=[^\d])/.exec(output())?.[1];
  });
  const workerPids = () => [...output().matchAll(/"pid":(\d+),.*worker process started/g)].map(([, pid]) => Number(pid));
  return {
    url,
    output,
    pid: child.pid as number,
    workerPid: () => until('the worker process starts', async () => workerPids().at(-1)),
    client: (secret = administratorSecret) => createClient(createConfig({ baseUrl: url, fetch: contractFetch, auth: () => secret })),
    signal: (name) => {
      const worker = name === 'SIGKILL' ? workerPids().at(-1) : undefined;
      if (worker !== undefined && isProcessAlive(worker)) process.kill(worker, name);
      child.kill(name);
    },
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
  };
}
