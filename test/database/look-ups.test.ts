import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { deleteSomeSecrets, deleteToken, deleteTokens } from '../../server/access/store/delete-tokens.ts';
import { findTokenByHash } from '../../server/access/store/token-secrets.ts';
import {
  findApplicationImport,
  insertApplicationImport,
  listApplicationImports,
} from '../../server/applications/store/application-imports.ts';
import { claimNextImport } from '../../server/applications/store/build-queue.ts';
import { isQueueFull } from '../../server/applications/store/import-queues.ts';
import { hashSecret } from '../../server/common/secret-format.ts';
import { type Db, isMySql } from '../../server/database/database.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { listUsers } from '../../server/facts/store/fact-users.ts';
import { listAccounts } from '../../server/people/store/accounts.ts';
import { runImport } from '../support/builds.ts';
import { type GivenToken, givenApplication, givenImport, givenTenant, givenToken, type Tenant, usersCsv } from '../support/given.ts';
import { givenManyUsers, numberedKeys } from '../support/given-facts.ts';
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
const organizationScope = () => ({ organizationId: tenant.organization.id, projectId: null, scopeEnvironmentId: null });

type Statement = { sql: string; bindings: [] };

/** Returns the steps of the database's plan for a statement: table, search or scan, and index. Matters above all on MySQL, which chooses by statistics. */
async function planOf(db: Db, { sql, bindings }: Statement): Promise<string[]> {
  if (!isMySql(db)) return (await db.raw(`EXPLAIN QUERY PLAN ${sql}`, bindings)).map(({ detail }: { detail: string }) => detail);
  const [steps] = await db.raw(`EXPLAIN ${sql}`, bindings);
  const accessOf = (type: string) => (type === 'ALL' || type === 'index' ? 'SCAN' : 'SEARCH');
  return steps.map(({ table, type, key }: Record<string, string>) => `${accessOf(type as string)} ${table} USING INDEX ${key}`);
}

/** Returns the plans of the SELECT and DELETE statements of `work` that name one of the tables. */
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
/** Returns the first step of each plan: search or scan, and the table. */
const firstStepsOf = async (...parameters: Parameters<typeof plansOf>) =>
  (await plansOf(...parameters)).map(([first]) => first?.split(' ').slice(0, 2).join(' '));

it('finds tokens by their secrets, without reading all tokens of the organization', async () => {
  const hashes = tokens.slice(0, 4).map(({ secret }) => hashSecret(secret).toString('hex'));
  const find = (db: Db) => Promise.all(hashes.map((hash) => findTokenByHash(db, hash)));
  expect(await firstStepsOf(find, /token_secrets/)).toEqual(['SEARCH token_secrets']);
});

it('finds imports by their ids and lists them by their index, without reading all imports of the application', async () => {
  const application = await givenApplication(server, tenant);
  const ids: string[] = [];
  for (let count = 0; count < 20; count++) ids.push((await givenImport(server, application)).id);
  const { environmentId } = tenant;
  const find = (db: Db) => Promise.all(ids.slice(0, 4).map((id) => findApplicationImport(db, environmentId, id)));
  const list = (db: Db) => listApplicationImports(db, environmentId, { limit: 2, offset: 0 });
  const joins = /JOIN/;
  expect(await firstStepsOf(find, joins)).toEqual(['SEARCH application_imports']);
  expect(await firstStepsOf(list, joins)).toEqual(['SEARCH application_imports']);
});

it('claims an import and counts the open ones by their index, without reading all imports', async () => {
  const { environment_id, id } = await givenApplication(server, tenant);
  const values = { environment_id, application_id: id, type: 'API' as const, created_by: 'a test' };
  for (let count = 0; count < 40; count++) await insertApplicationImport(server.db, server.clock.now, values);
  await server.db.raw(isMySql(server.db) ? 'ANALYZE TABLE application_imports' : 'ANALYZE');
  const claim = async (db: Db) => {
    await claimNextImport(db, server.clock.now, 1000);
    await isQueueFull(db, environment_id, 10);
  };
  const plans = (await plansOf(claim, /from .?application_imports/i)).flat().filter((step) => /^\w+ application_imports\b/.test(step));
  expect(plans.length).toBeGreaterThan(6);
  for (const step of plans)
    expect(step).toMatch(
      /^SEARCH application_imports USING (COVERING )?INDEX (application_imports_(queued|lease)|PRIMARY|sqlite_autoindex_application_imports_1)\b/,
    );
});

it('searches users by the index of phrases, without reading all users', async () => {
  const { environmentId } = tenant;
  await givenManyUsers(server, tenant, numberedKeys(300));
  await server.db.raw(isMySql(server.db) ? 'ANALYZE TABLE search_phrases, fact_users' : 'ANALYZE');
  const search = (db: Db) => listUsers(db, environmentId, { search: 'u0000', limit: 30, offset: 0 });
  expect(await plansOf(search, /search_phrases|fact_users/)).toEqual([
    [expect.stringMatching(/^SEARCH search_phrases USING /)],
    [expect.stringMatching(/^SEARCH fact_users USING INDEX (fact_users_key|sqlite_autoindex_fact_users_2)\b/)],
  ]);
});

it('finds the rows of a deleted token by the token, without reading all secrets', async () => {
  const { row } = tokens[7] as GivenToken;
  const secrets = /from (token_secrets|refresh_tokens|nonces)\b/i;
  const searches = ['SEARCH token_secrets', 'SEARCH refresh_tokens', 'SEARCH nonces'];
  await deleteToken(server.db, organizationScope(), 'API Token', row.id);
  expect(await firstStepsOf(deleteSomeSecrets, secrets)).toEqual(searches);
  const environmentScope = { ...organizationScope(), scopeEnvironmentId: tenant.environmentId };
  for (let count = 0; count < 2; count++)
    await givenToken(server, tenant.organization, { level: 'Environment', environment_id: tenant.environmentId });
  await deleteTokens(server.db, environmentScope, null);
  expect(await firstStepsOf(deleteSomeSecrets, secrets)).toEqual(searches);
});

it('finds accounts by employee number and e-mail address, without reading all users of the application', async () => {
  const application = await givenApplication(server, tenant);
  server.share(application, usersCsv(...Array.from({ length: 200 }, (_, index) => `user${index}`)));
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
