const help = `Usage: npm run mock

Answers the whole API with the examples of openapi.yaml, without a database and without keeping anything. PORT (4010) and HOST (127.0.0.1) are read
from the environment. mocks/README.md says what can be asked for. Ctrl+C stops it.

Exit status: 0 stopped by SIGTERM or SIGINT, 1 could not start, 2 wrong settings.
`;

const firstSteps = (url: string) => `
The Gatehouse mock is ready at ${url}. Any token will do:

  curl -s ${url}/api/applications -H "Authorization: Bearer any"
  curl -s ${url}/api/applications -H "Authorization: Bearer any" -H "Prefer: code=429"
  curl -s ${url}/__mock/requests

mocks/README.md has every status and example there is; Ctrl+C stops the mock.

`;

const watchMs = 250;
const startedBy = process.ppid;

/** npm passes a SIGTERM on to the shell that it started us with, which ends without a word to us. */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => {
    if (process.ppid !== startedBy) stop();
  }, watchMs).unref();
}

class WrongSettings extends Error {}

function readSettings(): { port: number; host: string } {
  const [surplus] = process.argv.slice(2);
  if (surplus !== undefined) throw new WrongSettings(`There is no argument ${surplus}; --help says what there is`);
  const port = process.env.PORT || '4010';
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65_535)
    throw new WrongSettings(`PORT must be a whole number from 0 to 65535, not ${port}`);
  return { port: Number(port), host: process.env.HOST || '127.0.0.1' };
}

function startFailure(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  if (code === 'EADDRINUSE') return 'The port is taken by another process; set PORT to another one';
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL')
    return 'HOST is no address of this machine; set it to one that is, such as 127.0.0.1';
  return error instanceof WrongSettings ? message : `The mock could not start: ${message || code}`;
}

if (process.argv.includes('--help')) {
  process.stdout.write(help);
} else {
  try {
    const settings = readSettings();
    // Prism takes a second to load, which help and wrong settings need not wait for.
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
