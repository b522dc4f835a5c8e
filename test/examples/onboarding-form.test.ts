import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '../../client/index.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { expectSettings, type Running, runExample, startExample, tokens } from './run-example.ts';

const program = ['node', 'examples/onboarding-form/server.ts'];

let sandbox: ServerProcess;
let secret: string;
let form: Running;
let url: string;
const administrator = () => createClient({ baseUrl: sandbox.url, token: tokens.administrator });
const settings = () => ({ GATEHOUSE_URL: sandbox.url, GATEHOUSE_TOKEN: secret });

beforeAll(async () => {
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
  secret = (await administrator().createToken({ body: { name: 'Form' } })).secret;
  form = startExample(program, { ...settings(), PORT: '0' });
  [, url] = (await form.printed(/^The form is at (http:\/\/127\.0\.0\.1:\d+)\n/)) as unknown as [string, string];
});
afterAll(async () => {
  form?.child.kill('SIGTERM');
  sandbox?.signal('SIGTERM');
  await Promise.all([form?.ended, sandbox?.ended]);
});

const keyIn = (page: string) => /name="key" value="([^"]+)"/.exec(page)?.[1] as string;
const newKey = async () => keyIn(await (await fetch(url)).text());
const person = { 'identity.firstName': 'Jane', 'identity.lastName': 'Smith', effectiveDate: '2035-03-15' };
/** Sends the form like a browser and returns the page. Checks that the page does not contain the token. */
async function send(values: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(values), headers, redirect: 'manual' });
  const text = await response.text();
  expect(text).not.toContain(secret);
  return { status: response.status, location: response.headers.get('location'), text };
}

it('creates one event for a form that is sent twice, and shows its number', async () => {
  const key = await newKey();
  const [first, second] = [await send({ ...person, key }), await send({ ...person, key })];
  expect([first.status, first.location]).toEqual([303, expect.stringMatching(/^\/events\/[0-9a-f-]{36}$/)]);
  expect([second.status, second.location]).toEqual([303, first.location]);

  const event = await administrator().getPersonnelEvent({ path: { id: first.location?.split('/')[2] as string } });
  expect(event.requestedIdentity).toMatchObject({ firstName: 'Jane', lastName: 'Smith' });
  const page = await (await fetch(`${url}${first.location}`)).text();
  expect(page).toContain(`<h1>Personnel event ${event.number}</h1>`);
  expect(page).toContain(`Status: ${event.status}. First day: 2035-03-15.`);
  expect(page).toContain(`<a href="${first.location}">`);
});

it('shows each field error beside its input, and retains the sent values', async () => {
  const key = await newKey();
  const wrong = { ...person, 'identity.lastName': '', 'identity.email': 'jane', effectiveDate: '15.03.2035', key };
  const { status, text } = await send(wrong);
  expect(status).toBe(400);
  for (const [name, value] of [
    ['identity.lastName', ''],
    ['identity.email', 'jane'],
    ['effectiveDate', '15.03.2035'],
  ])
    expect(text).toMatch(
      new RegExp(`<input id="${name}" [^>]* value="${value}"[^>]*><p class="error" id="${name}-error" role="alert">Must `),
    );
  expect(text).not.toContain('id="identity.firstName-error"');

  const corrected = { ...person, key: keyIn(text) };
  expect((await send(corrected)).status).toBe(303);
});

it('shows the error of a past date, and errors without an input above the form', async () => {
  const past = await send({ ...person, effectiveDate: '2020-01-01', key: await newKey() });
  expect([past.status, past.text]).toEqual([400, expect.stringContaining('id="effectiveDate-error" role="alert"')]);
  const badKey = await send({ ...person, key: 'a b' });
  expect([badKey.status, badKey.text]).toEqual([400, expect.stringMatching(/id="form-error" role="alert">idempotency-key: /i)]);
});

it('escapes every value', async () => {
  const attack = `"><script>alert('1')</script>`;
  const { status, text } = await send({ ...person, 'identity.firstName': attack, effectiveDate: attack, key: await newKey() });
  expect(status).toBe(400);
  expect(text).not.toContain('<script');
  expect(text.split('value="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"')).toHaveLength(3);
});

it('offers a new form if a sent form is sent again with other values', async () => {
  const key = await newKey();
  await send({ ...person, key });
  const changed = { ...person, 'identity.firstName': 'Janet' };
  const { status, text } = await send({ ...changed, key });
  expect([status, text]).toEqual([409, expect.stringContaining('This form was sent before.')]);
  expect(keyIn(text)).not.toBe(key);
  expect((await send({ ...changed, key: keyIn(text) })).status).toBe(303);
});

it('refuses a form of another site, one that is too large, and addresses without a page', async () => {
  expect((await send({ ...person, key: await newKey() }, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  expect((await send({ ...person, key: 'x'.repeat(100_000) })).status).toBe(413);
  expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  expect((await fetch(`${url}/events/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
});

it('shows the correlation id, and not the token, when Gatehouse refuses the token', async () => {
  const shortLived = await administrator().createToken({ body: { name: 'Short' } });
  const formOfDeletedToken = startExample(program, { ...settings(), GATEHOUSE_TOKEN: shortLived.secret, PORT: '0' });
  const [, address] = (await formOfDeletedToken.printed(/^The form is at (\S+)\n/)) as unknown as [string, string];
  await administrator().deleteToken({ path: { id: shortLived.id } });
  const response = await fetch(address, { method: 'POST', body: new URLSearchParams(person) });
  const text = await response.text();
  expect([response.status, text]).toEqual([502, expect.stringMatching(/Correlation id: [0-9a-f]{32}</)]);
  expect(text).not.toContain(shortLived.secret);

  formOfDeletedToken.child.kill('SIGTERM');
  const { status, stderr } = await formOfDeletedToken.ended;
  expect([status, stderr]).toEqual([
    0,
    expect.stringMatching(/^Invalid or expired authentication token \(correlation id [0-9a-f]{32}\)\n$/),
  ]);
});

it('ends with 1 for a wrong token and a port in use, and with 2 for wrong settings', async () => {
  await expectSettings(program, settings());
  const wrong = await runExample(program, { ...settings(), GATEHOUSE_TOKEN: tokens.wrong, PORT: '0' });
  expect(wrong).toEqual({ status: 1, stdout: '', stderr: 'Invalid or expired authentication token\n' });
  expect(await runExample(program, { ...settings(), PORT: new URL(url).port })).toMatchObject({ status: 1, stdout: '' });
  expect(await runExample(program, { ...settings(), PORT: 'many' })).toMatchObject({ status: 2, stdout: '' });
});
