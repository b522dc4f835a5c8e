import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runProgram } from '../support/process.ts';

const program = resolve('tools/contract-diff/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function diff(args: string[]) {
  const { ended, output } = runProgram(program, args, {}, folder);
  return { status: await ended, output: output() };
}
const contract = readFileSync('openapi.yaml', 'utf8');
const narrower = contract.replace('maximum: 100, default: 30', 'maximum: 90, default: 30');

describe('the command', () => {
  it('--help: shows the arguments and exit statuses', async () => {
    const { status, output } = await diff(['--help']);
    expect(output).toMatch(/^Usage: npm run contract:diff -- REF[\s\S]*Exit status: 0/);
    expect(status).toBe(0);
  });

  it('0, 1: compares two files, and allows breaking changes in a new major version', async () => {
    writeFileSync(join(folder, 'old.yaml'), contract);
    writeFileSync(join(folder, 'new.yaml'), narrower);
    writeFileSync(join(folder, 'major.yaml'), narrower.replace('version: 0.1.0', 'version: 0.2.0'));
    const same = { status: 0, output: 'The contracts are the same for callers.\n' };
    expect(await diff(['--from', 'old.yaml', '--to', 'old.yaml'])).toEqual(same);
    const wider = await diff(['--from', 'new.yaml', '--to', 'old.yaml']);
    expect(wider).toEqual({
      status: 0,
      output: expect.stringMatching(/^additive .*\n\n0 breaking, \d+ additive; version 0.1.0 to 0.1.0.\n$/),
    });
    const broken = await diff(['--from', 'old.yaml', '--to', 'new.yaml', '--all']);
    expect(broken).toEqual({ status: 1, output: expect.stringContaining('breaking changes need a new major version') });
    expect(broken.output.match(/^breaking .*query per_page/gm)?.length).toBeGreaterThan(2);
    const major = await diff(['--from', 'old.yaml', '--to', 'major.yaml']);
    expect(major).toEqual({ status: 0, output: expect.stringContaining('the new major version allows them') });
  });

  it('2: refuses wrong arguments', async () => {
    const wrongArguments = [
      [],
      ['a', 'b'],
      ['--from', 'a'],
      ['a', '--from', 'a', '--to', 'b'],
      ['--what'],
      ['--', '--output=x'],
      [''],
      ['a:b'],
    ];
    for (const args of wrongArguments)
      expect(await diff(args)).toEqual({ status: 2, output: expect.stringContaining('npm run contract:diff -- --help shows all options') });
  });

  it('3: refuses a missing file, a file that is not a contract, and a reference to another file', async () => {
    writeFileSync(join(folder, 'list.yaml'), '- a\n');
    writeFileSync(join(folder, 'broken.yaml'), 'a: [\n');
    writeFileSync(join(folder, 'hollow.yaml'), 'paths: { /a: { $ref: "#/components/none" } }\n');
    writeFileSync(join(folder, 'outside.yaml'), 'paths: { /a: { $ref: "other.yaml" } }\n');
    for (const file of ['missing.yaml', 'list.yaml', 'broken.yaml', 'hollow.yaml', 'outside.yaml'])
      expect(await diff(['--from', file, '--to', file])).toEqual({ status: 3, output: expect.stringContaining(file) });
    expect(await diff(['no-such-ref'])).toEqual({ status: 3, output: expect.stringContaining('openapi.yaml at no-such-ref') });
  });

  it('0, 1, 3: compares the file with a commit', async () => {
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder });
    writeFileSync(join(folder, 'openapi.yaml'), contract);
    git('init', '-q');
    git('add', 'openapi.yaml');
    git('commit', '-q', '--no-gpg-sign', '-m', 'a');
    expect(await diff(['HEAD'])).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'openapi.yaml'), narrower);
    expect(await diff(['HEAD'])).toEqual({ status: 1, output: expect.stringContaining('maximum 100 is now 90') });
    rmSync(join(folder, 'openapi.yaml'));
    expect(await diff(['HEAD'])).toMatchObject({ status: 3 });
  });
});
