import { execFileSync, execSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runProgram, startProcess, until } from '../support/process.ts';

const readme = readFileSync('README.md', 'utf8');

/** Answers end without a line end, as JSON may; for reading them one by one they get one. */
const answersOnLines = 'curl() { command curl "$@"; echo; }\n';

/** The lines of a block of the README, as they stand there but for the port. */
function block(name: string, url: string): string {
  const found = new RegExp(`<!-- executed: ${name} -->\n\`\`\`sh\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1];
  if (!found) throw new Error(`The README has no block ${name}`);
  return found.replaceAll('http://127.0.0.1:8080', url);
}

it("the README's first lines work on the sandbox", async () => {
  const sandbox = await startProcess({}, 'server/sandbox/main.ts');
  const [AUTH] = /^AUTH=.*\n/m.exec(block('sandbox', sandbox.url)) as unknown as [string];
  const script = answersOnLines + block('sandbox', sandbox.url).replace('\ncurl -s "', '\nsleep 2; curl -s "');
  const [staged, list] = execFileSync('bash', ['-ec', script], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(staged).toMatchObject({ status: 'Pending', type: 'API', createdBy: 'API Token - HRIS Integration' });
  expect(list.items[0]).toMatchObject({ id: staged.id, status: 'Finished' });

  const printed = execFileSync('bash', ['-ec', answersOnLines + AUTH + block('people', sandbox.url) + block('facts', sandbox.url)], {
    encoding: 'utf8',
  });
  const [found, approved, requests, users, tenants] = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(found.items).toMatchObject([{ firstName: 'Sarah', lastName: 'Chen' }]);
  expect(approved).toMatchObject({ type: 'Offboard', status: 'Scheduled', stages: [{ name: 'Approval', status: 'Completed' }, {}, {}] });
  expect(requests.items).toMatchObject([{ action: 'Remove', status: 'Scheduled', target: { name: 'schen' } }]);
  expect(users.data.map(({ key }: { key: string }) => key)).toContain('user|892179821739812389327');
  expect(tenants.map(({ key }: { key: string }) => key)).toContain('stripeinc');

  const rights = execFileSync(
    'bash',
    ['-ec', answersOnLines + block('rights', sandbox.url) + block('keys', sandbox.url) + block('log', sandbox.url)],
    { encoding: 'utf8' },
  );
  const [made, safety, revoked, applications, log] = rights
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(made).toMatchObject({ name: 'Calendar', level: 'Environment', permissions: [{ resource: 'identities', action: 'read' }] });
  expect(safety.items.map(({ token }: { token: { name: string } }) => token.name)).toContain('Calendar');
  expect(revoked).toMatchObject({ isDryRun: true });
  expect(applications.items.map(({ name }: { name: string }) => name)).toContain('Jack Henry Silverlake');
  expect(log).toMatchObject({ items: expect.any(Array), nextBefore: null });
  sandbox.signal('SIGTERM');
  expect(await sandbox.ended).toBe(0);
});

it("the README's lines for one's own data work on a new database", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-readme-'));
  for (const name of ['server', 'generated', 'openapi.yaml', 'package.json']) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  const server = runProgram(join(folder, 'server/main.js'), [], { PORT: '0' }, folder);
  onTestFinished(() => void server.child.kill('SIGKILL'));
  const url = await until('the first steps are shown', async () => /Contract +(\S+)\/openapi.yaml\n/.exec(server.output())?.[1]);
  const TOKEN = /pa_[0-9A-Za-z]{36}/.exec(server.output())?.[0] as string;
  const script = answersOnLines + block('start', url);
  const printed = execSync(script, { cwd: folder, env: { ...process.env, TOKEN }, encoding: 'utf8', shell: '/bin/bash', timeout: 50_000 });
  const [staged, application, records] = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(staged).toMatchObject({ status: 'Pending', createdBy: 'API Token - Administrator' });
  expect(application).toMatchObject({ name: 'Payroll', lastImport: { status: 'Finished' }, recordCounts: { users: 2 } });
  expect(records.items.map((item: { key: string }) => item.key)).toEqual(['ann', 'bob']);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});

it('every command and every setting the README names exists, and the other way round', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const named = new Set([...readme.matchAll(/`npm (?:run )?([a-z:]+)/g)].map(([, name]) => name as string));
  named.delete('ci');
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
  for (const name of Object.keys(scripts).filter((script) => !script.startsWith('check'))) expect([...named]).toContain(name);

  const settings = [...readFileSync('server/process/config.ts', 'utf8').matchAll(/'([A-Z][A-Z_]{3,})'|env\.([A-Z_]+)/g)].map(
    ([, one, other]) => one ?? other,
  );
  for (const setting of new Set(settings)) expect(readme).toContain(`\`${setting}\``);
});
