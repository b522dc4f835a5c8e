import { bearer, boundaries, exchange, headOf, membersOf, post, shortNames, unfinishedBody } from './request-bytes.ts';

/** One attack on a server. Its bytes are built in the attacking process, because they may be large. */
export interface Attack {
  title: string;
  /** `flood` sends requests one after another on each connection; `hold` keeps connections open that never finish. */
  kind: 'flood' | 'hold';
  connections: number;
  /** The statuses that show that a flood did what its title says. */
  statuses?: number[];
  /** Number of addresses that the connections come from. */
  addresses?: number;
  /** Descriptors that the server may open; undefined for as many as the system allows. */
  descriptors?: number;
  /** Bytes that a held connection sends every three seconds. */
  dribble?: string;
  /** True if the attacker does not receive the responses. */
  isUnread?: boolean;
  /** True if each request has other bytes. */
  varies?: boolean;
  /** True if the attacker has a token. The server then keeps a row in the API log for each of its calls up to the rate limit. */
  hasToken?: boolean;
  /** True for a server on a small volume, which another program fills during the attack. */
  fillsVolume?: boolean;
  /** The bytes of a request, or of the part that a held connection sends. `secret` is the token of an administrator. */
  bytes: (secret: string, count: number) => Buffer;
}

const refusedCall = Buffer.from(headOf('GET', '/api/application-imports', bearer('pa_unknown')));

/** The attacks, by the names that the command uses. */
export const attacks: Record<string, Attack> = {
  query: {
    title: '3,870 query parameters',
    kind: 'flood',
    statuses: [400],
    connections: 8,
    bytes: () => Buffer.from(headOf('GET', `/healthz?${shortNames(3870).join('&')}`)),
  },
  members: {
    title: '130,500 unknown members, no token',
    kind: 'flood',
    statuses: [413],
    connections: 8,
    bytes: () =>
      post(
        exchange,
        `{${shortNames(130_500)
          .map((name) => `"${name}":1`)
          .join(',')}}`.slice(0, 1_048_576),
      ),
  },
  'small-members': {
    title: '2,250 unknown members in 16 KB, no token',
    kind: 'flood',
    statuses: [400, 429],
    connections: 8,
    bytes: () =>
      post(
        exchange,
        `{${shortNames(2_250)
          .map((name) => `"${name}":`)
          .join('1,')}1}`,
      ),
  },
  'long-names': {
    title: '16 KB of unknown names of 200 characters, no token',
    kind: 'flood',
    statuses: [400, 429],
    connections: 8,
    bytes: () => post(exchange, membersOf(78, 200, 0)),
  },
  'small-requests': {
    title: 'small bodies, no token',
    kind: 'flood',
    statuses: [400, 401, 429],
    connections: 256,
    bytes: () => post(exchange, '{"scope":"gatehouse_api","content":"x"}', 'x-key: pak_unknown', 'x-hash: 00'),
  },
  'most-members': {
    title: '9,990 unknown members in 1 MB',
    kind: 'flood',
    statuses: [400, 429],
    connections: 8,
    hasToken: true,
    bytes: (secret) => post('/api/applications', membersOf(9990, 4, 90), bearer(secret)),
  },
  permissions: {
    title: '340,000 permissions',
    kind: 'flood',
    statuses: [400, 429],
    connections: 12,
    hasToken: true,
    bytes: (secret) => post('/api/tokens', `{"name":"x","permissions":[${'{},'.repeat(339_999)}{}]}`, bearer(secret)),
  },
  nesting: {
    title: '5,000 levels of nesting',
    kind: 'flood',
    statuses: [400, 429],
    connections: 8,
    hasToken: true,
    varies: true,
    bytes: (secret, count) =>
      post(
        '/v2/facts/default/production/users',
        `{"key":"x","attributes":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
        bearer(secret),
        `Idempotency-Key: ${count}`,
      ),
  },
  unfinished: {
    title: '2,300 unfinished bodies of 1 MB',
    kind: 'hold',
    connections: 2300,
    bytes: () => unfinishedBody(1_000_000, 1_048_576),
  },
  'small-bodies': {
    title: '2,300 unfinished bodies of 16 KB',
    kind: 'hold',
    connections: 2300,
    bytes: () => unfinishedBody(16_000, 16_384),
  },
  trickle: {
    title: '5,000 bodies, a byte every 3 s',
    kind: 'hold',
    connections: 5000,
    dribble: 'x',
    bytes: () => unfinishedBody(1, 16_384),
  },
  connections: { title: '1,100 silent connections', kind: 'hold', connections: 1100, descriptors: 1024, bytes: () => Buffer.alloc(0) },
  addresses: {
    title: '1,600 connections, 16 addresses',
    kind: 'hold',
    connections: 1600,
    addresses: 16,
    descriptors: 1024,
    bytes: () => Buffer.from('GET / HTTP/1.1\r\nX-A: '),
  },
  unread: {
    title: 'responses that are not received',
    kind: 'hold',
    connections: 100,
    isUnread: true,
    bytes: () => Buffer.from(headOf('GET', '/openapi.json').repeat(200)),
  },
  multipart: {
    title: '30 MB of parts without headers',
    kind: 'flood',
    statuses: [400, 429],
    connections: 4,
    hasToken: true,
    bytes: (secret) => boundaries(secret, 30),
  },
  'log-flood': { title: 'refused calls without a token', kind: 'flood', statuses: [401, 429], connections: 64, bytes: () => refusedCall },
  'log-rows': {
    title: '55 members of 1,000 characters',
    kind: 'flood',
    statuses: [413],
    connections: 16,
    varies: true,
    bytes: (_secret, count) =>
      post(exchange, JSON.stringify(Object.fromEntries(shortNames(55).map((name) => [name + String(count).padStart(997, 'x'), 1])))),
  },
  'full-volume': {
    title: 'the same refused calls while a volume fills',
    kind: 'flood',
    statuses: [401, 429, 503],
    connections: 64,
    fillsVolume: true,
    bytes: () => refusedCall,
  },
};
