import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '../../client/index.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { expectReadmeOutput, expectSettings, runExample, tokens } from './run-example.ts';

const program = ['node', 'examples/nightly-import/import.ts'];
const header = 'Employee No,First Name,Last Name,E-Mail,Job Title,Department,Manager,State';
const row = (key: string) => `${key},Ann,Lee,,Teller,Retail,,Active`;

let folder: string;
let sandbox: ServerProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-examples-'));
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(async () => {
  sandbox?.signal('SIGTERM');
  await sandbox?.ended;
  rmSync(folder, { recursive: true, force: true });
});

const settings = () => ({ GATEHOUSE_URL: sandbox.url, GATEHOUSE_TOKEN: tokens.write });
function fileOf(name: string, lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
async function applicationsNamed(name: string) {
  const client = createClient({ baseUrl: sandbox.url, token: tokens.write });
  const found: string[] = [];
  for await (const application of client.pages.listApplications()) if (application.name === name) found.push(application.id);
  return found;
}

it('prints what its README shows, and finds the same application the next night', async () => {
  await expectReadmeOutput('nightly-import', sandbox.url);
  const { status, stdout } = await runExample(program, settings());
  expect([status, stdout]).toEqual([
    0,
    expect.stringContaining('is Finished\n5 read, 0 added, 0 changed, 0 removed, 4 unchanged, 1 rejected\n'),
  ]);
  expect(await applicationsNamed('HR export')).toHaveLength(1);
});

it('two simultaneous first runs create one application', async () => {
  const env = { ...settings(), GATEHOUSE_APPLICATION: 'Payroll & Söhne' };
  const both = await Promise.all([runExample(program, env), runExample(program, env)]);
  expect(both.map(({ status }) => status)).toEqual([0, 0]);
  expect(await applicationsNamed('Payroll & Söhne')).toHaveLength(1);
});

it('lists the first twenty rejected rows with line and reason, and counts the others', async () => {
  const file = fileOf('twice.csv', [header, ...Array.from({ length: 23 }, () => row('3001'))]);
  const { status, stdout } = await runExample([...program, file], { ...settings(), GATEHOUSE_APPLICATION: 'Twice' });
  expect(status).toBe(0);
  expect(stdout).toContain('23 read, 1 added, 0 changed, 0 removed, 0 unchanged, 22 rejected\n');
  expect(stdout.split('\n').slice(2)).toHaveLength(22);
  expect(stdout).toContain('  Employees: twice.csv line 3 rejected: ');
  expect(stdout).toContain("\n  … and 2 more in the import's log\n");
});

it('ends with 1 and the reason for an export that would remove most people, and removes nobody', async () => {
  const env = { ...settings(), GATEHOUSE_APPLICATION: 'Cut' };
  const whole = fileOf('whole.csv', [header, ...['4001', '4002', '4003', '4004', '4005'].map(row)]);
  expect((await runExample([...program, whole], env)).status).toBe(0);
  const cut = await runExample([...program, fileOf('cut.csv', [header, row('4001')])], env);
  expect([cut.status, cut.stdout]).toEqual([1, '']);
  expect(cut.stderr).toMatch(/^Import \d+ is Failed: .*25/);
  expect((await runExample([...program, whole], env)).stdout).toContain('0 removed, 5 unchanged');
});

it('ends with 1 and the reason for a file that has none of the columns', async () => {
  const { status, stderr } = await runExample([...program, fileOf('other.csv', ['Login,Mail', 'ann,ann@example.com'])], settings());
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^Import \d+ is Failed: .*Employee No/)]);
});

it('ends with 1 and the correlation id for a token that the server refuses', async () => {
  const { status, stdout, stderr } = await runExample(program, { ...settings(), GATEHOUSE_TOKEN: tokens.wrong });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^Invalid or expired authentication token \(correlation id [0-9a-f]{32}\)\n$/);
});

it('ends with 2 for missing settings, a missing file, a wrong option and an application without identities', async () => {
  await expectSettings(program, settings());
  const wrong = async (args: string[], env = {}) => {
    const { status, stderr } = await runExample([...program, ...args], { ...settings(), ...env });
    return [status, stderr];
  };
  expect(await wrong(['nowhere.csv'])).toEqual([2, 'There is no file nowhere.csv\n']);
  expect(await wrong(['--fast'])).toEqual([2, expect.stringContaining("Unknown option '--fast'")]);
  expect(await wrong(['a.csv', 'b.csv'])).toEqual([2, expect.stringContaining('Give one file')]);
  const missingGroup = 'The connector of Branch Teller System has no file group for identities\n';
  expect(await wrong([], { GATEHOUSE_APPLICATION: 'Branch Teller System' })).toEqual([2, missingGroup]);
});
