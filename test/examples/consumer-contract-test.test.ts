import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Mock, startMock } from '../../mocks/start.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { expectSettings, runExample, tokens } from './run-example.ts';

const example = 'examples/consumer-contract-test';
const program = ['node', `${example}/offboard.ts`];
const sarah = 'schen@firstbankofvalkyrie.com';

let mock: Mock;
let sandbox: ServerProcess;
beforeAll(async () => {
  mock = await startMock();
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(async () => {
  sandbox?.signal('SIGTERM');
  await Promise.all([mock?.stop(), sandbox?.ended]);
});
const settings = () => ({ GATEHOUSE_URL: sandbox.url, GATEHOUSE_TOKEN: tokens.write });

it('the test of the example passes with a mock that it starts and stops', async () => {
  const { status, stdout, stderr } = await runExample(['node', '--test', `${example}/offboard.test.ts`]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/pass 5\n.*fail 0\n/);
}, 120_000);

it('the test of the example passes with the mock at MOCK_URL, and requests 401, 404, 409 and 429 from it', async () => {
  const { status } = await runExample(['node', '--test', `${example}/offboard.test.ts`], { MOCK_URL: mock.url });
  expect(status).toBe(0);
  expect(mock.requests().map(({ status }) => status)).toEqual([200, 201, 401, 200, 404, 200, 409, 429]);
});

it('the test of the example ends with 1 if the mock is unreachable', async () => {
  const stoppedMock = await startMock();
  await stoppedMock.stop();
  const { status, stdout } = await runExample(['node', '--test', `${example}/offboard.test.ts`], { MOCK_URL: stoppedMock.url });
  expect([status, stdout]).toEqual([1, expect.stringContaining('fail 5\n')]);
});

it('the test of the example fails for a consumer that sends no Idempotency-Key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-consumer-'));
  const copy = join(folder, example);
  mkdirSync(join(folder, 'examples'));
  cpSync(example, copy, { recursive: true });
  for (const name of ['client', 'package.json']) symlinkSync(join(process.cwd(), name), join(folder, name));
  const source = readFileSync(`${example}/offboard.ts`, 'utf8');
  const faulty = source.replace(/, idempotencyKey: `.*?`/, '');
  expect(faulty).not.toBe(source);
  writeFileSync(join(copy, 'offboard.ts'), faulty);
  const { status, stdout } = await runExample(['node', '--test', join(copy, 'offboard.test.ts')], { MOCK_URL: mock.url });
  rmSync(folder, { recursive: true });
  expect([status, stdout]).toEqual([1, expect.stringMatching(/pass 4\n.*fail 1\n/)]);
});

it('the CI workflow in the README is YAML that starts the mock of a checkout', () => {
  const workflow = parse(/```yaml\n([\s\S]*?)```/.exec(readFileSync(`${example}/README.md`, 'utf8'))?.[1] as string);
  const steps: { with?: { path?: string }; run?: string; env?: object }[] = workflow.jobs.contract.steps;
  const { path } = steps.find((step) => step.with?.path)?.with ?? {};
  expect(steps.at(-1)).toEqual({ run: 'node --test "test/*.test.ts"', env: { GATEHOUSE_CHECKOUT: path } });
});

it('reports to a server once that a person leaves', async () => {
  const first = await runExample([...program, sarah, '2035-05-01'], settings());
  expect(first).toMatchObject({ status: 0, stderr: '' });
  expect(first.stdout).toMatch(/^schen@\S+ leaves on 2035-05-01: personnel event \d+\n$/);
  expect(await runExample([...program, sarah, '2035-05-01'], settings())).toEqual(first);
});

it('ends with 1 for an unknown person and a past date, and with 2 for a token that is wrong and missing settings', async () => {
  const ended = async (args: string[], env = {}) => {
    const { status, stderr } = await runExample([...program, ...args], { ...settings(), ...env });
    return [status, stderr];
  };
  const unknown = 'There is no active identity with the e-mail address nobody@example.com\n';
  expect(await ended(['nobody@example.com', '2035-05-01'])).toEqual([1, unknown]);
  expect(await ended([sarah, '2020-01-01'])).toEqual([1, expect.stringContaining('effectiveDate: ')]);
  expect(await ended([sarah, '2035-05-01'], { GATEHOUSE_TOKEN: tokens.wrong })).toEqual([2, 'Gatehouse does not accept GATEHOUSE_TOKEN\n']);
  expect(await ended([sarah])).toEqual([2, expect.stringContaining('--help')]);
  await expectSettings([...program, sarah, '2035-05-01'], settings());
});
