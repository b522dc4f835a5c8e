import { beforeAll, describe, expect, it } from 'vitest';
import { createAccessToken, createApplication } from '../../generated/sdk.gen.ts';
import { createBodyBudget } from '../../server/http/body-budget.ts';
import { httpLimits } from '../../server/http/limits.ts';
import { type GivenToken, givenTenant, type Tenant } from '../support/given.ts';
import { multipartType, openSocket, responseOf, unfinishedMultipart } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer(
  {},
  {
    bodyBytesWithoutTokenMax: 25_000,
    bodyBytesPerCallerMax: 25_000,
    bodyBytesPerOrganizationMax: 30_000,
    bodyBytesMax: 45_000,
    uploadsMax: 5,
    uploadsPerOrganizationMax: 3,
    uploadsPerCallerMax: 2,
    unreadMs: 100,
  },
);
const [exchange, create, upload] = ['/api/v2/auth/client_token', '/api/applications', '/api/application-imports/upload'];
let [one, other]: Tenant[] = [];
beforeAll(async () => {
  [one, other] = [await givenTenant(server), await givenTenant(server)];
});
const secretOf = (tenant: Tenant | undefined) => (tenant as Tenant).writer.secret;

/** Sends a body without its end: this many bytes of a JSON text, or the start of an upload. */
function begin(path: string, secret: string | undefined, bytes: number) {
  const socket = openSocket(server);
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: x',
    `Content-Type: ${path === upload ? multipartType : 'application/json'}`,
    'Content-Length: 15000',
    ...(secret === undefined ? [] : [`Authorization: Bearer ${secret}`]),
  ];
  const body = path === upload ? unfinishedMultipart({ name: 'x', fileName: 'x.csv', content: 'x'.repeat(bytes) }) : 'x'.repeat(bytes);
  socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]));
  return socket;
}
type Begun = ReturnType<typeof begin>;

/** Waits until one of the calls is refused. Returns its number in the list, status, code and `Retry-After`. */
async function firstRefusal(sockets: Begun[]) {
  const index = await Promise.race(sockets.map((socket, number) => socket.closed.then(() => number)));
  const response = responseOf(await (sockets[index] as Begun).received());
  return { index, refusal: [response.status, (await response.json()).error, response.headers.get('retry-after')] };
}

async function close(sockets: Begun[]): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await Promise.all(sockets.map(({ closed }) => closed));
}

it('503: refuses the largest unfinished body if the bodies of callers without a token have too many bytes, and still responds to small ones', async () => {
  const held = [9_000, 9_800, 9_000].map((bytes) => begin(exchange, undefined, bytes));
  const { response } = await createAccessToken({
    client: server.client(),
    headers: { 'x-key': 'pak_x', 'x-hash': 'x' },
    body: { content: 'x', scope: 'gatehouse_api' },
  });
  expect(response?.status).toBe(401);
  expect(await firstRefusal(held)).toEqual({ index: 1, refusal: [503, 'unavailable', '1'] });
  await close(held);
});

it('429: refuses a credential whose unfinished bodies have too many bytes; other credentials are not affected', async () => {
  const held = [begin(create, secretOf(one), 14_000), begin(create, secretOf(one), 14_000)];
  const { response } = await createApplication({ client: (other as Tenant).writer.client, body: { name: 'x' } });
  expect(response?.status).toBe(201);
  expect((await firstRefusal(held)).refusal).toEqual([429, 'too_many_requests', '1']);
  await close(held);
});

it('429: refuses an organization whose credentials together have too many bytes; other organizations are not affected', async () => {
  const { writer, administrator } = one as Tenant;
  const held = [begin(create, writer.secret, 12_000), begin(create, administrator.secret, 12_000), begin(create, writer.secret, 9_000)];
  const { refusal } = await firstRefusal(held);
  expect(refusal).toEqual([429, 'too_many_requests', '1']);
  const { response } = await createApplication({ client: (other as Tenant).writer.client, body: { name: 'x' } });
  expect(response?.status).toBe(201);
  await close(held);
});

it('503: refuses the largest unfinished body if all callers together have too many bytes', async () => {
  const bodies: [Tenant | undefined, number][] = [
    [one, 9_000],
    [one, 14_000],
    [other, 11_000],
    [other, 13_000],
  ];
  const held = bodies.map(([tenant, bytes]) => begin(create, secretOf(tenant), bytes));
  expect(await firstRefusal(held)).toEqual({ index: 1, refusal: [503, 'unavailable', '1'] });
  await close(held);
});

it('429, 503: limits the uploads at the same time, for each credential, for each organization and in all', async () => {
  const [first, second] = [one, other] as [Tenant, Tenant];
  const beginAs = ({ secret }: GivenToken) => begin(upload, secret, 100);
  const held = [beginAs(first.writer), beginAs(first.writer), beginAs(first.writer)];
  const refused = await firstRefusal(held);
  expect(refused.refusal).toEqual([429, 'too_many_requests', '1']);
  held.splice(refused.index, 1);
  // Other credentials of the same organization get one more place.
  const ofOrganization = [beginAs(first.administrator), beginAs(first.administrator)];
  const inOrganization = await firstRefusal(ofOrganization);
  expect(inOrganization.refusal).toEqual([429, 'too_many_requests', '1']);
  ofOrganization.splice(inOrganization.index, 1);
  const others = [beginAs(second.writer), beginAs(second.writer), beginAs(second.administrator)];
  expect((await firstRefusal(others)).refusal).toEqual([503, 'unavailable', '1']);
  await close([...held, ...ofOrganization, ...others]);
});

describe('the budget', () => {
  it('lets one organization hold at most a quarter of all bytes, with any number of credentials', () => {
    const { bodyBytesMax, bodyBytesPerOrganizationMax, bodyBytesPerCallerMax } = httpLimits;
    const budget = createBodyBudget({
      bytesMax: bodyBytesMax,
      bytesPerOrganizationMax: bodyBytesPerOrganizationMax,
      bytesPerCallerMax: bodyBytesPerCallerMax,
    });
    const refused: number[] = [];
    const hold = (organizationId: string, tokenId: string) => {
      const share = budget.open({ organizationId, tokenId });
      share.onRefusal(({ status }) => refused.push(status));
      share.add(1024 ** 2);
    };
    for (let count = 0; count < 100; count++) hold('attacker', `token ${count % 50}`);
    expect(budget.bytes()).toBe(bodyBytesMax / 4);
    expect(refused).toEqual(Array(84).fill(429));
    for (let count = 0; count < 8; count++) hold('other', 'one token');
    expect([budget.bytes(), refused.length]).toEqual([bodyBytesMax / 4 + bodyBytesPerCallerMax, 84]);
  });

  it('has all bytes again once every share is released, also after refusals', () => {
    const budget = createBodyBudget({ bytesMax: 100, bytesPerOrganizationMax: 60, bytesPerCallerMax: 40 });
    const refused: number[] = [];
    const shares = Array.from({ length: 20 }, (_, index) => {
      const share = budget.open({ organizationId: `organization ${index % 2}`, tokenId: `token ${index % 4}` });
      share.onRefusal(({ status }) => refused.push(status));
      share.add(index * 3);
      if (index % 5 === 0) share.complete();
      return share;
    });
    expect(budget.bytes()).toBeLessThanOrEqual(100);
    expect(new Set(refused)).toEqual(new Set([429, 503]));
    for (const share of shares) share.release();
    expect(budget.bytes()).toBe(0);
  });
});
