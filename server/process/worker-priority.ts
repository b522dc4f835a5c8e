import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const pollMs = 5_000;
/** A process is starved if it waits for a core for more than this share of the time. With niceness 10, it would get about a tenth of a core. */
const starvedShare = 0.75;

export interface Priority {
  /** The command that runs another command at this priority. */
  command: string[];
  /** True if the process gets almost no CPU time while other processes use all cores. */
  canStarve?: boolean;
}
const idle: Priority = { command: ['chrt', '-i', '0'], canStarve: true };
const nice: Priority = { command: ['nice', '-n', '10'] };
const normal: Priority = { command: [] };

/**
 * The priorities at which the worker can run on this platform, lowest first.
 *
 * A process of Linux's idle class gives up its core as soon as another process needs it; a nice process only after some milliseconds. Both
 * apply to all threads of the process, including those of V8's garbage collection.
 */
export const workerPriorities = { linux: [idle, nice, normal], win32: [normal] }[process.platform as string] ?? [nice, normal];

/** Returns how long the main thread of a process has waited for a core, or 0 if the system does not report it. */
function coreWaitMs({ pid }: ChildProcess): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

/** Lets a process of the idle class run at normal priority. Does nothing if the system does not allow it; Linux asks for a privilege. */
export function leaveIdleClass({ pid }: ChildProcess): void {
  spawn('chrt', ['--all-tasks', '--other', '--pid', '0', String(pid)], { stdio: 'ignore' }).on('error', () => {});
}

/** Calls `onStarved` whenever a process got almost no CPU time in the last interval. Returns a function that stops watching. */
export function watchStarvation(child: ChildProcess, onStarved: () => void): () => void {
  let last = { at: performance.now(), waitedMs: 0 };
  const timer = setInterval(() => {
    const now = { at: performance.now(), waitedMs: coreWaitMs(child) };
    if (now.waitedMs - last.waitedMs > starvedShare * (now.at - last.at)) onStarved();
    last = now;
  }, pollMs);
  return () => clearInterval(timer);
}
