import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEnvironment, createOrganization, createProject } from '../../generated/sdk.gen.ts';
import type { ApiResult } from '../support/api-results.ts';
import type { GivenToken } from '../support/given.ts';
import { givenHostToken, levelInconsistencies } from '../support/given-levels.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

let host: GivenToken;
beforeEach(async () => {
  host = await givenHostToken(server);
  // The sequences of an environment are written last, so the creation fails halfway.
  await server.db.schema.renameTable('sequences', 'sequences_elsewhere');
});
afterEach(() => repair());
async function repair() {
  if (await server.db.schema.hasTable('sequences_elsewhere')) await server.db.schema.renameTable('sequences_elsewhere', 'sequences');
}

const tables = ['organizations', 'projects', 'environments', 'tokens'];
const listIds = () => Promise.all(tables.map((table) => server.db(table).orderBy('id').select('id')));
const idempotencyHeaders = { 'Idempotency-Key': 'nightly' };
type Headers = Partial<typeof idempotencyHeaders>;

it.each<[string, (client: GivenToken['client'], key: string, headers: Headers) => Promise<ApiResult>]>([
  ['an organization', (client, key, headers) => createOrganization({ client, body: { key }, headers })],
  ['a project', (client, key, headers) => createProject({ client, body: { key }, headers })],
  ['an environment', (client, key, headers) => createEnvironment({ client, path: { projectKey: 'default' }, body: { key }, headers })],
])(
  '500, 201: stores nothing of %s if the creation fails halfway, and creates it whole when the request is sent again',
  async (_object, create) => {
    const before = await listIds();
    for (const headers of [{}, idempotencyHeaders]) {
      expect((await create(host.client, 'broken', headers)).response?.status).toBe(500);
      expect(await listIds()).toEqual(before);
    }
    await repair();
    expect((await create(host.client, 'broken', idempotencyHeaders)).response?.status).toBe(201);
    expect((await create(host.client, 'more', {})).response?.status).toBe(201);
    expect(await levelInconsistencies(server)).toEqual([]);
  },
);
