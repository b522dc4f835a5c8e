import { ConfigError } from './config.ts';
import { startFailure } from './start-failure.ts';
import type { RunningServer } from './start-server.ts';

const exitDeadlineMs = 9_500;
const parentPollMs = 250;
const initialParentPid = process.ppid;

/** Stops when the npm process that started this one has ended, even if it could not forward the signal that ended it. */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => {
    if (process.ppid !== initialParentPid) stop();
  }, parentPollMs).unref();
}

/**
 * Starts a server and runs it until SIGTERM, SIGINT or the end of the npm process that started it, then stops it and sets the exit status. Returns at
 * once if `startServer` only showed its usage.
 *
 * During the start, a signal ends the process at once, with the status 0: no request was accepted, and every step of a start may be interrupted. A failed start
 * prints one line without a stack trace. The exit status is 2 if the error is a `ConfigError`, otherwise 1.
 */
export async function runUntilStopped(startServer: () => Promise<RunningServer | undefined>): Promise<void> {
  let stop = (): unknown => process.exit(0);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());
  let server: RunningServer | undefined;
  try {
    server = await startServer();
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exitCode = error instanceof ConfigError ? 2 : 1;
    return;
  }
  if (!server) return;
  let isStopping = false;
  stop = async () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), exitDeadlineMs).unref();
    try {
      await server.stop();
      process.exitCode = 0;
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      process.exitCode = 1;
    }
  };
  stopWithNpm(() => stop());
}
