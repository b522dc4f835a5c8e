import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDatabase } from '../../server/database/database.ts';
import { administratorSecret, type ServerProcess, startProcess } from '../support/process.ts';
import { isMySqlRun, newDatabase } from '../support/test-database.ts';

let stop: () => Promise<void>;
afterEach(() => stop());

async function startTwoServers(env: Record<string, string>): Promise<{ url: string; servers: [ServerProcess, ServerProcess] }> {
  const database = await newDatabase({ isMigrated: true });
  const settings = {
    DATABASE_URL: database.url,
    UPLOAD_DIRECTORY: `${database.folder}/uploads`,
    SHARED_DIRECTORY: database.folder,
    ...env,
  };
  const servers = await Promise.all([startProcess(settings), startProcess(settings)]);
  stop = async () => {
    for (const server of servers) server.signal('SIGTERM');
    expect(await Promise.all(servers.map(({ ended }) => ended))).toEqual([0, 0]);
    await database.remove();
  };
  return { url: database.url, servers };
}

/** Sends requests on ten connections and returns how many the process accepted. Expects 429 for all others. */
async function countAccepted(server: ServerProcess, requests: number, secret = administratorSecret): Promise<number> {
  const statuses: number[] = [];
  const sendSome = async (count: number) => {
    for (let request = 0; request < count; request++) {
      const response = await fetch(`${server.url}/api/tokens/current`, { headers: { Authorization: `Bearer ${secret}` } });
      await response.arrayBuffer();
      statuses.push(response.status);
    }
  };
  await Promise.all(Array.from({ length: 10 }, () => sendSome(requests / 10)));
  const acceptedStatus = secret === administratorSecret ? 200 : 401;
  expect(statuses.filter((status) => status !== acceptedStatus && status !== 429)).toEqual([]);
  return statuses.filter((status) => status === acceptedStatus).length;
}

if (isMySqlRun)
  describe('two processes on one MySQL database', () => {
    it('429: a limit of 50 accepts exactly 50 requests, and the same applies to failed authentications', async () => {
      const { url, servers } = await startTwoServers({ RATE_LIMIT_PER_MINUTE: '50', FAILED_AUTHENTICATIONS_PER_MINUTE: '50' });
      const both = async (secret?: string) =>
        (await Promise.all(servers.map((server) => countAccepted(server, 60, secret)))).reduce((a, b) => a + b);
      expect([await both(), await both('none')]).toEqual([50, 50]);
      const db = createDatabase(url);
      onTestFinished(() => db.destroy());
      expect((await db('rate_limits').select('key')).map(({ key }) => key.split(':')[0]).sort()).toEqual([
        'default',
        'failed-authentications',
      ]);
    });

    it('429: a limit of 1000 accepts at most 1000 requests, and at least 950 if one process gets no more requests halfway', async () => {
      const { servers } = await startTwoServers({ RATE_LIMIT_PER_MINUTE: '1000' });
      const [one, two] = servers;
      const first = (await Promise.all([countAccepted(one, 210), countAccepted(two, 210)])).reduce((a, b) => a + b);
      const total = first + (await countAccepted(two, 700));
      expect(first).toBe(420);
      expect([total <= 1000, total >= 950]).toEqual([true, true]);
      expect(await countAccepted(two, 20)).toBe(0);
    });
  });

if (!isMySqlRun)
  it('429: with the embedded database, each process counts its own requests', async () => {
    const { servers } = await startTwoServers({ RATE_LIMIT_PER_MINUTE: '50' });
    expect(await Promise.all(servers.map((server) => countAccepted(server, 60)))).toEqual([50, 50]);
  });
