import { randomInt } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { getLog, listLogs } from '../../generated/sdk.gen.ts';
import { createDatabase } from '../../server/database/database.ts';
import { openLog } from '../../server/database/log-database.ts';
import { isMySqlRun, newDatabase } from '../support/database-url.ts';
import { administratorSecret, startProcess } from '../support/process.ts';

const calls = Number(process.env.KILL_CALLS ?? 10_000);
const connections = 32;
/** When, in answers, while many more calls are to come; KILL_AT runs a failed one again. */
const killAt = Number(process.env.KILL_AT ?? randomInt(100, calls * 0.6));

/** The correlation id of one answer that arrived whole; undefined once there is nobody who answers. */
const callOnce = (url: string, agent: Agent): Promise<string | undefined> =>
  new Promise((resolve) => {
    const headers = { Authorization: `Bearer ${administratorSecret}` };
    const sent = request(`${url}/api/tokens/current`, { agent, headers }, (answer) => {
      answer.resume();
      answer.once('close', () => resolve(answer.complete ? (answer.headers['x-correlation-id'] as string) : undefined));
    });
    sent.once('error', () => resolve(undefined));
    sent.end();
  });

it(`every call that got its answer is in the log when the process is killed at answer ${killAt} of ${calls}`, async () => {
  const database = await newDatabase();
  const env = { DATABASE_URL: database.url, UPLOAD_DIRECTORY: join(database.folder, 'uploads'), LOG_LEVEL: 'info' };
  const first = await startProcess(env);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const answered: string[] = [];
  let begun = 0;
  const connection = async () => {
    while (begun++ < calls) {
      const id = await callOnce(first.url, agent);
      if (id === undefined) return;
      answered.push(id);
      if (answered.length === killAt) first.signal('SIGKILL');
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
  expect(answered.length).toBeGreaterThanOrEqual(killAt);
  expect(answered.filter((id) => !logged.has(id))).toEqual([]);

  const second = await startProcess(env);
  const [one, last] = [answered[0] as string, answered.at(-1) as string];
  for (const id of [one, last]) expect((await getLog({ client: second.client(), path: { id } })).data?.id).toBe(id);
  const { data } = await listLogs({ client: second.client(), query: { limit: 100 } });
  expect(data?.items.length).toBe(100);
  second.signal('SIGTERM');
  expect(await second.ended).toBe(0);
  await database.remove();
  process.stdout.write(
    `killed at answer ${killAt} on ${isMySqlRun ? 'MySQL' : 'the embedded database'}: ${answered.length} answered (${Math.round(answered.length / seconds)} a second), ${logged.size} in the log, none missing\n`,
  );
}, 120_000);
