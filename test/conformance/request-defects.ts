import type { Defect } from './defective-server.ts';
import { changeBody, changeReply, editBody, type KnownDefect, knownDefect, lifecycleDefect, withoutHeader } from './known-defects.ts';

const tokenPath = { item: /^\/api\/tokens\/[0-9a-f-]{36}$/, list: /^\/api\/tokens(\?page=\d+)?$/ };
const stackTrace = 'TypeError: Cannot read properties of undefined\n    at createToken (/srv/gatehouse/server/operations/tokens.ts:31:12)';

/** Replies to an invalid request with the reply to the last valid one. */
const acceptAll: Defect = {
  after: (reply, { method }, state) => {
    if (reply.status === 201) state.set('success', JSON.stringify(reply));
    const success = state.get('success');
    if (reply.status === 400 && method === 'POST' && success) Object.assign(reply, JSON.parse(success));
  },
};

export const requestDefects: KnownDefect[] = [
  knownDefect('500 with a stack trace for a NUL', 'createToken', 'no internal details', {
    after: (reply, { body }) => {
      if (!body.includes('\\u0000')) return;
      reply.status = 500;
      editBody(reply, (error) => Object.assign(error, { error: 'server_error', message: stackTrace }));
    },
  }),
  knownDefect('500 for malformed JSON', 'createToken', 'no server error', {
    after: (reply, { body }) => {
      if (body === '{"name": "x"') reply.status = 500;
    },
  }),
  knownDefect(
    'SQL in a message',
    'createToken',
    'no internal details',
    changeBody(400, (body) => Object.assign(body, { message: 'insert into `tokens` (`name`) values (?) failed' })),
  ),
  knownDefect('201 for an invalid body', 'createToken', 'refusal', acceptAll),
  knownDefect('names that are too long are shortened', 'createToken', 'refusal', {
    before: (call) => {
      call.body = call.body.replace(/"a{101}"/, `"${'a'.repeat(100)}"`);
    },
  }),
  knownDefect('unknown fields are ignored', 'createToken', 'refusal', {
    before: (call) => {
      call.body = call.body.replace(/,"conformanceExtra":"x"/, '');
    },
  }),
  knownDefect('every media type is read as JSON', 'createToken', 'refusal', {
    before: (call) => {
      if (call.body !== '') call.headers['content-type'] = 'application/json';
    },
  }),
  knownDefect('200 without a token', 'getSettings', 'refusal', {
    before: (call, state) => {
      const given = call.headers.authorization;
      if (/^Bearer \S{39}$/.test(given ?? '') && !given?.includes('AAAA')) state.set('token', given as string);
      if (given === undefined && state.has('token')) call.headers.authorization = state.get('token');
    },
  }),
  knownDefect(
    '403 without a token',
    'getSettings',
    'expected status',
    changeReply(401, (reply) => Object.assign(reply, { status: 403 })),
  ),
  knownDefect('401 without WWW-Authenticate', 'getSettings', 'declared header', withoutHeader(401, 'www-authenticate')),
  knownDefect('405 without Allow', 'getSettings', 'Allow', withoutHeader(405, 'allow'), 'DELETE /api/settings'),
  knownDefect(
    '405 with a wrong Allow',
    'getSettings',
    'Allow',
    changeReply(405, (reply) => Object.assign(reply.headers, { allow: 'GET, DELETE' })),
    'DELETE /api/settings',
  ),
  knownDefect(
    '404 for a wrong method',
    'getSettings',
    'expected status',
    changeReply(405, (reply) => Object.assign(reply, { status: 404 })),
    'PUT /api/settings',
  ),
  knownDefect('unknown query parameters are ignored', 'listApplications', 'refusal', {
    before: (call) => {
      call.path = call.path.replace(/\?conformanceUnknown=1/, '');
    },
  }),
  knownDefect(
    'an error that does not name the wrong part',
    'listApplications',
    'names the wrong part',
    changeBody(400, (body) => {
      body.message = 'Bad request';
      delete body.errors;
    }),
  ),
  knownDefect('404 for a malformed id', 'getIdentity', 'expected status', {
    after: (reply, { path }) => {
      if (!path.includes('not-one')) return;
      reply.status = 404;
      editBody(reply, (body) => Object.assign(body, { error: 'not_found' }));
    },
  }),
  knownDefect(
    'an HTML error page',
    'listApplications',
    'media type',
    changeReply(400, (reply) => {
      reply.headers['content-type'] = 'text/html';
      reply.body = '<html><body><h1>400 Bad Request</h1></body></html>';
    }),
  ),
  knownDefect(
    'an empty body',
    'getSettings',
    'JSON',
    changeReply(200, (reply) => Object.assign(reply, { body: '' })),
  ),
  knownDefect(
    'unfinished JSON',
    'getSettings',
    'JSON',
    changeReply(200, (reply) => Object.assign(reply, { body: reply.body.slice(0, -2) })),
  ),
  knownDefect('HEAD is not supported', 'getSettings', 'expected status', {
    after: (reply, { method }) => {
      if (method === 'HEAD') reply.status = 405;
    },
  }),
  knownDefect('the connection is closed without a response', 'updateSettings', 'response', {
    before: ({ method, body }) => (method === 'PATCH' && body === '[]' ? 'close connection' : undefined),
  }),
  lifecycleDefect('a deleted item can still be read', 'getToken', 'refusal', {
    after: (reply, { method, path }, state) => {
      if (method !== 'GET' || !tokenPath.item.test(path)) return;
      if (reply.status === 200) state.set(path, JSON.stringify(reply));
      else if (reply.status === 404 && state.has(path)) Object.assign(reply, JSON.parse(state.get(path) as string));
    },
  }),
  lifecycleDefect('a deleted item is still listed', 'listTokens', 'the list no longer has the deleted item', {
    before: ({ method, path }) => (method === 'DELETE' && tokenPath.item.test(path) ? { status: 204, headers: {}, body: '' } : undefined),
  }),
  lifecycleDefect('a created item is not listed', 'listTokens', 'the list has the created item', {
    after: (reply, { path }) => {
      if (tokenPath.list.test(path) && reply.status === 200)
        editBody(reply, (body) =>
          Object.assign(body, { items: body.items.filter(({ name }: { name: string }) => !name.startsWith('conformance-')) }),
        );
    },
  }),
  lifecycleDefect('a created item has another name', 'getToken', 'fields as created', {
    after: (reply, { method, path }) => {
      if (method === 'GET' && tokenPath.item.test(path) && reply.status === 200)
        editBody(reply, (body) => Object.assign(body, { name: 'Another' }));
    },
  }),
  lifecycleDefect('the Idempotency-Key is ignored', 'createToken', 'created once', {
    before: ({ headers }) => {
      delete headers['idempotency-key'];
    },
  }),
];
