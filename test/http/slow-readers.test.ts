import { expect, it } from 'vitest';
import { uploadApplicationImport } from '../../generated/sdk.gen.ts';
import { type GivenToken, givenApplication, givenTenant, type Tenant, usersGroup } from '../support/given.ts';
import { openSocket } from '../support/raw-http.ts';
import { type TestServer, useServer } from '../support/server.ts';

const server = useServer({ uploadBytesMax: 64 * 1024 ** 2 }, { downloadsMax: 4, downloadsPerOrganizationMax: 3, downloadsPerCallerMax: 2 });
const impatient = useServer({ uploadBytesMax: 64 * 1024 ** 2 }, { responseMs: 100, bytesPerSecondMin: 1024 ** 3 });
const requests = 30;

it('200: closes the connection of a client that does not receive its responses', async () => {
  const socket = openSocket(impatient);
  socket.pause();
  // All responses together are more than the socket buffers of both sides.
  socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(requests));
  await expect.poll(() => impatient.logged(), { timeout: 20_000 }).toContain('"aborted":true');
  const received = await socket.received();
  expect([...received.matchAll(/^HTTP\/1\.1 200 /gm)].length).toBeLessThan(requests);
});

/** Uploads a file that is larger than the socket buffers of both sides. Returns the path from which it is downloaded. */
async function givenLargeFile(on: TestServer, tenant: Tenant): Promise<string> {
  const group = usersGroup();
  const application = await givenApplication(on, tenant, { groups: [group] });
  const file = new File([new Uint8Array(48 * 1024 ** 2).fill(120)], 'x.csv');
  const { data } = await uploadApplicationImport({
    client: tenant.writer.client,
    body: { applicationId: application.id, [group.id]: file },
  });
  return `/api/application-imports/${data?.id}/files/${data?.files[0]?.id}`;
}
const requestOf = (path: string, { secret }: GivenToken) => `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n\r\n`;

it('200: closes the connection of a client that receives a file slower than the minimum rate, although it is never silent', async () => {
  const tenant = await givenTenant(impatient);
  const path = await givenLargeFile(impatient, tenant);
  const socket = openSocket(impatient);
  socket.write(requestOf(path, tenant.reader));
  await socket.nextBytes();
  const dribble = setInterval(() => {
    socket.resume();
    setImmediate(socket.pause);
  }, 20);
  try {
    const line = () =>
      impatient
        .logged()
        .split('\n')
        .find((text) => text.includes(path) && text.includes('"msg":"call"'));
    await expect.poll(line, { timeout: 20_000 }).toContain('"aborted":true');
  } finally {
    clearInterval(dribble);
    socket.destroy();
  }
});

it('429, 503: limits the downloads at the same time, for each credential, for each organization and in all', async () => {
  const [tenant, other] = [await givenTenant(server), await givenTenant(server)];
  const paths = new Map([
    [tenant, await givenLargeFile(server, tenant)],
    [other, await givenLargeFile(server, other)],
  ]);
  /** Starts a download that the client does not continue to receive, and returns its status. */
  const begin = async (of: Tenant, token: GivenToken) => {
    const socket = openSocket(server);
    socket.write(requestOf(paths.get(of) as string, token));
    const status = String(await socket.nextBytes()).slice(9, 12);
    socket.pause();
    return { status, end: socket.destroy };
  };
  const { reader, writer, administrator } = tenant;
  const begun = [];
  for (const token of [reader, reader, reader, writer, writer, administrator]) begun.push(await begin(tenant, token));
  for (const token of [other.reader, other.writer]) begun.push(await begin(other, token));
  expect(begun.map(({ status }) => status)).toEqual(['200', '200', '429', '200', '429', '429', '200', '503']);
  for (const { end } of begun) end();
  const statusOfNext = async () => {
    const { status, end } = await begin(tenant, reader);
    end();
    return status;
  };
  await expect.poll(statusOfNext, { timeout: 20_000 }).toBe('200');
});
