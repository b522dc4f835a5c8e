import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createClient, createConfig } from '../../generated/client/index.ts';
import { contractFetch } from './contract.ts';
import { expectNoSecrets, recordSearch, secretsIn } from './secrets-search.ts';

/** Well-formed, and the administrator's in every database that a test's process makes. */
export const administratorSecret = 'pa_SandboxAdministratorSandboxAdm1v05vn';

export const secretKey = Buffer.alloc(32, 7).toString('base64');

/** Waits until `look` answers something other than undefined or false; fails loudly, with what it was waiting for, after `seconds`. */
export async function until<Found>(what: string, look: () => Promise<Found | undefined | false>, seconds = 60): Promise<Found> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; ) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await wait(5);
  }
  throw new Error(`Waited ${seconds} seconds in vain: ${what}`);
}

export interface ServerProcess {
  url: string;
  output: () => string;
  client: (secret?: string) => ReturnType<typeof createClient>;
  pid: number;
  /** Of the process that builds for it; there soon after it listens. */
  workerPid: () => Promise<number>;
  /** A killed server's worker is killed with it, as when a machine goes down. */
  signal: (name: 'SIGTERM' | 'SIGKILL' | 'SIGINT') => void;
  /** The exit status; null when a signal ended it. */
  ended: Promise<number | null>;
  isRunning: () => boolean;
}

export interface ProcessFailure {
  status: number | null;
  output: string;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs one of our programs with an environment of its own; what it prints is collected. */
export function runProgram(script: string, args: string[], env: Record<string, string>, cwd = process.cwd()) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once('close', (status) => {
      running.delete(child);
      // Lines for people may show a secret once; those of the log never do.
      const log = output.split('\n').filter((line) => line.startsWith('{'));
      try {
        if (log.length > 0) recordSearch('log', output.length);
        expectNoSecrets("a process's log", secretsIn(log.join('\n')));
        resolve(status);
      } catch (error) {
        reject(error);
      }
    }),
  );
  return { child, output: () => output, ended };
}

/** Not of a process that has ended, though nobody has asked for its status yet. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** A server process that is ready to answer. */
export async function startProcess(env: Record<string, string>, script = 'server/main.js'): Promise<ServerProcess> {
  const { child, output, ended } = runProgram(script, [], {
    PORT: '0',
    BOOTSTRAP_TOKEN: administratorSecret,
    RATE_LIMIT_PER_MINUTE: '0',
    FAILED_AUTHENTICATIONS_PER_MINUTE: '0',
    SECRET_KEY: secretKey,
    ...env,
  });
  const url = await until('the process listens', async () => {
    if (child.exitCode !== null) throw new Error(`The process ended with status ${child.exitCode}:\n${output()}`);
    return /"url":"([^"]+)"/.exec(output())?.[1] ?? /ready at (http:\S+?)\. /.exec(output())?.[1];
  });
  const workersIn = () => [...output().matchAll(/"pid":(\d+),.*worker process started/g)].map(([, pid]) => Number(pid));
  return {
    url,
    output,
    pid: child.pid as number,
    workerPid: () => until('worker process started', async () => workersIn().at(-1)),
    client: (secret = administratorSecret) => createClient(createConfig({ baseUrl: url, fetch: contractFetch, auth: () => secret })),
    signal: (name) => {
      const worker = name === 'SIGKILL' ? workersIn().at(-1) : undefined;
      if (worker !== undefined && isProcessAlive(worker)) process.kill(worker, name);
      child.kill(name);
    },
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
  };
}
