import type { RunningServer } from './start-server.ts';

const exitDeadlineMs = 9_500;
const parentPollMs = 250;
const initialParentPid = process.ppid;

/** Stops when npm is stopped: npm sends SIGTERM to its shell, and the shell ends without forwarding the signal. */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => {
    if (process.ppid !== initialParentPid) stop();
  }, parentPollMs).unref();
}

/**
 * Starts a server and runs it until SIGTERM, SIGINT or the end of the npm process that started it, then stops it and sets the exit status.
 *
 * A failed start prints one line without a stack trace. The exit status is 2 if the error is an `InvalidSettings`, otherwise 1.
 */
export async function runUntilStopped(
  startServer: () => Promise<RunningServer>,
  InvalidSettings: new (...args: never[]) => Error,
): Promise<void> {
  let server: RunningServer;
  try {
    server = await startServer();
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exitCode = error instanceof InvalidSettings ? 2 : 1;
    return;
  }
  let isStopping = false;
  const stop = async () => {
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
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  stopWithNpm(stop);
}

function startFailure(error: unknown): string {
  const { code = '', message, hostname } = error as { code?: string; message: string; hostname?: string };
  if (code === 'EADDRINUSE') return 'The port is taken by another process; set PORT to another one';
  if (code === 'EADDRNOTAVAIL') return 'HOST is not an address of this machine; set it to one, such as 127.0.0.1';
  if (code === 'ENOTFOUND') return `The host ${hostname} does not exist; check HOST and DATABASE_URL`;
  if (code.startsWith('SQLITE_CANTOPEN')) return 'Cannot open the database file; check its path in DATABASE_URL and its permissions';
  if (code === 'SQLITE_NOTADB') return 'The file in DATABASE_URL is not a database; name another file';
  if (code === 'ECONNREFUSED') return 'Cannot connect to the database; check DATABASE_URL and whether the database server runs';
  if (code === 'ER_ACCESS_DENIED_ERROR') return 'The database rejects the user or the password in DATABASE_URL';
  return `Gatehouse could not start: ${message || code}`;
}
