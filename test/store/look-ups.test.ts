import { beforeEach, expect, it } from 'vitest';
import { hashSecret } from '../../server/secrets.ts';
import { findApplicationImport, listApplicationImports } from '../../server/store/application-imports.ts';
import { type Db, inTransaction, isMySql } from '../../server/store/database.ts';
import { findTokenByHash } from '../../server/store/token-secrets.ts';
import { deleteToken, deleteTokens } from '../../server/store/tokens.ts';
import { type GivenToken, givenApplication, givenImport, givenTenant, givenToken, type Tenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
let tenant: Tenant;
let tokens: GivenToken[];
beforeEach(async () => {
  tenant = await givenTenant(server);
  tokens = [];
  for (let count = 0; count < 40; count++) tokens.push(await givenToken(server, tenant.organization));
});
const reach = () => ({ organizationId: tenant.organization.id, projectId: null, reachedEnvironmentId: null });

type Statement = { sql: string; bindings: [] };

/** What the database does first for a statement: the table, and how it finds rows there. */
async function beginningOf(db: Db, { sql, bindings }: Statement): Promise<string> {
  if (isMySql(db)) {
    const [[first]] = await db.raw(`EXPLAIN ${sql}`, bindings);
    return `${first.type === 'ALL' || first.type === 'index' ? 'SCAN' : 'SEARCH'} ${first.table}`;
  }
  const [first] = await db.raw(`EXPLAIN QUERY PLAN ${sql}`, bindings);
  return first.detail.split(' ').slice(0, 2).join(' ');
}

/** How the statements of some work begin that read or change these tables. */
const beginningsOf = (work: (db: Db) => Promise<unknown>, tables: RegExp): Promise<string[]> =>
  inTransaction(server.db, async (trx) => {
    const statements: Statement[] = [];
    trx.on('query', (statement: Statement) => /^(select|delete)/i.test(statement.sql) && statements.push(statement));
    await work(trx);
    trx.removeAllListeners('query');
    const beginnings: string[] = [];
    for (const statement of statements) if (tables.test(statement.sql)) beginnings.push(await beginningOf(trx, statement));
    return beginnings;
  });

it('tokens are looked up by their secrets, not among all of the one organization', async () => {
  const hashes = tokens.slice(0, 4).map(({ secret }) => hashSecret(secret).toString('hex'));
  const find = (db: Db) => Promise.all(hashes.map((hash) => findTokenByHash(db, hash)));
  expect(await beginningsOf(find, /token_secrets/)).toEqual(['SEARCH token_secrets']);
});

it('imports are looked up by their ids, and listed in their order, not among all of the one application', async () => {
  const application = await givenApplication(server, tenant);
  const ids: string[] = [];
  for (let count = 0; count < 20; count++) ids.push((await givenImport(server, application)).id);
  const { environmentId } = tenant;
  const find = (db: Db) => Promise.all(ids.slice(0, 4).map((id) => findApplicationImport(db, environmentId, id)));
  const list = (db: Db) => listApplicationImports(db, environmentId, { limit: 2, offset: 0 });
  const joins = /JOIN/;
  expect(await beginningsOf(find, joins)).toEqual(['SEARCH application_imports']);
  expect(await beginningsOf(list, joins)).toEqual(['SEARCH application_imports']);
});

it('what is deleted of a token is found by the token, not among all secrets there are', async () => {
  const { row } = tokens[7] as GivenToken;
  const secrets = /from `(token_secrets|refresh_tokens|nonces)`/;
  const found = ['SEARCH token_secrets', 'SEARCH refresh_tokens', 'SEARCH nonces'];
  expect(await beginningsOf((db) => deleteToken(db, reach(), 'API Token', row.id), secrets)).toEqual(found);
  const few = { ...reach(), reachedEnvironmentId: tenant.environmentId };
  for (let count = 0; count < 2; count++)
    await givenToken(server, tenant.organization, { level: 'Environment', environment_id: tenant.environmentId });
  expect(await beginningsOf((db) => deleteTokens(db, few, null), secrets)).toEqual(found);
});
