const help = `Usage: npm run mock

Responds to all requests of the API with the examples of openapi.yaml. It has no database and stores nothing. The environment variables
PORT (4010) and HOST (127.0.0.1) set its address. mocks/README.md describes how to choose responses. Ctrl+C stops it.

Exit status: 0 stopped by SIGTERM or SIGINT, 1 could not start, 2 wrong settings.
`;

const firstSteps = (url: string) => `
The Gatehouse mock is ready at ${url}. It accepts any token:

  curl -s ${url}/api/applications -H "Authorization: Bearer any"
  curl -s ${url}/api/applications -H "Authorization: Bearer any" -H "Prefer: code=429"
  curl -s ${url}/__mock/requests

mocks/README.md lists all statuses and examples. Ctrl+C stops the mock.

`;

const parentCheckIntervalMs = 250;
const parentPid = process.ppid;

/** Stops the mock when npm ends. npm sends SIGTERM only to its shell, which does not forward it. */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => {
    if (process.ppid !== parentPid) stop();
  }, parentCheckIntervalMs).unref();
}

class WrongSettings extends Error {}

function readSettings(): { port: number; host: string } {
  const [argument] = process.argv.slice(2);
  if (argument !== undefined) throw new WrongSettings(`Unknown argument ${argument}; --help shows the usage`);
  const port = process.env.PORT || '4010';
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65_535)
    throw new WrongSettings(`PORT must be a whole number from 0 to 65535, not ${port}`);
  return { port: Number(port), host: process.env.HOST || '127.0.0.1' };
}

function startFailure(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  if (code === 'EADDRINUSE') return 'Another process uses the port; set PORT to another one';
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') return 'HOST is not an address of this machine; set it to one, such as 127.0.0.1';
  return error instanceof WrongSettings ? message : `The mock could not start: ${message || code}`;
}

if (process.argv.includes('--help')) {
  process.stdout.write(help);
} else {
  try {
    const settings = readSettings();
    // Prism takes a second to load, so it is imported only after help and settings.
    const { startMock } = await import('./start.ts');
    const mock = await startMock(settings);
    const stop = () => void mock.stop();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
    stopWithNpm(stop);
    process.stdout.write(firstSteps(mock.url));
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exitCode = error instanceof WrongSettings ? 2 : 1;
  }
}

export {};
