import { expect, it } from 'vitest';
import { getReadiness } from '../../../generated/sdk.gen.ts';
import { startServer } from '../../../server/process/start-server.ts';
import { givenTenant } from '../../support/given.ts';
import { openSocket } from '../../support/raw-http.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const outdated = useServer();

it('200: is ready without a token if the database is migrated to this version', async () => {
  const { data, response } = await getReadiness({ client: server.client() });
  expect([response?.status, data]).toEqual([200, { status: 'ok' }]);
});

it('400: refuses a query parameter and names it', async () => {
  const { error, response } = await getReadiness({ client: server.client(), query: { verbose: 1 } as never });
  expect([response?.status, error]).toMatchObject([400, { errors: [{ field: 'verbose', message: 'Is not a known query parameter' }] }]);
});

it('503: is not ready while a migration is missing, and ready again after it', async () => {
  const ready = () => getReadiness({ client: outdated.client() });
  const rows = await outdated.db('migrations').select();
  await outdated.db('migrations').delete();
  const { error, response } = await ready();
  expect([response?.status, response?.headers.get('retry-after'), error]).toMatchObject([
    503,
    '1',
    { error: 'unavailable', message: 'The database is not migrated to this version; restart the server to migrate it' },
  ]);
  await outdated.db('migrations').insert(rows);
  expect((await ready()).response?.status).toBe(200);
});

it('503: is not ready while the database is unreachable; only the log has the cause', async () => {
  await outdated.db.destroy();
  const { error, response } = await getReadiness({ client: outdated.client() });
  expect([response?.status, error]).toMatchObject([503, { error: 'unavailable', message: "The database can't be queried; try again" }]);
  expect(outdated.logged()).toContain('Unable to acquire a connection');
});

it('503: is not ready while the server stops and still sends its last responses', async () => {
  const stopping = await startServer({ ...server.config, port: 0 }, server.log, async () => {}, { withWorker: false });
  const tenant = await givenTenant(server);
  const socket = openSocket({ ...server, url: stopping.url });
  const body = '{"applicationImportId": ""}';
  const headers = ['Host: x', `Authorization: Bearer ${tenant.writer.secret}`, 'Content-Type: application/json', 'Expect: 100-continue'];
  socket.write(`${['POST /api/application-imports/cancel HTTP/1.1', ...headers, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n`);
  await socket.nextBytes();
  const stopped = stopping.stop();
  socket.write(`${body}GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n`);
  const received = await socket.received();
  expect(received).toContain('HTTP/1.1 400 Bad Request');
  expect(received).toContain('HTTP/1.1 503 Service Unavailable');
  expect(received).toContain('The server is stopping');
  await stopped;
});
