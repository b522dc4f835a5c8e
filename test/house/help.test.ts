import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const columnsMax = 80;
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** Commands without options, which have no usage. */
const withoutUsage = ['build:client', 'check:words', 'check:generated', 'generate'];
const programOf = (script: string): string | undefined => /^(?:exec )?node (?:--require \S+ )?(\S+\.[jt]s)/.exec(script)?.[1];
const commands = Object.entries(scripts).flatMap(([name, script]) => {
  const program = programOf(script);
  return program === undefined || withoutUsage.includes(name) ? [] : [program];
});
const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
  .map((name) => join('examples', name))
  .filter((name) => readFileSync(name, 'utf8').includes('Usage: '));
const withUsage = ['server', 'mocks', 'conformance', 'tools', 'bench', 'client', 'test/fuzz'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.[jt]s$/.test(name) && readFileSync(name, 'utf8').includes('`Usage: npm ')),
);

it('this test knows every program that has a usage', () => {
  const own = commands.map((program) => (program === 'server/main.js' ? 'server/process/start-command.ts' : program));
  expect(own.toSorted()).toEqual(withUsage.toSorted());
  expect(examples.length).toBeGreaterThan(3);
});

it.each([...commands, ...examples])('%s --help: shows its usage in 80 columns, and ends with 0', (program) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--help'], { encoding: 'utf8', timeout: 30_000 });
  expect([status, stderr, stdout.slice(0, 7)]).toEqual([0, '', 'Usage: ']);
  expect(stdout.split('\n').filter((line) => line.length > columnsMax)).toEqual([]);
});

it('npm start --help names each setting', () => {
  const { stdout } = spawnSync(process.execPath, ['server/main.js', '--help'], { encoding: 'utf8' });
  const rows = [...readFileSync('docs/guides/operating.md', 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(
    ([, setting]) => setting as string,
  );
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((setting) => !new RegExp(`\\b${setting}\\b`).test(stdout))).toEqual([]);
});
