import { expect, it } from 'vitest';
import { uploadApplicationImport } from '../../generated/sdk.gen.ts';
import { type GivenToken, givenApplication, givenTenant, usersGroup } from '../support/given.ts';
import { openSocket } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer(
  { uploadBytesMax: 64 * 1024 ** 2 },
  { responseMs: 100, bytesPerSecondMin: 1024 ** 3, downloadsMax: 3, downloadsPerCallerMax: 2 },
);
const requests = 30;

it('200: closes the connection of a client that does not receive its responses', async () => {
  const socket = openSocket(server);
  socket.pause();
  // All responses together are more than the socket buffers of both sides.
  socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(requests));
  await expect.poll(() => server.logged(), { timeout: 20_000 }).toContain('"aborted":true');
  const received = await socket.received();
  expect([...received.matchAll(/^HTTP\/1\.1 200 /gm)].length).toBeLessThan(requests);
});

it('429, 503: limits the downloads at the same time, for each credential and in all', async () => {
  const tenant = await givenTenant(server);
  const group = usersGroup();
  const application = await givenApplication(server, tenant, { groups: [group] });
  // More than the socket buffers of both sides.
  const file = new File([new Uint8Array(48 * 1024 ** 2).fill(120)], 'x.csv');
  const body = { applicationId: application.id, [group.id]: file };
  const { data } = await uploadApplicationImport({ client: tenant.writer.client, body });
  /** Starts a download that the client does not continue to receive, and returns its status. */
  const begin = async ({ secret }: GivenToken) => {
    const socket = openSocket(server);
    const path = `/api/application-imports/${data?.id}/files/${data?.files[0]?.id}`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n\r\n`);
    const status = String(await socket.nextBytes()).slice(9, 12);
    socket.pause();
    return { status, end: socket.destroy };
  };
  const { reader, writer } = tenant;
  const begun = [await begin(reader), await begin(reader), await begin(reader), await begin(writer), await begin(writer)];
  expect(begun.map(({ status }) => status)).toEqual(['200', '200', '429', '200', '503']);
  for (const { end } of begun) end();
  const statusOfNext = async () => {
    const { status, end } = await begin(reader);
    end();
    return status;
  };
  await expect.poll(statusOfNext, { timeout: 20_000 }).toBe('200');
});
