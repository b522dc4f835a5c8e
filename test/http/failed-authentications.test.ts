import { beforeAll, describe, expect, it } from 'vitest';
import { newTokenSecret } from '../../server/common/secret-format.ts';
import { contractFetch } from '../support/contract.ts';
import { givenTenant } from '../support/given.ts';
import { until } from '../support/process.ts';
import { type TestServer, useServer } from '../support/server.ts';
import { isMySqlRun } from '../support/test-database.ts';

async function getOwnToken(server: TestServer, { secret, from }: { secret?: string | undefined; from?: string | undefined } = {}) {
  const headers = { ...(secret && { Authorization: `Bearer ${secret}` }), ...(from !== undefined && { 'X-Forwarded-For': from }) };
  const response = await contractFetch(`${server.url}/api/tokens/current`, { headers });
  return { status: response.status, header: (name: string) => response.headers.get(name), message: (await response.json()).message };
}
const statuses = async (server: TestServer, ...forwardedFor: string[]) => {
  const received = [];
  for (const from of forwardedFor) received.push((await getOwnToken(server, { from })).status);
  return received;
};

describe('an address with failed authentications', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 3 });

  it('429: refuses one failure over the limit, names the limit and the time to wait; a valid token from this address is accepted', async () => {
    const { administrator } = await givenTenant(server);
    const secrets = [undefined, 'pa_x', newTokenSecret()];
    const responses = [];
    for (const secret of secrets) responses.push(await getOwnToken(server, { secret }));
    expect(responses.map(({ status, header }) => [status, header('ratelimit')?.split(';t=')[0]])).toEqual([
      [401, '"failed-authentications";r=2'],
      [401, '"failed-authentications";r=1'],
      [401, '"failed-authentications";r=0'],
    ]);
    for (const secret of secrets) {
      const { status, message, header } = await getOwnToken(server, { secret });
      const seconds = Number(header('retry-after'));
      expect([status, seconds >= 1 && seconds <= 60]).toEqual([429, true]);
      expect(message).toBe(`More than 3 failed authentications in 60 seconds; try again in ${seconds} second${seconds === 1 ? '' : 's'}`);
      expect(header('ratelimit')).toBe(`"failed-authentications";r=0;t=${seconds}`);
      expect(header('ratelimit-policy')).toBe('"failed-authentications";q=3;w=60');
    }
    const valid = await getOwnToken(server, { secret: administrator.secret });
    expect([valid.status, valid.header('ratelimit-policy')]).toEqual([200, '"default";q=1000000;w=60']);
  });
});

describe('without a proxy', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 1 });

  it('429: counts the address that connects, and ignores X-Forwarded-For', async () => {
    expect(await statuses(server, '203.0.113.1', '203.0.113.2', '203.0.113.3, 203.0.113.4')).toEqual([401, 429, 429]);
  });
});

describe('behind one proxy', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 1, trustedProxies: 1 });

  it('429: counts the address that the proxy added last, and ignores addresses that the client sent', async () => {
    expect(await statuses(server, '203.0.113.1', '203.0.113.2', '203.0.113.2', '203.0.113.3, 203.0.113.1')).toEqual([401, 401, 429, 429]);
  });

  it('429: counts IPv6 addresses of one /64 network together', async () => {
    expect(await statuses(server, '2001:db8:0:1::1', '2001:db8:0:1:ffff::2', '2001:db8:0:2::1')).toEqual([401, 429, 401]);
  });
});

describe('behind two proxies', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 1, trustedProxies: 2 });

  it('429: counts the last address but one', async () => {
    const forwardedFor = [
      '198.51.100.1, 203.0.113.1, 10.0.0.1',
      '198.51.100.2, 203.0.113.1, 10.0.0.1',
      '198.51.100.1, 203.0.113.2, 10.0.0.1',
    ];
    expect(await statuses(server, ...forwardedFor)).toEqual([401, 429, 401]);
  });
});

describe('with a limit of 0', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 0, rateLimitPerMinute: 0 });

  it('401: sets no limit', async () => {
    for (let count = 0; count < 100; count++) expect((await getOwnToken(server)).status).toBe(401);
    expect((await getOwnToken(server)).header('ratelimit')).toBe('unlimited');
  });
});

if (isMySqlRun)
  describe('on MySQL', () => {
    const disconnected = useServer();
    const broken = useServer({ failedAuthenticationsPerMinute: 50 });
    beforeAll(() => disconnected.db.destroy());

    it('503: does not respond with 401 if a failure cannot be counted', async () => {
      const { status, message } = await getOwnToken(disconnected);
      expect([status, message]).toEqual([503, "The database can't be reached; try again"]);
    });

    it('503: does not respond with 401 if the connection is lost while a failure is counted; the next failure is counted', async () => {
      const { db } = broken;
      expect((await getOwnToken(broken)).status).toBe(401);
      const response = await db.transaction(async (trx) => {
        await trx('rate_limits').forUpdate().select();
        const pendingResponse = getOwnToken(broken);
        const waitingConnection = await until('the count waits for the lock', async () => {
          const [rows] = await db.raw(
            "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'INSERT INTO%rate_limits%'",
          );
          return rows[0]?.id;
        });
        await db.raw(`KILL ${Number(waitingConnection)}`);
        return pendingResponse;
      });
      expect([response.status, response.message]).toEqual([503, "The database can't be reached; try again"]);
      const next = await getOwnToken(broken);
      expect([next.status, next.header('ratelimit')?.split(';t=')[0]]).toEqual([401, '"failed-authentications";r=48']);
    });

    it('500: does not respond with 401 if the table is missing', async () => {
      await broken.db.schema.dropTable('rate_limits');
      expect((await getOwnToken(broken)).status).toBe(500);
      expect(broken.logged()).toMatch(/rate_limits' doesn't exist/);
    });
  });
