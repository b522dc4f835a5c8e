import { beforeAll, describe, expect, it } from 'vitest';
import { newTokenSecret } from '../../server/common/secret-format.ts';
import {
  bodyTypeOf,
  callOperation,
  isSecured,
  isUpload,
  newUploadBody,
  type Operation,
  type OperationCall,
  operationsWithBody,
  securedOperations,
} from '../support/call-operation.ts';
import { contractFetch, operations } from '../support/contract.ts';
import { givenTenant, givenToken, type Tenant } from '../support/given.ts';
import { logLinesOf, streamOf } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const limited = useServer({ rateLimitPerMinute: 1, failedAuthenticationsPerMinute: 1 });
const disconnected = useServer();
const broken = useServer();
let tenant: Tenant;
let [disconnectedSecret, brokenSecret] = ['', ''];
beforeAll(async () => {
  tenant = await givenTenant(server);
  disconnectedSecret = (await givenTenant(disconnected)).administrator.secret;
  await disconnected.db.destroy();
  brokenSecret = (await givenTenant(broken)).administrator.secret;
  await broken.db.schema.renameTable('tokens', 'tokens_elsewhere');
});

describe.each(securedOperations.map((operation) => [operation.operationId as string, operation] as const))(
  '%s',
  (_operationId, operation) => {
    it('401: the same error for no token, a malformed token and an unknown token', async () => {
      for (const headers of [
        {},
        { Authorization: 'Basic YTpi' },
        { Authorization: 'Bearer pa_x' },
        { Authorization: `Bearer ${newTokenSecret()}` },
      ]) {
        const { status, error, header } = await callOperation(server, operation, { headers: headers as Record<string, string> });
        expect([status, error?.error, error?.message]).toEqual([401, 'unauthorized', 'Invalid or expired authentication token']);
        expect(header('www-authenticate')).toMatch(
          'Authorization' in headers ? /^Bearer .*error="invalid_token"/ : /^Bearer realm="gatehouse"$/,
        );
      }
    });

    it('429: refuses one request over the limit and says how long to wait; other tokens are not affected', async () => {
      const tenantOfLimited = await givenTenant(limited);
      const { secret } = await givenToken(limited, tenantOfLimited.organization, { access_level: 'Administrator' });
      expect((await callOperation(limited, operation, { secret })).status).not.toBe(429);
      const { status, error, header } = await callOperation(limited, operation, { secret });
      const seconds = Number(header('retry-after'));
      expect([status, error?.error, seconds >= 1 && seconds <= 60]).toEqual([429, 'too_many_requests', true]);
      expect(error?.message).toMatch(/^More than 1 request in 60 seconds; try again in \d+ seconds?$/);
      expect([header('ratelimit'), header('ratelimit-policy')]).toEqual([`"default";r=0;t=${seconds}`, '"default";q=1;w=60']);
      expect((await callOperation(limited, operation, { secret: tenantOfLimited.administrator.secret })).status).not.toBe(429);
    });

    it('503: asks to try again while the database is unreachable, and never says that the token is wrong', async () => {
      for (const secret of [disconnectedSecret, newTokenSecret()]) {
        const { status, error, header } = await callOperation(disconnected, operation, { secret });
        expect([status, error?.error, error?.message]).toEqual([503, 'unavailable', "The database can't be reached; try again"]);
        expect(header('retry-after')).toBe('1');
      }
    });

    it('500: a fixed message if the database fails; the log has the cause under the same correlation id', async () => {
      const { status, error, text, header } = await callOperation(broken, operation, { secret: brokenSecret });
      const message = 'An unexpected error occurred; give the correlation id to the operator of this server';
      const correlationId = header('x-correlation-id') as string;
      expect([status, error]).toEqual([500, { error: 'server_error', message, correlationId }]);
      expect(text).not.toMatch(/select|tokens|table|sqlite|mysql/i);
      const lines = logLinesOf(broken, correlationId);
      expect(lines.map(({ level }) => level)).toContain('error');
      expect(JSON.stringify(lines)).toMatch(/no such table: tokens|tokens' doesn't exist/);
      expect(broken.logged()).not.toContain(brokenSecret);
    });
  },
);

describe.each(operations.map((operation) => [operation.operationId as string, operation] as const))('%s', (_operationId, operation) => {
  it('400: refuses an unknown query parameter and names it', async () => {
    const secret = isSecured(operation) ? tenant.administrator.secret : undefined;
    const { status, error } = await callOperation(server, operation, { ...(secret && { secret }), query: '?surprise=1' });
    expect([status, error?.error]).toEqual([400, 'validation_error']);
    expect(error?.errors).toContainEqual({ field: 'surprise', message: 'Is not a known query parameter' });
  });
});

describe.each(operationsWithBody.map((operation) => [operation.operationId as string, operation] as const))(
  '%s',
  (_operationId, operation) => {
    const send = (call: OperationCall) => callOperation(server, operation, { secret: tenant.administrator.secret, ...call });

    it('400: refuses a malformed body, an empty body and a missing body', async () => {
      for (const body of [
        isUpload(operation) ? newUploadBody(1).subarray(0, -9) : '{"name": ',
        isUpload(operation) ? 'no parts' : '',
        undefined,
      ]) {
        const { status, error } = await send({ body });
        expect([status, error?.errors?.[0]?.field]).toEqual([400, 'body']);
      }
    });

    it('413: refuses a body over the limit, with and without Content-Length', async () => {
      const limit = isUpload(operation) ? server.config.uploadBytesMax : isSecured(operation) ? 1_048_576 : 16_384;
      const body = isUpload(operation) ? newUploadBody(limit + 1) : Buffer.from(JSON.stringify('x'.repeat(limit - 1)));
      for (const bytes of [body, streamOf(body)]) {
        const { status, error } = await send({ body: bytes });
        expect([status, error?.error, error?.message]).toEqual([413, 'payload_too_large', `The body is larger than ${limit} bytes`]);
      }
    });

    it('415: refuses a body of another media type, without a media type, or compressed', async () => {
      const type = bodyTypeOf(operation);
      const messageFor = async (call: OperationCall) => {
        const { status, error } = await send(call);
        return [status, error?.error, error?.message];
      };
      const refused = (message: string) => [415, 'unsupported_media_type', message];
      const wrong = { headers: { 'Content-Type': 'text/plain' } };
      expect(await messageFor(wrong)).toEqual(refused(`The body must be ${type}, but Content-Type is text/plain`));
      expect(await messageFor({ headers: { 'Content-Type': '' } })).toEqual(
        refused(`The body must be ${type}, but Content-Type is missing`),
      );
      const zipped = { headers: { 'Content-Encoding': 'gzip' } };
      expect(await messageFor(zipped)).toEqual(refused('The body must not be compressed, but Content-Encoding is gzip'));
    });
  },
);

it('429: counts requests without a token by address, and never counts health checks', async () => {
  const [operation] = securedOperations as [Operation];
  expect((await callOperation(limited, operation, {})).status).toBe(401);
  expect((await callOperation(limited, operation, {})).status).toBe(429);
  const [health] = operations.filter(({ operationId }) => operationId === 'getHealth') as [Operation];
  for (let count = 0; count < 3; count++) expect((await callOperation(limited, health, {})).status).toBe(200);
});

it('200, 503: while the database is unreachable, the process is healthy but not ready', async () => {
  const status = async (path: string) => (await contractFetch(disconnected.url + path)).status;
  expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 503]);
});
