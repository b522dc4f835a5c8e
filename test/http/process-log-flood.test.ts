import { expect, it } from 'vitest';
import { createUnknownLines } from '../../server/http/unknown-lines.ts';
import { startServer } from '../../server/process/start-server.ts';
import { givenTenant } from '../support/given.ts';
import { logRowOf, sendRequest } from '../support/given-logs.ts';
import { openSocket } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer({ unknownCallsPerAddressPerMinute: 3, unknownCallsPerMinute: 5, trustedProxies: 1 });
const lines = (): Record<string, unknown>[] =>
  server
    .logged()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
/** Begins a minute without calls. */
const nextWindow = () => {
  server.clock.now = new Date(server.clock.now.getTime() + 120_000);
};
const report = 'more requests of unknown callers, without a line of their own';

const longPath = `/nothing/${'x'.repeat(12_000)}`;
const unlogged: [name: string, path: string, method?: string, headers?: Record<string, string>][] = [
  ['a path that does not exist', longPath],
  ['a path with secrets', `/nothing/${'pin=1&'.repeat(2_000)}`],
  ['a path that cannot be decoded', '/api/%zz'],
  ['a health check', '/healthz'],
  ['a document', '/openapi.json'],
  ['a guide', '/docs/guides'],
  ['a preflight', '/api/applications', 'OPTIONS', { 'Access-Control-Request-Method': 'GET', Origin: 'https://example.com' }],
];

it.each(unlogged)(
  '%s: unknown callers cannot fill the process log, and the calls without a line are counted',
  async (_name, path, method = 'GET', more = {}) => {
    nextWindow();
    const before = lines().length;
    const running = await startServer({ ...server.config, port: 0 }, server.log, async () => {}, {
      clock: () => server.clock.now,
      withWorker: false,
    });
    const send = (address: string) =>
      fetch(running.url + path, { method, headers: { ...more, 'X-Forwarded-For': address } }).then((it) => it.text());
    for (let sent = 0; sent < 10; sent++) await send('192.0.2.1');
    for (let address = 1; address <= 10; address++) await send(`198.51.100.${address}`);
    await running.stop();
    const written = lines().slice(before);
    expect(written.filter(({ msg }) => msg === 'call')).toHaveLength(5);
    expect(written.filter(({ msg }) => msg === report).map(({ calls }) => calls)).toEqual([15]);
    for (const line of written) expect(JSON.stringify(line).length).toBeLessThan(1_000);
  },
);

it('400: requests that cannot be read are limited in the same way', async () => {
  nextWindow();
  const before = lines().length;
  for (let sent = 0; sent < 20; sent++) {
    const socket = openSocket(server);
    socket.write('this is no HTTP\r\n\r\n');
    expect(await socket.received()).toMatch(/^HTTP\/1.1 400/);
  }
  expect(lines().slice(before)).toHaveLength(3);
});

it('a known caller has a line for each call, with the beginning of its path', async () => {
  nextWindow();
  const { reader } = await givenTenant(server);
  const before = lines().length;
  for (let sent = 0; sent < 10; sent++) {
    const response = await sendRequest(server, `/api/applications/${'x'.repeat(5_000)}`, { secret: reader.secret });
    expect((await logRowOf(server, response)).path).toHaveLength(2_000);
  }
  const paths = lines()
    .slice(before)
    .filter(({ msg }) => msg === 'call')
    .map(({ path }) => String(path).length);
  expect(paths).toEqual(Array(10).fill(2_000));
});

it('calls, faults and unreadable requests have limits of their own, which begin anew each minute', () => {
  let now = 0;
  const { allows, stop } = createUnknownLines({ perAddressMax: 2, allMax: 3 }, server.log, () => new Date(now));
  const allowed = (kind: Parameters<typeof allows>[0]) =>
    ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.3'].map((address) => allows(kind, address));
  for (const kind of ['calls', 'faults', 'unreadable'] as const) expect(allowed(kind)).toEqual([true, true, false, true, false]);
  now = 60_000;
  expect(allows('faults', '192.0.2.1')).toBe(true);
  now = 0;
  expect([allows('faults', '192.0.2.1'), allows('faults', '192.0.2.1')]).toEqual([true, false]);
  stop();
  expect(lines().at(-1)).toMatchObject({ msg: report, calls: 2, faults: 3, unreadable: 2 });
});
