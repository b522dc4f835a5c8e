import { request } from 'node:http';
import { expect, it } from 'vitest';
import { getReadiness, stageApplicationImport } from '../../generated/sdk.gen.ts';
import { givenApplication, givenTenant, usersCsv, usersGroup } from '../support/given.ts';
import { until } from '../support/process.ts';
import { multipart, multipartType, orphanedFiles, storedFileNames } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const blocks = 1_000_000;
const space = { bsize: 4096, blocks, bavail: blocks };
const bodyBytes = 40_000;
const server = useServer({ diskReserveBytes: 1_000_000 }, { bodyBytesPerCallerMax: 2.5 * bodyBytes }, async () => space);

const readiness = async () => (await getReadiness({ client: server.client() })).response?.status;

/** Sends a body without its last byte. `finish` sends that byte and returns the status and the row of the API log. */
function begin(secret: string, path: string, type: string, body: Buffer) {
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': type, 'Content-Length': body.length };
  const call = request(server.url + path, { method: 'POST', headers });
  const responded = new Promise<{ status: number | undefined; limit: unknown; id: string }>((resolve, reject) => {
    call.once('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode, limit: response.headers.ratelimit, id: String(response.headers['x-correlation-id']) });
    });
    call.once('error', reject);
  });
  call.write(body.subarray(0, -1));
  return {
    finish: async () => {
      call.end(body.subarray(-1));
      const { status, limit, id } = await responded;
      return {
        status,
        limit,
        row: await server
          .logDb('api_log')
          .where({ id: Buffer.from(id, 'hex') })
          .first(),
      };
    },
  };
}

it('503: a disk that becomes short during an upload or a JSON body: no file and no memory is kept, and the log has the call', async () => {
  const tenant = await givenTenant(server);
  const { writer } = tenant;
  const group = usersGroup();
  const { id: applicationId } = await givenApplication(server, tenant, { groups: [group] });
  const form = multipart(
    { name: 'applicationId', content: applicationId },
    { name: group.id, fileName: 'users.csv', content: usersCsv('ann') },
  );
  const json = Buffer.from(JSON.stringify({ applicationId }).padEnd(bodyBytes));
  const uploads = [1, 2].map(() => begin(writer.secret, '/api/application-imports/upload', multipartType, form));
  const bodies = [1, 2].map(() => begin(writer.secret, '/api/application-imports/stage', 'application/json', json));
  await until('the files arrive', async () => storedFileNames(server).length === 2);
  const startedAt = performance.now();

  space.bavail = 0;
  await until('the server is not ready', async () => (await readiness()) === 503);
  // The server looks again only after a body that took more than a second.
  await until('a second has passed', async () => performance.now() - startedAt > 1_100);
  for (const { finish } of [...uploads, ...bodies]) {
    const { status, limit, row } = await finish();
    expect([status, typeof limit, row?.status, row?.actor_id]).toEqual([503, 'string', 503, writer.row.id]);
  }
  expect([storedFileNames(server), await orphanedFiles(server)]).toEqual([[], []]);

  space.bavail = blocks;
  await until('the server is ready', async () => (await readiness()) === 200);
  const again = [1, 2].map(() => begin(writer.secret, '/api/application-imports/stage', 'application/json', json));
  for (const { finish } of again) expect((await finish()).status).toBe(201);
  expect((await stageApplicationImport({ client: writer.client, body: { applicationId } })).response?.status).toBe(201);
});
