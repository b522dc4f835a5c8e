import type { RunningServer } from './start-server.ts';

const exitDeadlineMs = 9_500;
const watchMs = 250;
const startedBy = process.ppid;

/** npm passes a SIGTERM on to the shell that it started us with, which ends without a word to us. */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => {
    if (process.ppid !== startedBy) stop();
  }, watchMs).unref();
}

/**
 * Runs until SIGTERM or SIGINT, or until the npm that started it is stopped; then stops in order and sets the exit status. A failed start is one line,
 * not a stack.
 */
export async function runUntilStopped(begin: () => Promise<RunningServer>, WrongSettings: new (...args: never[]) => Error): Promise<void> {
  let running: RunningServer;
  try {
    running = await begin();
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exitCode = error instanceof WrongSettings ? 2 : 1;
    return;
  }
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), exitDeadlineMs).unref();
    try {
      await running.stop();
      process.exitCode = 0;
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      process.exitCode = 1;
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  stopWithNpm(stop);
}

function startFailure(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  if (code === 'EADDRINUSE') return 'The port is taken by another process; set PORT to another one';
  if (code === 'ECONNREFUSED') return "The database can't be reached; check DATABASE_URL and whether it runs";
  if (code === 'ER_ACCESS_DENIED_ERROR') return 'The database refuses the user or the password in DATABASE_URL';
  return `Gatehouse could not start: ${message || code}`;
}
