import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Log } from '../common/process-log.ts';
import type { Config } from './config.ts';
import type { Worker } from './worker.ts';

const program = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
const restartMs = 1_000;
const watchMs = 5_000;
/** Waiting for a core for more than this of the time. As a nice process it would get about a tenth of one. */
const starvedShare = 0.75;
/** A build makes much that is soon forgotten; left alone, the garbage of its youth would take as much memory as all the rest. */
const memoryLimits = ['--max-semi-space-size=8', '--max-old-space-size=1024'];

interface Way {
  /** What runs another command in this way. */
  command: string[];
  /** Whether it gets hardly anything where others want all cores. */
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

/** How long the main thread of a process has waited for a core so far, where the system says so. */
function waitedMs({ pid }: ChildProcess): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

/** Calls `starved` once a process hardly ever gets a core; answers what ends the watch. */
function watchStarving(child: ChildProcess, starved: () => void): () => void {
  let last = { at: performance.now(), waited: 0 };
  const watch = setInterval(() => {
    const now = { at: performance.now(), waited: waitedMs(child) };
    if (now.waited - last.waited > starvedShare * (now.at - last.at)) starved();
    last = now;
  }, watchMs);
  return () => clearInterval(watch);
}

function spawnWorker(way: Way): ChildProcess {
  const options = process.execArgv.filter((option) => !option.startsWith('--inspect'));
  const [command, ...args] = [...way.command, process.execPath, ...options, ...memoryLimits, program];
  const cache = getCompileCacheDir();
  return spawn(command as string, args, {
    // Node.js adds a folder for its version to what it is given.
    env: { ...process.env, ...(cache && { NODE_COMPILE_CACHE: dirname(cache) }) },
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    windowsHide: true,
  });
}

interface End {
  reason: 'died' | 'starved';
  wasReady: boolean;
  how: { err?: unknown; code?: number | null; signal?: NodeJS.Signals | null };
  /** Resolves when nothing is left of the process. */
  gone: Promise<unknown>;
}

/** Runs the worker until it ends, because it was to `stop` or for another reason, or is killed because it hardly ever got a core. */
function runWorker(way: Way, config: Config, log: Log, stop: AbortSignal): Promise<End> {
  return new Promise((resolve) => {
    let wasReady = false;
    const child = spawnWorker(way);
    const gone = new Promise<void>((left) => {
      const ended = (how: End['how']) => {
        left();
        end({ reason: 'died', wasReady, how, gone });
      };
      child.on('error', (err) => ended({ err }));
      child.on('exit', (code, signal) => ended({ code, signal }));
    });
    child.once('message', () => {
      wasReady = true;
      log.info({ pid: child.pid, way: way.command.join(' ') }, 'the worker process began');
    });
    // Where there were not even files left for a channel, the error is on its way.
    if (child.connected) child.send(config, () => {});

    const starved = () => {
      // Without a core it could not end in order, nor soon.
      child.kill('SIGKILL');
      end({ reason: 'starved', wasReady, how: {}, gone });
    };
    const unwatch = way.canStarve ? watchStarving(child, starved) : () => {};
    const disconnect = () => {
      unwatch();
      if (child.connected) child.disconnect();
    };
    stop.addEventListener('abort', disconnect);
    function end(result: End): void {
      unwatch();
      stop.removeEventListener('abort', disconnect);
      resolve(result);
    }
  });
}

/**
 * The worker in a process of its own, so that a build never holds up a request; one that dies is started again. Where it can't be started in a yielding
 * way, or hardly ever gets a core in it, it is started in the next: builds come last, but they come.
 */
export function startWorkerProcess(config: Config, log: Log): Worker {
  const stopping = new AbortController();
  const stop = stopping.signal;
  const leaving: Promise<unknown>[] = [];

  async function keepRunning(): Promise<void> {
    let wasEverReady = false;
    for (const ways = [...waysToYield]; !stop.aborted; ) {
      const way = ways[0] as Way;
      // What can't even be spawned, for want of memory or of files, may be later.
      const failed = (err: unknown): End => ({ reason: 'died', wasReady: false, how: { err }, gone: Promise.resolve() });
      const { reason, wasReady, how, gone } = await runWorker(way, config, log, stop).catch(failed);
      if (stop.aborted) return void (await gone);
      wasEverReady ||= wasReady;
      if (reason === 'starved') {
        log.warn('builds hardly get a core and will yield less');
        leaving.push(gone);
        ways.shift();
        continue;
      }
      log.error({ ...how, way: way.command.join(' ') }, 'the worker process died');
      if (!wasEverReady && ways.length > 1) ways.shift();
      await wait(restartMs, undefined, { signal: stop }).catch(() => {});
    }
  }

  const kept = keepRunning();
  return {
    stop: async () => {
      stopping.abort();
      await kept;
      await Promise.all(leaving);
    },
  };
}
