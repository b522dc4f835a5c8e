import { type ChildProcess, spawn } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Log } from '../common/process-log.ts';
import type { Config } from './config.ts';
import type { Worker } from './worker.ts';
import { leaveIdleClass, type Priority, watchStarvation, workerPriorities } from './worker-priority.ts';

const program = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
const restartDelayMs = 1_000;
/** The first option caps the young generation: a build allocates many short-lived objects, and without the cap their garbage would double the memory. */
const memoryLimits = ['--max-semi-space-size=8', '--max-old-space-size=1024'];

function spawnWorker({ command }: Priority): ChildProcess {
  const nodeOptions = process.execArgv.filter((option) => !option.startsWith('--inspect'));
  const [executable, ...args] = [...command, process.execPath, ...nodeOptions, ...memoryLimits, program];
  const cache = getCompileCacheDir();
  return spawn(executable as string, args, {
    // Node.js appends a folder for its version to NODE_COMPILE_CACHE, so the worker gets the parent folder.
    env: { ...process.env, ...(cache && { NODE_COMPILE_CACHE: dirname(cache) }) },
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    windowsHide: true,
  });
}

interface WorkerEnd {
  reason: 'exited' | 'starved';
  wasReady: boolean;
  /** Exit code, signal or spawn error, for the log. */
  details: { err?: unknown; code?: number | null; signal?: NodeJS.Signals | null };
  /** Resolves when the process has ended. */
  exited: Promise<unknown>;
}

/** Runs one worker process until it exits, or until it is killed because it got almost no CPU time. Aborting `stop` asks it to exit. */
function runWorker(priority: Priority, config: Config, log: Log, stop: AbortSignal): Promise<WorkerEnd> {
  return new Promise((resolve) => {
    let wasReady = false;
    const child = spawnWorker(priority);
    const exited = new Promise<void>((resolveExited) => {
      const onExit = (details: WorkerEnd['details']) => {
        resolveExited();
        end({ reason: 'exited', wasReady, details, exited });
      };
      child.on('error', (err) => onExit({ err }));
      child.on('exit', (code, signal) => onExit({ code, signal }));
    });
    child.once('message', () => {
      wasReady = true;
      log.info({ pid: child.pid, priority: priority.command.join(' ') }, 'worker process started');
    });
    // If the channel could not be opened, because the process has no file descriptors left, an 'error' event follows.
    if (child.connected) child.send(config, () => {});

    const killStarved = () => {
      // Without CPU time, the process could not stop cleanly within a reasonable time.
      child.kill('SIGKILL');
      end({ reason: 'starved', wasReady, details: {}, exited });
    };
    const stopWatching = priority.canStarve ? watchStarvation(child, killStarved) : () => {};
    const disconnect = () => {
      stopWatching();
      // A stop has a deadline, which a worker without CPU time would miss.
      if (priority.canStarve) leaveIdleClass(child);
      if (child.connected) child.disconnect();
    };
    stop.addEventListener('abort', disconnect);
    function end(result: WorkerEnd): void {
      stopWatching();
      stop.removeEventListener('abort', disconnect);
      resolve(result);
    }
  });
}

/**
 * Runs the worker in a process of its own, so that a build never delays a request. Restarts the process when it exits.
 *
 * The worker starts at the lowest priority. If it cannot start there, or gets almost no CPU time, it runs at the next higher one: builds yield
 * to requests, but every build finishes.
 */
export function startWorkerProcess(config: Config, log: Log): Worker {
  const stopping = new AbortController();
  const stop = stopping.signal;
  const killedWorkers: Promise<unknown>[] = [];

  async function keepRunning(): Promise<void> {
    let wasEverReady = false;
    for (const priorities = [...workerPriorities]; !stop.aborted; ) {
      const priority = priorities[0] as Priority;
      // A failed spawn, for lack of memory or file descriptors, may succeed later.
      const notSpawned = (err: unknown): WorkerEnd => ({ reason: 'exited', wasReady: false, details: { err }, exited: Promise.resolve() });
      const { reason, wasReady, details, exited } = await runWorker(priority, config, log, stop).catch(notSpawned);
      if (stop.aborted) return void (await exited);
      wasEverReady ||= wasReady;
      if (reason === 'starved') {
        log.warn('the worker process gets almost no CPU time; restarting it at a higher priority');
        killedWorkers.push(exited);
        priorities.shift();
        continue;
      }
      log.error({ ...details, priority: priority.command.join(' ') }, 'worker process ended unexpectedly; restarting it');
      if (!wasEverReady && priorities.length > 1) priorities.shift();
      await wait(restartDelayMs, undefined, { signal: stop }).catch(() => {});
    }
  }

  const supervision = keepRunning();
  return {
    stop: async () => {
      stopping.abort();
      await supervision;
      await Promise.all(killedWorkers);
    },
  };
}
