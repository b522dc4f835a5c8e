import { beforeEach, expect, it } from 'vitest';
import { hashSecret } from '../../server/secrets.ts';
import { findApplicationImport, listApplicationImports } from '../../server/store/application-imports.ts';
import { type Db, inTransaction, isMySql } from '../../server/store/database.ts';
import { findTokenByHash } from '../../server/store/token-secrets.ts';
import { givenApplication, givenImport, givenTenant, givenToken, type Tenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
let tenant: Tenant;
beforeEach(async () => {
  tenant = await givenTenant(server);
});

type Statement = { sql: string; bindings: [] };

/** What the database would do first for a statement: a table, and how it is read. */
async function beginningOf(db: Db, { sql, bindings }: Statement): Promise<string> {
  if (!isMySql(db)) return (await db.raw(`EXPLAIN QUERY PLAN ${sql}`, bindings))[0].detail;
  const [[first]] = await db.raw(`EXPLAIN ${sql}`, bindings);
  return `SEARCH ${first.table} ${first.type}`;
}

/** How each statement of some work that joins tables begins. */
const beginningsOf = (work: (db: Db) => Promise<unknown>): Promise<string[]> =>
  inTransaction(server.db, async (trx) => {
    const joins: Statement[] = [];
    trx.on('query', (statement: Statement) => statement.sql.includes('JOIN') && joins.push(statement));
    await work(trx);
    return Promise.all(joins.map((statement) => beginningOf(trx, statement)));
  });

it('tokens are looked up by their secrets, not among all of the one organization', async () => {
  const secrets: string[] = [];
  for (let count = 0; count < 20; count++) secrets.push((await givenToken(server, tenant.organization)).secret);
  const find = (db: Db) => Promise.all(secrets.slice(0, 4).map((secret) => findTokenByHash(db, hashSecret(secret).toString('hex'))));
  expect(await beginningsOf(find)).toEqual([expect.stringMatching(/^SEARCH token_secrets (range|USING)\b/)]);
});

it('imports are looked up by their ids, and listed in their order, not among all of the one application', async () => {
  const application = await givenApplication(server, tenant);
  const ids: string[] = [];
  for (let count = 0; count < 20; count++) ids.push((await givenImport(server, application)).id);
  const { environmentId: id } = tenant;
  const find = (db: Db) => Promise.all(ids.slice(0, 4).map((importId) => findApplicationImport(db, id, importId)));
  const list = (db: Db) => listApplicationImports(db, id, { limit: 2, offset: 0 });
  const begins = expect.stringMatching(/^SEARCH application_imports (range|ref|USING)\b/);
  expect(await beginningsOf(find)).toEqual([begins]);
  expect(await beginningsOf(list)).toEqual([begins]);
});
