import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDatabase } from '../../server/database/database.ts';
import { administratorSecret, type ServerProcess, startProcess } from '../support/process.ts';
import { isMySqlRun, newDatabase } from '../support/test-database.ts';

let stop: () => Promise<void>;
afterEach(() => stop());

async function givenTwo(env: Record<string, string>): Promise<{ url: string; servers: [ServerProcess, ServerProcess] }> {
  const database = await newDatabase({ isMigrated: true });
  const all = {
    DATABASE_URL: database.url,
    UPLOAD_DIRECTORY: `${database.folder}/uploads`,
    SHARED_DIRECTORY: database.folder,
    ...env,
  };
  const servers = await Promise.all([startProcess(all), startProcess(all)]);
  stop = async () => {
    for (const server of servers) server.signal('SIGTERM');
    expect(await Promise.all(servers.map(({ ended }) => ended))).toEqual([0, 0]);
    await database.remove();
  };
  return { url: database.url, servers };
}

/** How many of so many requests, some at once, a process lets through; all others must be 429. */
async function passed(server: ServerProcess, requests: number, secret = administratorSecret): Promise<number> {
  const statuses: number[] = [];
  const some = async (count: number) => {
    for (let request = 0; request < count; request++) {
      const answer = await fetch(`${server.url}/api/tokens/current`, { headers: { Authorization: `Bearer ${secret}` } });
      await answer.arrayBuffer();
      statuses.push(answer.status);
    }
  };
  await Promise.all(Array.from({ length: 10 }, () => some(requests / 10)));
  const through = secret === administratorSecret ? 200 : 401;
  expect(statuses.filter((status) => status !== through && status !== 429)).toEqual([]);
  return statuses.filter((status) => status === through).length;
}

if (isMySqlRun)
  describe('two processes on one MySQL database', () => {
    it('429: a limit of 50 lets exactly 50 through, and so does one of failed authentications', async () => {
      const { url, servers } = await givenTwo({ RATE_LIMIT_PER_MINUTE: '50', FAILED_AUTHENTICATIONS_PER_MINUTE: '50' });
      const both = async (secret?: string) =>
        (await Promise.all(servers.map((server) => passed(server, 60, secret)))).reduce((a, b) => a + b);
      expect([await both(), await both('none')]).toEqual([50, 50]);
      const db = createDatabase(url);
      onTestFinished(() => db.destroy());
      expect((await db('rate_limits').select('key')).map(({ key }) => key.split(':')[0]).sort()).toEqual([
        'default',
        'failed-authentications',
      ]);
    });

    it('429: a limit of 1000 lets through no more, and hardly fewer when one process has stopped halfway', async () => {
      const { servers } = await givenTwo({ RATE_LIMIT_PER_MINUTE: '1000' });
      const [one, two] = servers;
      const first = (await Promise.all([passed(one, 210), passed(two, 210)])).reduce((a, b) => a + b);
      const all = first + (await passed(two, 700));
      expect(first).toBe(420);
      expect([all <= 1000, all >= 950]).toEqual([true, true]);
      expect(await passed(two, 20)).toBe(0);
    });
  });

if (!isMySqlRun)
  it('429: the embedded database is for one process, which counts by itself', async () => {
    const { servers } = await givenTwo({ RATE_LIMIT_PER_MINUTE: '50' });
    expect(await Promise.all(servers.map((server) => passed(server, 60)))).toEqual([50, 50]);
  });
