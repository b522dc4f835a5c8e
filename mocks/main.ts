import { parseArgs } from 'node:util';

const help = `Usage: npm run mock -- [OPTIONS]

Responds to all requests of the API with the examples of openapi.yaml. It has no
database and stores nothing. mocks/README.md describes how to choose responses.
Ctrl+C stops it.

Options:

  --port N         the port (default: PORT, or 4010)
  --host ADDRESS   the address to listen on (default: HOST, or 127.0.0.1)
  --help           shows this text

Exit status:

  0   stopped by SIGTERM or SIGINT
  1   could not start
  2   wrong options or settings
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

/** Stops the mock when the npm process that started it has ended, even if npm could not forward the signal that ended it. */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => {
    if (process.ppid !== parentPid) stop();
  }, parentCheckIntervalMs).unref();
}

class WrongSettings extends Error {}

const usage = 'npm run mock -- --help shows all options';

function readArguments() {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string' }, host: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    return values;
  } catch (error) {
    throw new WrongSettings(`${(error as Error).message.split('. ')[0]}; ${usage}`);
  }
}

/** Returns the address of the mock; undefined if the usage is asked for. */
function readSettings(): { port: number; host: string } | undefined {
  const { env } = process;
  const kept = ['port', 'host'].find((name) => env[`npm_config_${name}`] !== undefined);
  if (kept) throw new WrongSettings(`npm has kept --${kept}, because options of the mock stand after --: npm run mock -- --${kept} VALUE`);
  const { port: givenPort, host: givenHost, help: isHelp } = readArguments();
  if (isHelp) return undefined;
  if (givenPort === '' || givenHost === '') throw new WrongSettings(`--port and --host need values; ${usage}`);
  const port = givenPort ?? (env.PORT || '4010');
  if (!/^[0-9]{1,5}$/.test(port) || Number(port) > 65_535)
    throw new WrongSettings(`The port (--port or PORT) must be a whole number from 0 to 65535, not ${port}`);
  return { port: Number(port), host: givenHost ?? (env.HOST || '127.0.0.1') };
}

function startFailure(error: unknown, { port, host }: { port?: number; host?: string }): string {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof WrongSettings) return message;
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is in use by another process; stop it, or choose another port with PORT or -- --port`;
  if (code === 'EACCES' && syscall === 'listen')
    return `This user may not listen on port ${port}, because ports below 1024 need privileges; choose another port with PORT or -- --port`;
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL')
    return `HOST ${host} is not an address of this machine; set it to one, such as 127.0.0.1`;
  return `The mock could not start: ${message || code}`;
}

// A signal during the start ends the mock at once; afterwards it stops the server.
let stop = (): unknown => process.exit(0);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());

let settings: ReturnType<typeof readSettings>;
try {
  settings = readSettings();
  if (!settings) process.stdout.write(help);
  else {
    // Prism takes a second to load, so it is imported only after help and settings.
    const { startMock } = await import('./start.ts');
    const mock = await startMock(settings);
    stop = mock.stop;
    stopWithNpm(() => stop());
    process.stdout.write(firstSteps(mock.url));
  }
} catch (error) {
  process.stderr.write(`${startFailure(error, settings ?? {})}\n`);
  process.exitCode = error instanceof WrongSettings ? 2 : 1;
}
