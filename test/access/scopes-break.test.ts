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
  // An environment's numbers are the last that is written of it.
  await server.db.schema.renameTable('sequences', 'sequences_elsewhere');
});
afterEach(() => repair());
async function repair() {
  if (await server.db.schema.hasTable('sequences_elsewhere')) await server.db.schema.renameTable('sequences_elsewhere', 'sequences');
}

const tables = ['organizations', 'projects', 'environments', 'tokens'];
const all = () => Promise.all(tables.map((table) => server.db(table).orderBy('id').select('id')));
const underKey = { 'Idempotency-Key': 'nightly' };
type Headers = Partial<typeof underKey>;

it.each<[string, (client: GivenToken['client'], key: string, headers: Headers) => Promise<ApiResult>]>([
  ['an organization', (client, key, headers) => createOrganization({ client, body: { key }, headers })],
  ['a project', (client, key, headers) => createProject({ client, body: { key }, headers })],
  ['an environment', (client, key, headers) => createEnvironment({ client, path: { projectKey: 'default' }, body: { key }, headers })],
])('500, 201: %s that breaks off half-way is not there at all, and comes whole when it is sent again', async (_what, create) => {
  const before = await all();
  for (const headers of [{}, underKey]) {
    expect((await create(host.client, 'broken', headers)).response?.status).toBe(500);
    expect(await all()).toEqual(before);
  }
  await repair();
  expect((await create(host.client, 'broken', underKey)).response?.status).toBe(201);
  expect((await create(host.client, 'more', {})).response?.status).toBe(201);
  expect(await levelInconsistencies(server)).toEqual([]);
});
