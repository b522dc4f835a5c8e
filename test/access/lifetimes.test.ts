import { expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  createAccessKey,
  createOrganization,
  createToken,
  getCurrentToken,
  revealToken,
  rotateToken,
  updateAccessKey,
  updateToken,
} from '../../generated/sdk.gen.ts';
import { fromInstant, toInstant } from '../../server/database/instants.ts';
import { contractText, type Json, operationsIn } from '../contract-file/documents.ts';
import { messageOf } from '../support/api-results.ts';
import { type GivenToken, givenToken } from '../support/given.ts';
import { exchangeKey, givenAccessKey } from '../support/given-keys.ts';
import { givenHostToken } from '../support/given-levels.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const hourMs = 3_600_000;
const inHours = (hours: number) => new Date(server.clock.now.getTime() + hours * hourMs);

/** The operations whose responses have a new secret, or one that the caller may not know. */
const operationsWithSecrets = ['createAccessKey', 'createOrganization', 'createToken', 'revealToken', 'rotateToken'];

it('the operations that return a secret are those that this file calls', () => {
  const contract: Json = parse(contractText);
  const resolve = (value: Json): Json =>
    value.$ref
      ? value.$ref
          .split('/')
          .slice(1)
          .reduce((at: Json, name: string) => at[name], contract)
      : value;
  const hasSecret = (response: Json) => {
    const schema = resolve(response).content?.['application/json']?.schema;
    return schema !== undefined && Object.keys(resolve(schema).properties ?? {}).some((name) => /secret$/i.test(name));
  };
  const found = operationsIn(contract).filter(({ operation }) => Object.values(operation.responses).some(hasSecret));
  expect(found.map(({ operation }) => operation.operationId).sort()).toEqual(operationsWithSecrets);
});

/** Tries everything that returns or prolongs a secret, with every expiration. Returns the secrets that the caller got. */
async function attemptAll({ client }: GivenToken, others: { id: string; secret: string }[], keyId: string): Promise<string[]> {
  const secrets: string[] = [];
  // biome-ignore lint/suspicious/noExplicitAny: each operation has a result of its own.
  const keep = ({ data }: any) => {
    if (data?.secret && data.kind !== 'Access Key') secrets.push(data.secret);
    if (data?.api_key_secret) secrets.push(data.api_key_secret);
    return data;
  };
  const ends = [undefined, null, inHours(1).toISOString(), inHours(2).toISOString(), inHours(3).toISOString()];
  for (const expirationDate of ends) {
    const body = { name: 'More', accessLevel: 'Administrator' as const, ...(expirationDate !== undefined && { expirationDate }) };
    keep(await createToken({ client, body }));
    const key = keep(await createAccessKey({ client, body }));
    if (key) secrets.push((await exchangeKey(server, key)).access_token as string);
    for (const { id } of others) keep(await updateToken({ client, path: { id }, body: { expirationDate: expirationDate ?? null } }));
    await updateAccessKey({ client, path: { id: keyId }, body: { expirationDate: expirationDate ?? null } });
  }
  for (const { id } of others) {
    keep(await rotateToken({ client, path: { id }, body: { gracePeriodHours: 168 } }));
    keep(await revealToken({ client, path: { id } }));
    await updateToken({ client, path: { id }, body: { isDisabled: false } });
    await updateToken({ client, path: { id }, body: { accessLevel: 'Administrator' } });
  }
  keep(await createOrganization({ client, body: { key: `mine-${others.length}` } }));
  return secrets;
}

const statusOf = async (secret: string) => (await getCurrentToken({ client: server.client(secret) })).response?.status;

it('401: whatever a caller that expires does, no secret that it has or gets is valid after its end', async () => {
  const host = await givenHostToken(server);
  const end = toInstant(inHours(2));
  const expiring = await givenToken(server, { id: host.row.organization_id }, { access_level: 'Administrator', expires_at: end });
  const peer = await givenToken(server, { id: host.row.organization_id }, { access_level: 'Read' });
  const endless = (await createToken({ client: host.client, body: { name: 'Endless', accessLevel: 'Read', isRevealable: true } })).data;
  const disabled = await givenToken(server, { id: host.row.organization_id }, { disabled_at: toInstant(server.clock.now) });
  const key = await givenAccessKey(expiring, { accessLevel: 'Administrator', expirationDate: fromInstant(end).toISOString() });
  const byKey = { ...expiring, client: server.client((await exchangeKey(server, key)).access_token) };

  const others = [expiring, peer, disabled].map(({ row, secret }) => ({ id: row.id, secret }));
  if (endless) others.push(endless);
  const secrets = [...(await attemptAll(expiring, others, key.id)), ...(await attemptAll(byKey, others, key.id))];
  // At least the tokens and access keys that end with the caller or earlier, and its own rotation.
  expect(secrets.length).toBeGreaterThan(8);
  const { now } = server.clock;
  server.clock.now = fromInstant(end);
  const statuses = await Promise.all([...secrets, expiring.secret].map(statusOf));
  server.clock.now = now;
  expect(statuses.filter((status) => status !== 401)).toEqual([]);
});

it('401: a secret that a rotation has replaced prolongs nothing, so its grace period is its end', async () => {
  const host = await givenHostToken(server);
  const leaked = await givenToken(server, { id: host.row.organization_id }, { access_level: 'Administrator' });
  await rotateToken({ client: host.client, path: { id: leaked.row.id }, body: { gracePeriodHours: 2 } });
  const rotation = await rotateToken({ client: leaked.client, path: { id: leaked.row.id }, body: {} });
  expect(messageOf(rotation)).toEqual([
    403,
    `This token may not rotate token Nightly, because this token ends earlier; the latest possible expiration is ${inHours(2).toISOString()}`,
  ]);
  const key = await givenAccessKey(host);
  const secrets = await attemptAll(leaked, [{ id: leaked.row.id, secret: leaked.secret }], key.id);
  const { now } = server.clock;
  server.clock.now = inHours(2);
  const statuses = await Promise.all([...secrets, leaked.secret].map(statusOf));
  server.clock.now = now;
  expect(statuses.filter((status) => status !== 401)).toEqual([]);
});
