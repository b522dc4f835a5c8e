import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Worker } from './worker.ts';

const program = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
const restartMs = 1_000;
const watchMs = 2_000;
const starvedMs = 0.9 * watchMs;
/** A build makes much that is soon forgotten; left alone, the garbage of its youth would take as much memory as all the rest. */
const memoryLimits = ['--max-semi-space-size=8', '--max-old-space-size=1024'];

interface Way {
  /** What runs another command in this way. */
  command: string[];
  /** Whether it gets nothing at all where others want all cores. */
  canStarve?: boolean;
}
const idle: Way = { command: ['chrt', '-i', '0'], canStarve: true };
const nice: Way = { command: ['nice', '-n', '10'] };
const plain: Way = { command: [] };
/**
 * How a process yields to those that answer, the best first. In Linux's idle class it leaves a core as soon as somebody else wants it, as a nice one only
 * after some milliseconds; both hold for all its threads, also those of V8's garbage collection.
 */
const waysToYield = { linux: [idle, nice, plain], win32: [plain] }[process.platform as string] ?? [nice, plain];

/** How long a process has waited for a core so far, where the system says so. */
function waitedMs({ pid }: ChildProcess): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

type End = { reason: 'not started' | 'starved' | 'died'; err?: Error; code?: number | null; signal?: NodeJS.Signals | null };

/** Runs the worker until it ends, because it was to `stop` or for another reason, or is killed because it hardly ever got a core. */
function runWorker(way: Way, config: Config, log: Log, stop: AbortSignal): Promise<End> {
  const [command, ...args] = [...way.command, process.execPath, ...memoryLimits, program];
  const child = spawn(command as string, args, {
    env: { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() },
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let reason: End['reason'] = 'not started';
  child.once('message', () => {
    reason = 'died';
    log.info({ pid: child.pid, way: way.command.join(' ') }, 'the worker process began');
  });
  child.send(config, () => {});

  const end = () => {
    if (child.connected) child.disconnect();
  };
  stop.addEventListener('abort', end);
  let watch: NodeJS.Timeout | undefined;
  return new Promise<End>((resolve) => {
    child.once('error', (err) => resolve({ reason, err }));
    child.once('exit', (code, signal) => resolve({ reason, code, signal }));
    let before = 0;
    watch = setInterval(() => {
      const waited = waitedMs(child);
      if (way.canStarve && waited - before > starvedMs) {
        // Without a core it could not end in order, nor soon.
        child.kill('SIGKILL');
        resolve({ reason: 'starved' });
      }
      before = waited;
    }, watchMs);
  }).finally(() => {
    clearInterval(watch);
    stop.removeEventListener('abort', end);
  });
}

/**
 * The worker in a process of its own, so that a build never holds up a request; one that dies is started again. One that can't be started in a yielding
 * way, or hardly ever gets a core in it, is started in the next: builds come last, but they come.
 */
export function startWorkerProcess(config: Config, log: Log): Worker {
  const stopping = new AbortController();
  const stop = stopping.signal;

  async function keepRunning(): Promise<void> {
    for (const ways = [...waysToYield]; !stop.aborted; ) {
      const { reason, ...how } = await runWorker(ways[0] as Way, config, log, stop);
      if (stop.aborted) return;
      if (reason === 'died' || ways.length === 1) {
        log.error(how, 'the worker process died');
        await wait(restartMs, undefined, { signal: stop }).catch(() => {});
      } else {
        log.info(
          how,
          reason === 'starved' ? 'builds got no core and will yield less' : "a worker process can't be started so that it yields",
        );
        ways.shift();
      }
    }
  }

  const kept = keepRunning();
  return {
    stop: async () => {
      stopping.abort();
      await kept;
    },
  };
}
