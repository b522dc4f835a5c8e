import { expect, it, onTestFinished } from 'vitest';
import { packText } from '../../server/calls/compressed-text.ts';
import { insertLogs } from '../../server/calls/store/api-log.ts';
import { newTokenSecret } from '../../server/common/secret-format.ts';
import { createDatabase } from '../../server/database/database.ts';
import { openLog, prepareLog } from '../../server/database/log-database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { newLogRow } from '../support/given-logs.ts';
import { secretsIn } from '../support/secrets-search.ts';
import { newDatabase } from '../support/test-database.ts';

it('finds a secret in a database, and a deleted one that is still in the file', async () => {
  const secret = newTokenSecret();
  const { url, search, remove } = await newDatabase();
  const db = createDatabase(url);
  onTestFinished(async () => {
    await db.destroy();
    await remove();
  });
  await migrate(db);
  const organization = { id: 'x', key: 'x', default_environment_id: null, created_at: '2026-02-20 08:15:00.000' };
  expect(await search()).toEqual([]);
  await db('organizations').insert({ ...organization, name: `My ${secret}` });
  expect((await search()).join()).toContain(secret);
  if (url.startsWith('sqlite')) {
    await db('organizations').delete();
    expect((await search()).join()).toContain(secret);
  }
  if (url.startsWith('sqlite')) await db.raw('VACUUM');
  else await db('organizations').delete();
});

it('finds a secret in a compressed body of the API log', async () => {
  const secret = newTokenSecret();
  const { url, search, remove } = await newDatabase();
  const db = createDatabase(url);
  await migrate(db);
  const { logDb, closeLog } = openLog(url, db);
  onTestFinished(async () => {
    await closeLog();
    await db.destroy();
    await remove();
  });
  await prepareLog(logDb, db);
  const { bytes } = packText(`${'x'.repeat(9_000)} ${secret}`);
  expect(bytes.length).toBeLessThan(9_000);
  await insertLogs(logDb, [newLogRow('x', new Date(), { response_body: bytes })]);
  expect((await search()).join()).toContain(secret);
  await logDb('api_log').delete();
  if (url.startsWith('sqlite')) await logDb.raw('VACUUM');
});

it('ignores texts that only resemble secrets and the examples of the contract, and finds an access token in JSON', () => {
  expect(secretsIn('pa_short papa_ pa_ExampleOnlyExampleOnlyExampleO2R7iRV')).toEqual([]);
  expect(secretsIn(`{"a":"pat_${'x'.repeat(36)}"}`)).toEqual([`pat_${'x'.repeat(36)}`]);
});
