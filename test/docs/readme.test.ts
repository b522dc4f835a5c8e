import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runProgram, startProcess, until } from '../support/process.ts';

const readme = readFileSync('README.md', 'utf8');

/** Returns the script of a marked block, for a server at `url`. It does not use `jq`, and prints each response on a separate line. */
function block(name: string, url: string): string {
  const found = new RegExp(`<!-- executed: ${name} -->\n\`\`\`sh\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1];
  if (!found) throw new Error(`The README has no block ${name}`);
  return `curl() { command curl "$@" && echo; }\n${found.replaceAll('http://127.0.0.1:8080', url).replaceAll(/ \| jq$/gm, '')}`;
}
const run = (script: string, options = {}) =>
  execFileSync('bash', ['-ec', script], { encoding: 'utf8', timeout: 50_000, ...options })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

it('the first commands of the README stage an import on the sandbox, and the list shows it as finished', async () => {
  const sandbox = await startProcess({}, 'server/sandbox/main.ts');
  const script = block('sandbox', sandbox.url);
  const [staged] = run(script);
  expect(staged).toMatchObject({ status: 'Pending', type: 'API', createdBy: 'API Token - HRIS Integration' });
  const isFinished = async () => {
    const [page] = run(script.replace(/curl -s -X POST[\s\S]*?}'\n/, ''));
    return page.items[0].id === staged.id && page.items[0].status === 'Finished';
  };
  await until('the import is finished', isFinished);
  sandbox.signal('SIGTERM');
  expect(await sandbox.ended).toBe(0);
});

it('the commands of the README for a new database import two users', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['server', 'generated', 'openapi.yaml', 'package.json']) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  const server = runProgram(join(folder, 'server/main.js'), [], { PORT: '0' }, folder);
  onTestFinished(() => void server.child.kill('SIGKILL'));
  const url = await until('the first steps are shown', async () => /Contract +(\S+)\/openapi.yaml\n/.exec(server.output())?.[1]);
  const TOKEN = /pa_[0-9A-Za-z]{36}/.exec(server.output())?.[0] as string;
  const [staged, records] = run(block('start', url), { cwd: folder, env: { ...process.env, TOKEN } });
  expect(staged).toMatchObject({ status: 'Pending', createdBy: 'API Token - Administrator' });
  expect(records.items.map((item: { key: string }) => item.key)).toEqual(['ann', 'bob']);
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});

it('the commands of the README end if the server refuses the token, and show the refusal', async () => {
  const sandbox = await startProcess({}, 'server/sandbox/main.ts');
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const responses = run(block('start', sandbox.url), { cwd: folder, env: { ...process.env, TOKEN: 'pa_…' } });
  expect(responses.map(({ error }) => error)).toEqual(['unauthorized', 'unauthorized']);
  sandbox.signal('SIGTERM');
  await sandbox.ended;
});

it('the README names only existing commands, and all commands except checks and benchmarks', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const code = (readme.match(/```[\s\S]*?```|`[^`]+`/g) ?? []).join('\n');
  const named = new Set([...code.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name]) => name as string));
  named.delete('ci');
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
  for (const name of Object.keys(scripts).filter((script) => !/^(check|bench)/.test(script))) expect([...named]).toContain(name);
});

it('the README is short, and its links lead to files', () => {
  expect(readme.split('\n').length).toBeLessThan(150);
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path as string);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
});
