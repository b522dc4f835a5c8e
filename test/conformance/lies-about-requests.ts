import type { Lie } from './broken-server.ts';
import { at, change, type Defect, family, lie, onStatus, withoutHeader } from './lies.ts';

const token = { one: /^\/api\/tokens\/[0-9a-f-]{36}$/, list: /^\/api\/tokens(\?page=\d+)?$/ };
const stack = 'TypeError: Cannot read properties of undefined\n    at createToken (/srv/gatehouse/server/operations/tokens.ts:31:12)';

/** A bad request is done as the last good one was. */
const acceptAll: Lie = {
  after: (reply, { method }, memory) => {
    if (reply.status === 201) memory.set('good', JSON.stringify(reply));
    const good = memory.get('good');
    if (reply.status === 400 && method === 'POST' && good) Object.assign(reply, JSON.parse(good));
  },
};

export const liesAboutRequests: Defect[] = [
  lie('500 with a stack trace for a NUL', 'createToken', 'no insides', {
    after: (reply, { body }) => {
      if (!body.includes('\\u0000')) return;
      reply.status = 500;
      change(reply, (error) => Object.assign(error, { error: 'server_error', message: stack }));
    },
  }),
  lie('500 for broken JSON', 'createToken', 'no failure', {
    after: (reply, { body }) => {
      if (body === '{"name": "x"') reply.status = 500;
    },
  }),
  lie(
    'SQL in a message',
    'createToken',
    'no insides',
    onStatus(400, (body) => Object.assign(body, { message: 'insert into `tokens` (`name`) values (?) failed' })),
  ),
  lie('201 for a bad body', 'createToken', 'refusal', acceptAll),
  lie('names that are too long are cut', 'createToken', 'refusal', {
    before: (call) => {
      call.body = call.body.replace(/"a{101}"/, `"${'a'.repeat(100)}"`);
    },
  }),
  lie('unknown members are dropped', 'createToken', 'refusal', {
    before: (call) => {
      call.body = call.body.replace(/,"conformanceExtra":"x"/, '');
    },
  }),
  lie('any content type is JSON', 'createToken', 'refusal', {
    before: (call) => {
      if (call.body !== '') call.headers['content-type'] = 'application/json';
    },
  }),
  lie('200 without a token', 'getSettings', 'refusal', {
    before: (call, memory) => {
      const given = call.headers.authorization;
      if (/^Bearer \S{39}$/.test(given ?? '') && !given?.includes('AAAA')) memory.set('token', given as string);
      if (given === undefined && memory.has('token')) call.headers.authorization = memory.get('token');
    },
  }),
  lie(
    '403 without a token',
    'getSettings',
    'expected status',
    at(401, (reply) => Object.assign(reply, { status: 403 })),
  ),
  lie('401 without WWW-Authenticate', 'getSettings', 'declared header', withoutHeader(401, 'www-authenticate')),
  lie('405 without Allow', 'getSettings', 'Allow', withoutHeader(405, 'allow'), 'DELETE /api/settings'),
  lie(
    '405 with an Allow that is wrong',
    'getSettings',
    'Allow',
    at(405, (reply) => Object.assign(reply.headers, { allow: 'GET, DELETE' })),
    'DELETE /api/settings',
  ),
  lie(
    '404 for a wrong method',
    'getSettings',
    'expected status',
    at(405, (reply) => Object.assign(reply, { status: 404 })),
    'PUT /api/settings',
  ),
  lie('unknown query parameters are ignored', 'listApplications', 'refusal', {
    before: (call) => {
      call.path = call.path.replace(/\?conformanceUnknown=1/, '');
    },
  }),
  lie(
    'an error that names nothing',
    'listApplications',
    'names what is wrong',
    onStatus(400, (body) => {
      body.message = 'Bad request';
      delete body.errors;
    }),
  ),
  lie('404 for a malformed id', 'getIdentity', 'expected status', {
    after: (reply, { path }) => {
      if (!path.includes('not-one')) return;
      reply.status = 404;
      change(reply, (body) => Object.assign(body, { error: 'not_found' }));
    },
  }),
  lie(
    'an HTML error page',
    'listApplications',
    'media type',
    at(400, (reply) => {
      reply.headers['content-type'] = 'text/html';
      reply.body = '<html><body><h1>400 Bad Request</h1></body></html>';
    }),
  ),
  lie(
    'an empty body',
    'getSettings',
    'JSON',
    at(200, (reply) => Object.assign(reply, { body: '' })),
  ),
  lie(
    'JSON that breaks off',
    'getSettings',
    'JSON',
    at(200, (reply) => Object.assign(reply, { body: reply.body.slice(0, -2) })),
  ),
  lie('HEAD is not known', 'getSettings', 'expected status', {
    after: (reply, { method }) => {
      if (method === 'HEAD') reply.status = 405;
    },
  }),
  lie('the connection is cut', 'updateSettings', 'an answer', {
    before: ({ method, body }) => (method === 'PATCH' && body === '[]' ? 'hang up' : undefined),
  }),
  family('a deleted thing is still readable', 'getToken', 'refusal', {
    after: (reply, { method, path }, memory) => {
      if (method !== 'GET' || !token.one.test(path)) return;
      if (reply.status === 200) memory.set(path, JSON.stringify(reply));
      else if (reply.status === 404 && memory.has(path)) Object.assign(reply, JSON.parse(memory.get(path) as string));
    },
  }),
  family('a deleted thing is still listed', 'listTokens', 'no longer lists what was deleted', {
    before: ({ method, path }) => (method === 'DELETE' && token.one.test(path) ? { status: 204, headers: {}, body: '' } : undefined),
  }),
  family('a list without what was created', 'listTokens', 'lists what was created', {
    after: (reply, { path }) => {
      if (token.list.test(path) && reply.status === 200)
        change(reply, (body) =>
          Object.assign(body, { items: body.items.filter(({ name }: { name: string }) => !name.startsWith('conformance-')) }),
        );
    },
  }),
  family('another name than was created', 'getToken', 'reads what was created', {
    after: (reply, { method, path }) => {
      if (method === 'GET' && token.one.test(path) && reply.status === 200)
        change(reply, (body) => Object.assign(body, { name: 'Another' }));
    },
  }),
  family('the Idempotency-Key is ignored', 'createToken', 'done once', {
    before: ({ headers }) => {
      delete headers['idempotency-key'];
    },
  }),
];
