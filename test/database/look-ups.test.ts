import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { findTokenByHash } from '../../server/access/store/token-secrets.ts';
import { deleteToken, deleteTokens } from '../../server/access/store/tokens.ts';
import { findApplicationImport, listApplicationImports } from '../../server/applications/store/application-imports.ts';
import { hashSecret } from '../../server/common/secret-format.ts';
import { type Db, isMySql } from '../../server/database/database.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { listAccounts } from '../../server/people/store/accounts.ts';
import { runImport } from '../support/builds.ts';
import { type GivenToken, givenApplication, givenImport, givenTenant, givenToken, type Tenant, usersCsv } from '../support/given.ts';
import { givenIdentity } from '../support/given-people.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
let tenant: Tenant;
let tokens: GivenToken[];
beforeEach(async () => {
  tenant = await givenTenant(server);
  tokens = [];
  for (let count = 0; count < 40; count++) tokens.push(await givenToken(server, tenant.organization));
});
const reach = () => ({ organizationId: tenant.organization.id, projectId: null, scopeEnvironmentId: null });

type Statement = { sql: string; bindings: [] };

/** What the database would do for a statement, step by step: in which table, how it finds rows there, and by which index. MySQL is what this is about. */
async function planOf(db: Db, { sql, bindings }: Statement): Promise<string[]> {
  if (!isMySql(db)) return (await db.raw(`EXPLAIN QUERY PLAN ${sql}`, bindings)).map(({ detail }: { detail: string }) => detail);
  const [steps] = await db.raw(`EXPLAIN ${sql}`, bindings);
  const how = (type: string) => (type === 'ALL' || type === 'index' ? 'SCAN' : 'SEARCH');
  return steps.map(({ table, type, key }: Record<string, string>) => `${how(type as string)} ${table} USING INDEX ${key}`);
}

/** How the database would do the statements of some work that read or delete what is in these tables. */
const plansOf = (work: (db: Db) => Promise<unknown>, tables: RegExp): Promise<string[][]> =>
  inTransaction(server.db, async (trx) => {
    const statements: Statement[] = [];
    trx.on('query', (statement: Statement) => /^(select|delete)/i.test(statement.sql) && statements.push(statement));
    await work(trx);
    trx.removeAllListeners('query');
    const plans: string[][] = [];
    for (const statement of statements) if (tables.test(statement.sql)) plans.push(await planOf(trx, statement));
    return plans;
  });
const beginningsOf = async (...of: Parameters<typeof plansOf>) =>
  (await plansOf(...of)).map(([first]) => first?.split(' ').slice(0, 2).join(' '));

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
  const secrets = /from (token_secrets|refresh_tokens|nonces)\b/i;
  const found = ['SEARCH token_secrets', 'SEARCH refresh_tokens', 'SEARCH nonces'];
  expect(await beginningsOf((db) => deleteToken(db, reach(), 'API Token', row.id), secrets)).toEqual(found);
  const few = { ...reach(), scopeEnvironmentId: tenant.environmentId };
  for (let count = 0; count < 2; count++)
    await givenToken(server, tenant.organization, { level: 'Environment', environment_id: tenant.environmentId });
  expect(await beginningsOf((db) => deleteTokens(db, few, null), secrets)).toEqual(found);
});

it('accounts are looked up by what they are linked by, not among all users of an application of which few have a number', async () => {
  const application = await givenApplication(server, tenant);
  server.share(application.path, usersCsv(...Array.from({ length: 200 }, (_, index) => `user${index}`)));
  await runImport(server, application);
  const person = await givenIdentity(server, tenant, {
    email_address: 'ann@example.com',
    source_key: 'E-17',
    application_id: randomUUID(),
  });
  const plans = await plansOf((db) => listAccounts(db, person), /application_records/);
  expect(plans.map((steps) => steps.find((step) => step.includes('application_records')))).toEqual([
    expect.stringMatching(/^SEARCH application_records USING (COVERING )?INDEX application_records_by_number\b/),
    expect.stringMatching(/^SEARCH application_records USING (COVERING )?INDEX application_records_by_email\b/),
  ]);
});
