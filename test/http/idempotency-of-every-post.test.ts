import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { toInstant } from '../../server/database/instants.ts';
import { bodyTypeOf, callOperation, isUpload, newUploadBody, type Operation, securedOperations } from '../support/call-operation.ts';
import { givenTenant, type Tenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await givenTenant(server);
});

const postOperations = securedOperations.filter(({ method }) => method === 'post');

describe.each(postOperations.map((operation) => [operation.operationId as string, operation] as const))('%s', (_operationId, operation) => {
  /** Returns the contract's example. Its items do not exist, but the server checks the key before the handler looks for them. */
  const exampleOf = ({ requestBody }: Operation) => {
    const content = Object.values(
      (requestBody as { content?: Record<string, { examples?: Record<string, { value: unknown }> }> })?.content ?? {},
    );
    return JSON.stringify(Object.values(content[0]?.examples ?? {})[0]?.value);
  };
  const sendWithKey = async (key: string) => {
    const body = bodyTypeOf(operation) === undefined ? {} : { body: isUpload(operation) ? newUploadBody(1) : exampleOf(operation) };
    const params = { projectKey: 'default', environmentKey: 'production' };
    return callOperation(server, operation, { params, secret: tenant.administrator.secret, headers: { 'Idempotency-Key': key }, ...body });
  };
  const givenKey = async (answer: Buffer | null) => {
    const key = randomUUID();
    const leaseUntil = toInstant(new Date(server.clock.now.getTime() + 60_000));
    await server.db('idempotency_keys').insert({
      key_hash: createHash('sha256')
        .update(JSON.stringify([tenant.administrator.row.id, key]))
        .digest(),
      fingerprint: Buffer.alloc(32),
      lease_id: randomUUID(),
      lease_until: leaseUntil,
      created_at: toInstant(server.clock.now),
      answer,
    });
    return key;
  };

  it('409: refuses a request while the first one with the same key is in progress', async () => {
    const { status, error, header } = await sendWithKey(await givenKey(null));
    expect([status, error?.error, header('retry-after')]).toEqual([409, 'conflict', '1']);
  });

  it('422: refuses another request with the same key', async () => {
    const { status, error } = await sendWithKey(await givenKey(Buffer.from('a stored response')));
    expect([status, error?.error]).toEqual([422, 'unprocessable_entity']);
  });
});
