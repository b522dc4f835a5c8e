import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const check = './server/node-version.cjs';
const needed = /const needed = '([\d.]+)'/.exec(readFileSync(check, 'utf8'))?.[1] as string;
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-node-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program on this Node.js, which pretends to be another version. */
function runAs(version: string, args: string[]) {
  const preload = join(folder, `${version}.cjs`);
  writeFileSync(preload, `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', preload, ...args], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}
const refusal = (version: string) =>
  expect.stringMatching(new RegExp(`^Gatehouse needs Node\\.js ${needed} or newer, and this is Node\\.js ${version}\\. .*\\n$`));

const [major, minor] = needed.split('.').map(Number) as [number, number];

it.each(['18.20.8', '20.20.2', `${major}.${minor - 1}.9`, `${major - 1}.${minor + 1}.0`])(
  '1: Node.js %s is refused with the version that is needed',
  (version) => {
    expect(runAs(version, ['server/main.js', '--help'])).toEqual({ status: 1, output: refusal(version) });
  },
);

it.each([`${needed}.0`, `${major}.${minor + 1}.0`, `${major + 1}.0.0`])('0: Node.js %s is accepted', (version) => {
  expect(runAs(version, ['server/main.js', '--help'])).toEqual({ status: 0, output: expect.stringContaining('Usage: npm start') });
});

/** Commands of the system, which may be older than the one of this repository. */
const systemNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return stdout && Number(/^v(\d+)/.exec(stdout)?.[1]) < major;
});
it.skipIf(!systemNode)('1: an old Node.js can read what refuses it, in every command', () => {
  for (const script of ['node server/main.js', ...Object.values(scripts).filter((one) => one.includes(check))]) {
    const args = /node (\S.*?\.[jt]s)/.exec(script)?.[1]?.split(' ') as string[];
    const { status, stdout, stderr } = spawnSync(systemNode as string, args, { encoding: 'utf8' });
    expect([script, status, stdout + stderr]).toEqual([script, 1, refusal('\\d+\\.\\d+\\.\\d+')]);
  }
});

it('each npm command that begins with a TypeScript file checks the version first', () => {
  const unchecked = Object.entries(scripts).filter(([name, script]) => /^(exec )?node \S*\.ts/.test(script) && !name.startsWith('check:'));
  expect(unchecked).toEqual([]);
});

it('the README and the guides name the same version', () => {
  for (const name of ['README.md', 'docs/guides/operating.md', 'docs/guides/getting-started.md']) {
    const named = [...readFileSync(name, 'utf8').matchAll(/Node(?:\.js)? (\d+\.\d+)/g)].map(([, version]) => version);
    expect([name, new Set(named)]).toEqual([name, new Set([needed])]);
  }
});
