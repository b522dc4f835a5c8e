import { expect, it } from 'vitest';
import { insertApplicationImport, listApplicationImports } from '../../server/applications/store/application-imports.ts';
import type { ApplicationRow } from '../../server/applications/store/applications.ts';
import { claimNextImport } from '../../server/applications/store/build-queue.ts';
import type { Db } from '../../server/database/database.ts';
import { splitListBlocks } from '../../server/database/split-list-blocks.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { givenApplication, givenTenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const blockMax = 1_000;

const insertImports = ({ environment_id, id }: ApplicationRow, count: number) =>
  inTransaction(server.db, async (trx) => {
    const values = { environment_id, application_id: id, type: 'API' as const, created_by: 'a test' };
    for (let index = 0; index < count; index++) await insertApplicationImport(trx, server.clock.now, values);
  });
/** Claims imports one second apart, each with an expired lease before the next one. */
async function claimImports(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    server.clock.now = new Date(server.clock.now.getTime() + 1_000);
    const lease = await claimNextImport(server.db, server.clock.now, 1);
    await server.db('application_imports').where({ id: lease?.import.id }).update({ status: 'Finished', lease_id: null });
  }
}

/** Compares pages with the result of a plain query. */
async function expectPages({ environment_id }: ApplicationRow, applicationId?: string): Promise<void> {
  const all: string[] = await server
    .db('application_imports')
    .where({ environment_id, ...(applicationId && { application_id: applicationId }) })
    .orderByRaw("COALESCE(build_start, '9999-12-31') DESC, number DESC")
    .pluck('id');
  for (const page of [0, 1, 7, Math.floor(all.length / 100), Math.floor(all.length / 50), 1_000]) {
    const found = await listApplicationImports(server.db, environment_id, { applicationId, limit: 50, offset: page * 50 });
    expect([page, found.totalCount, found.rows.map(({ id }) => id)]).toEqual([page, all.length, all.slice(page * 50, page * 50 + 50)]);
  }
}

it('pages and totals are exact after inserts, builds and splits of list blocks, for all imports and for those of one application', async () => {
  const tenant = await givenTenant(server);
  const [one, other] = [await givenApplication(server, tenant), await givenApplication(server, tenant)];
  const expectAll = async () => {
    for (const application of [undefined, one.id, other.id.toUpperCase()]) await expectPages(one, application);
  };
  await insertImports(one, 1_300);
  await insertImports(other, 120);
  await expectAll();
  while (await splitListBlocks(server.db));
  await claimImports(30);
  await expectAll();
  await insertImports(one, 10);
  await claimImports(5);
  while (await splitListBlocks(server.db));
  await expectAll();
});

it('a page costs the same at any size of the list: it counts no rows, and skips at most those of one block', async () => {
  const tenant = await givenTenant(server);
  const application = await givenApplication(server, tenant);
  await insertImports(application, 2_500);
  while (await splitListBlocks(server.db));
  const statements: { sql: string; bindings: unknown[] }[] = [];
  const list = async (db: Db, offset: number) => {
    db.on('query', (statement) => statements.push(statement));
    return listApplicationImports(db, application.environment_id, { limit: 50, offset });
  };
  for (const offset of [0, 1_200, 2_450, 500_000_000]) await inTransaction(server.db, (trx) => list(trx, offset));
  const reads = statements.filter(({ sql }) => /application_imports/.test(`${sql}`) && /^select/i.test(sql));
  expect(reads.length).toBeGreaterThan(3);
  for (const { sql, bindings } of reads) {
    expect(sql).not.toMatch(/count\(/i);
    if (/offset/i.test(sql)) expect(bindings.at(-1)).toBeLessThan(blockMax);
  }
});
