import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildClient } from '../../client/build.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';

const readme = readFileSync('client/README.md', 'utf8');
const example = /<!-- executed: client -->\n```ts\n([\s\S]*?)```/.exec(readme)?.[1] as string;
const gzipBytesMax = 12 * 1024;

let folder: string;
let gzipBytes: number;
let sandbox: ServerProcess;
const env = () => ({ ...process.env, GATEHOUSE_URL: sandbox.url, GATEHOUSE_TOKEN: 'pa_SandboxWriteSandboxWriteSandbo0Nm7rr' });

/** Creates a project that has installed only the packed package. Returns its folder. */
function createConsumerProject(name: string, packageJson: object): string {
  const project = join(folder, name);
  mkdirSync(join(project, 'node_modules', '@gatehouse'), { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, 'client.tgz'), '-C', join(project, 'node_modules', '@gatehouse')]);
  execFileSync('mv', [join(project, 'node_modules/@gatehouse/package'), join(project, 'node_modules/@gatehouse/client')]);
  writeFileSync(join(project, 'package.json'), JSON.stringify(packageJson));
  return project;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-packed-'));
  const built = await buildClient(join(folder, 'built'));
  gzipBytes = built.gzipBytes;
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: built.folder, encoding: 'utf8' }).trim();
  execFileSync('mv', [join(folder, packed), join(folder, 'client.tgz')]);
  sandbox = await startProcess({}, 'server/sandbox/main.ts');
});
afterAll(async () => {
  sandbox?.signal('SIGTERM');
  await sandbox?.ended;
  rmSync(folder, { recursive: true, force: true });
});

const expectExampleOutput = (printed: string) => {
  const lines = printed.trim().split('\n');
  expect(lines[0]).toMatch(/^import \d+ is Finished$/);
  expect(lines.slice(1, -1)).toEqual(['Chen', 'Martinez', 'Olsen']);
  expect(lines.at(-1)).toMatch(/^Identity with id 0{8}-.* not found [0-9a-f]{32}$/);
};

it('the package is small and has no dependencies', () => {
  process.stdout.write(`@gatehouse/client: ${(gzipBytes / 1024).toFixed(1)} KB gzipped\n`);
  expect(gzipBytes).toBeLessThanOrEqual(gzipBytesMax);
  const { dependencies } = JSON.parse(readFileSync('client/package.json', 'utf8'));
  expect(dependencies).toBeUndefined();
});

it("the README's example runs as ESM", () => {
  const project = createConsumerProject('esm', { type: 'module' });
  writeFileSync(join(project, 'main.mjs'), example.replaceAll(/!([,)\s])/g, '$1'));
  expectExampleOutput(execFileSync(process.execPath, ['main.mjs'], { cwd: project, env: env(), encoding: 'utf8' }));
});

it("the README's example runs as CommonJS", () => {
  const project = createConsumerProject('cjs', {});
  const body = example
    .replaceAll(/!([,)\s])/g, '$1')
    .replace(/import (\{.*?\}) from '@gatehouse\/client';/, "const $1 = require('@gatehouse/client');\n(async () => {");
  writeFileSync(join(project, 'main.cjs'), `${body}\n})();\n`);
  expectExampleOutput(execFileSync(process.execPath, ['main.cjs'], { cwd: project, env: env(), encoding: 'utf8' }));
});

it("the README's example compiles with module nodenext and strict options, as ESM and as CommonJS", () => {
  for (const type of ['module', 'commonjs']) {
    const project = createConsumerProject(`types-${type}`, { type });
    symlinkSync(join(process.cwd(), 'node_modules/@types'), join(project, 'node_modules/@types'));
    symlinkSync(join(process.cwd(), 'node_modules/undici-types'), join(project, 'node_modules/undici-types'));
    const text = type === 'module' ? example : example.replace(/(import .*;\n)([\s\S]*)/, '$1async function main() {$2}\nvoid main();\n');
    writeFileSync(join(project, 'main.ts'), `${text}\nimport { fileFromPath } from '@gatehouse/client/node';\nvoid fileFromPath;\n`);
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2022',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      types: ['node'],
      lib: ['es2023', 'dom', 'dom.iterable'],
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
    execFileSync(process.execPath, [join(process.cwd(), 'node_modules/typescript/bin/tsc'), '-p', project], { encoding: 'utf8' });
  }
});

it('publint and arethetypeswrong accept the package', () => {
  const run = (tool: string, ...words: string[]) =>
    execFileSync(process.execPath, [join(process.cwd(), 'node_modules', tool), ...words], { encoding: 'utf8' });
  expect(run('publint/src/cli.js', join(folder, 'built'), '--strict')).toContain('All good!');
  expect(run('@arethetypeswrong/cli/dist/index.js', join(folder, 'client.tgz'), '--profile', 'node16', '--no-emoji')).not.toMatch(
    /❌|error/i,
  );
});
