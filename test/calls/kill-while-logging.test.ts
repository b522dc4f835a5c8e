import { randomInt } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { getLog, listLogs } from '../../generated/sdk.gen.ts';
import { createDatabase } from '../../server/database/database.ts';
import { openLog } from '../../server/database/log-database.ts';
import { administratorSecret, startProcess } from '../support/process.ts';
import { isMySqlRun, newDatabase } from '../support/test-database.ts';

const calls = Number(process.env.KILL_CALLS ?? 10_000);
const connections = 32;
/** Number of responses after which the process is killed, long before the last call. KILL_AT repeats a failed run. */
const killAt = Number(process.env.KILL_AT ?? randomInt(100, calls * 0.6));

/** Returns the correlation id of a complete response; undefined if the server no longer responds. */
const callOnce = (url: string, agent: Agent): Promise<string | undefined> =>
  new Promise((resolve) => {
    const headers = { Authorization: `Bearer ${administratorSecret}` };
    const sent = request(`${url}/api/tokens/current`, { agent, headers }, (response) => {
      response.resume();
      response.once('close', () => resolve(response.complete ? (response.headers['x-correlation-id'] as string) : undefined));
    });
    sent.once('error', () => resolve(undefined));
    sent.end();
  });

it(`every call whose response arrived is in the log if the process is killed at response ${killAt} of ${calls}`, async () => {
  const database = await newDatabase();
  const env = { DATABASE_URL: database.url, UPLOAD_DIRECTORY: join(database.folder, 'uploads'), LOG_LEVEL: 'info' };
  const first = await startProcess(env);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const respondedIds: string[] = [];
  let startedCalls = 0;
  const connection = async () => {
    while (startedCalls++ < calls) {
      const id = await callOnce(first.url, agent);
      if (id === undefined) return;
      respondedIds.push(id);
      if (respondedIds.length === killAt) first.signal('SIGKILL');
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, connection));
  const seconds = (performance.now() - startedAt) / 1000;
  await first.ended;
  agent.destroy();

  const db = createDatabase(database.url);
  const { logDb, closeLog } = openLog(database.url, db);
  const logged = new Set((await logDb('api_log').select('id')).map(({ id }) => id.toString('hex')));
  await closeLog();
  await db.destroy();
  expect(respondedIds.length).toBeGreaterThanOrEqual(killAt);
  expect(respondedIds.filter((id) => !logged.has(id))).toEqual([]);

  const second = await startProcess(env);
  const [firstId, lastId] = [respondedIds[0] as string, respondedIds.at(-1) as string];
  for (const id of [firstId, lastId]) expect((await getLog({ client: second.client(), path: { id } })).data?.id).toBe(id);
  const { data } = await listLogs({ client: second.client(), query: { limit: 100 } });
  expect(data?.items.length).toBe(100);
  second.signal('SIGTERM');
  expect(await second.ended).toBe(0);
  await database.remove();
  process.stdout.write(
    `killed at response ${killAt} on ${isMySqlRun ? 'MySQL' : 'the embedded database'}: ${respondedIds.length} responses (${Math.round(respondedIds.length / seconds)} a second), ${logged.size} in the log, none missing\n`,
  );
}, 120_000);
