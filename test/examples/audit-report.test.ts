import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '../../client/index.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { expectReadmeOutput, expectSettings, runExample, tokens } from './run-example.ts';

const program = ['node', 'examples/audit-report/report.ts'];
const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;

let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(async () => {
  sandbox?.signal('SIGTERM');
  await sandbox?.ended;
});
const settings = () => ({ GATEHOUSE_URL: sandbox.url, GATEHOUSE_TOKEN: tokens.administrator });
const clientOf = (token: string) => createClient({ baseUrl: sandbox.url, token, log: { level: 'silent' } });

it('prints what its README shows', async () => {
  await expectReadmeOutput('audit-report', sandbox.url);
});

it('counts calls, refused calls and changes of each actor over several pages of the log', async () => {
  const reader = clientOf(tokens.read);
  const writer = clientOf(tokens.write);
  for (let count = 0; count < 110; count++) await reader.getCurrentToken();
  await expect(reader.createApplication({ body: { name: 'No' } })).rejects.toThrow();
  await writer.createApplication({ body: { name: 'Yes' } });
  await expect(writer.createApplication({ body: { name: '' } })).rejects.toThrow();
  await expect(clientOf(tokens.wrong).getCurrentToken()).rejects.toThrow();

  const { status, stdout, stderr } = await runExample(program, settings());
  expect([status, stderr]).toEqual([0, '']);
  const [period, , titles, ...rows] = stdout.trimEnd().split('\n');
  expect(period).toMatch(/^Calls from \S+ until \S+$/);
  expect(titles).toMatch(/^Actor {2,}Kind {2,}Calls {2,}Refused {2,}Changes {2,}Last call$/);
  const cells = rows.map((line) => line.split(/ {2,}/));
  expect(cells.slice(0, 2)).toEqual([
    ['Reporting', 'API Token', '111', '1', '0', expect.stringMatching(instant)],
    ['HRIS Integration', 'API Token', '2', '0', '1', expect.stringMatching(instant)],
  ]);
  expect(cells).toContainEqual(['(unauthenticated)', '1', '1', '0', expect.stringMatching(instant)]);
  expect(new Set(rows.map((line) => line.search(instant))).size).toBe(1);
});

it('--csv: quotes each cell, and escapes a name that a spreadsheet would run as a formula', async () => {
  const { secret } = await clientOf(tokens.administrator).createToken({ body: { name: '=1+1,"x"', accessLevel: 'Read' } });
  await clientOf(secret).getCurrentToken();
  const { status, stdout } = await runExample([...program, '--csv'], settings());
  expect(status).toBe(0);
  expect(stdout).toMatch(/^"Actor","Kind","Calls","Refused","Changes","Last call"\n/);
  expect(stdout).toContain(`\n"'=1+1,""x""","API Token","1","0","0","`);
});

it('prints only the titles for a period without calls', async () => {
  const { status, stdout } = await runExample([...program, '--csv', '--from', '2020-01-01', '--until', '2020-01-02'], settings());
  expect([status, stdout.trimEnd().split('\n').length]).toEqual([0, 1]);
});

it('ends with 1 and the reason for a token that is wrong or may not read the log', async () => {
  const refused = async (token: string) => {
    const { status, stdout, stderr } = await runExample(program, { ...settings(), GATEHOUSE_TOKEN: token });
    return [status, stdout, stderr];
  };
  expect(await refused(tokens.wrong)).toEqual([1, '', expect.stringContaining('Invalid or expired authentication token')]);
  expect(await refused(tokens.write)).toEqual([1, '', expect.stringMatching(/may not read logs.*\(correlation id [0-9a-f]{32}\)\n$/)]);
});

it('ends with 2 for missing settings, a wrong option and a period that is not a date', async () => {
  await expectSettings(program, settings());
  expect(await runExample([...program, '--json'], settings())).toMatchObject({ status: 2, stdout: '' });
  const { status, stderr } = await runExample([...program, '--from', 'yesterday'], settings());
  expect([status, stderr]).toEqual([2, expect.stringContaining('from: Must be an ISO 8601 instant')]);
});
