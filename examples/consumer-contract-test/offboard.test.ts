import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clientOf, findMock } from './mock.ts';
import { offboard, SettingsError } from './offboard.ts';

const email = 'schen@firstbankofvalkyrie.com';
const date = '2035-04-15';

let mock: Awaited<ReturnType<typeof findMock>>;
before(async () => {
  mock = await findMock();
});
after(() => mock?.stop());

test('finds the identity and reports the event once', async () => {
  const { client, sent } = clientOf(mock.url);
  const outcome = await offboard(client, email, date);
  assert.deepEqual(outcome, { kind: 'reported', event: 314 });

  const [list, create] = sent as [Request, Request];
  assert.equal(new URL(list.url).searchParams.get('email'), email);
  const body = (await create.json()) as { identityId: string; effectiveDate: string };
  assert.equal(body.effectiveDate, date);
  assert.equal(create.headers.get('Idempotency-Key'), `offboard-${body.identityId}-${date}`);
});

test('401: names the setting to correct', async () => {
  const { client } = clientOf(mock.url, { method: 'GET', prefer: 'code=401' });
  await assert.rejects(offboard(client, email, date), new SettingsError('Gatehouse does not accept GATEHOUSE_TOKEN'));
});

test('404: names the setting to correct', async () => {
  const { client } = clientOf(mock.url, { method: 'POST', prefer: 'code=404' });
  await assert.rejects(offboard(client, email, date), new SettingsError('GATEHOUSE_TOKEN has no access to this environment'));
});

test('409: returns "busy" while an equal request is in progress', async () => {
  const { client } = clientOf(mock.url, { method: 'POST', prefer: 'code=409' });
  assert.equal((await offboard(client, email, date)).kind, 'busy');
});

test('429: returns "busy" with the seconds that the server asks for', async () => {
  const { client, sent } = clientOf(mock.url, { method: 'GET', prefer: 'code=429' });
  const outcome = await offboard(client, email, date);
  assert.ok(outcome.kind === 'busy' && outcome.seconds >= 0);
  assert.equal(sent.length, 1);
});
