import { beforeAll, describe, expect, it } from 'vitest';
import { newTokenSecret } from '../../server/common/secret-format.ts';
import { contractFetch } from '../support/contract.ts';
import { givenTenant } from '../support/given.ts';
import { until } from '../support/process.ts';
import { type TestServer, useServer } from '../support/server.ts';
import { isMySqlRun } from '../support/test-database.ts';

async function ask(server: TestServer, { secret, from }: { secret?: string | undefined; from?: string | undefined } = {}) {
  const headers = { ...(secret && { Authorization: `Bearer ${secret}` }), ...(from !== undefined && { 'X-Forwarded-For': from }) };
  const answer = await contractFetch(`${server.url}/api/tokens/current`, { headers });
  return { status: answer.status, header: (name: string) => answer.headers.get(name), message: (await answer.json()).message };
}
const statuses = async (server: TestServer, ...froms: string[]) => {
  const answered = [];
  for (const from of froms) answered.push((await ask(server, { from })).status);
  return answered;
};

describe('an address without a good token', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 3 });

  it('429: one failure over the limit says which limit and how long; a good token from there goes on', async () => {
    const { administrator } = await givenTenant(server);
    const secrets = [undefined, 'pa_x', newTokenSecret()];
    const answers = [];
    for (const secret of secrets) answers.push(await ask(server, { secret }));
    expect(answers.map(({ status, header }) => [status, header('ratelimit')?.split(';t=')[0]])).toEqual([
      [401, '"failed-authentications";r=2'],
      [401, '"failed-authentications";r=1'],
      [401, '"failed-authentications";r=0'],
    ]);
    for (const secret of secrets) {
      const { status, message, header } = await ask(server, { secret });
      const seconds = Number(header('retry-after'));
      expect([status, seconds >= 1 && seconds <= 60]).toEqual([429, true]);
      expect(message).toBe(`More than 3 failed authentications in 60 seconds; try again in ${seconds} second${seconds === 1 ? '' : 's'}`);
      expect(header('ratelimit')).toBe(`"failed-authentications";r=0;t=${seconds}`);
      expect(header('ratelimit-policy')).toBe('"failed-authentications";q=3;w=60');
    }
    const good = await ask(server, { secret: administrator.secret });
    expect([good.status, good.header('ratelimit-policy')]).toEqual([200, '"default";q=1000000;w=60']);
  });
});

describe('without a proxy', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 1 });

  it('429: whatever x-forwarded-for says, the address is the one that connects', async () => {
    expect(await statuses(server, '203.0.113.1', '203.0.113.2', '203.0.113.3, 203.0.113.4')).toEqual([401, 429, 429]);
  });
});

describe('behind one proxy', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 1, trustedProxies: 1 });

  it('429: the address is what the proxy added last, whatever the client wrote before', async () => {
    expect(await statuses(server, '203.0.113.1', '203.0.113.2', '203.0.113.2', '203.0.113.3, 203.0.113.1')).toEqual([401, 401, 429, 429]);
  });

  it('429: IPv6 addresses of one /64 count together', async () => {
    expect(await statuses(server, '2001:db8:0:1::1', '2001:db8:0:1:ffff::2', '2001:db8:0:2::1')).toEqual([401, 429, 401]);
  });
});

describe('behind two proxies', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 1, trustedProxies: 2 });

  it('429: the address is the last but one', async () => {
    const froms = ['198.51.100.1, 203.0.113.1, 10.0.0.1', '198.51.100.2, 203.0.113.1, 10.0.0.1', '198.51.100.1, 203.0.113.2, 10.0.0.1'];
    expect(await statuses(server, ...froms)).toEqual([401, 429, 401]);
  });
});

describe('with a limit of 0', () => {
  const server = useServer({ failedAuthenticationsPerMinute: 0, rateLimitPerMinute: 0 });

  it('401: there is no limit', async () => {
    for (let count = 0; count < 100; count++) expect((await ask(server)).status).toBe(401);
    expect((await ask(server)).header('ratelimit')).toBe('unlimited');
  });
});

if (isMySqlRun)
  describe('on MySQL', () => {
    const away = useServer();
    const broken = useServer({ failedAuthenticationsPerMinute: 50 });
    beforeAll(() => away.db.destroy());

    it('503: a failure that can not be counted is not answered as if it had been', async () => {
      const { status, message } = await ask(away);
      expect([status, message]).toEqual([503, "The database can't be reached; try again"]);
    });

    it('503: nor is one whose connection is lost while it is counted; the next one is counted', async () => {
      const { db } = broken;
      expect((await ask(broken)).status).toBe(401);
      const answer = await db.transaction(async (trx) => {
        await trx('rate_limits').forUpdate().select();
        const asked = ask(broken);
        const waiting = await until('the count waits for the lock', async () => {
          const [rows] = await db.raw(
            "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'INSERT INTO%rate_limits%'",
          );
          return rows[0]?.id;
        });
        await db.raw(`KILL ${Number(waiting)}`);
        return asked;
      });
      expect([answer.status, answer.message]).toEqual([503, "The database can't be reached; try again"]);
      const next = await ask(broken);
      expect([next.status, next.header('ratelimit')?.split(';t=')[0]]).toEqual([401, '"failed-authentications";r=48']);
    });

    it('500: neither is one for which the table is missing', async () => {
      await broken.db.schema.dropTable('rate_limits');
      expect((await ask(broken)).status).toBe(500);
      expect(broken.logged()).toMatch(/rate_limits' doesn't exist/);
    });
  });
