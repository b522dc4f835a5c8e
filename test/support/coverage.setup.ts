import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readContract } from '../../server/contract/contract.ts';
import { ContractRouter } from '../../server/contract/contract-router.ts';

/** After a whole run: fails it when a status that an operation declares was never answered. A run of chosen files is not judged. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-coverage-'));
  project.provide('coverageFolder', folder);
  const chosen = process.argv.slice(2).some((argument) => argument.includes('test') || argument === '-t');
  return async () => {
    const linesOf = (kind: RegExp) =>
      readdirSync(folder)
        .filter((name) => kind.test(name))
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'));
    const seen = new Set(linesOf(/^\d+$/));
    const issued = new Set(linesOf(/^issued/)).size;
    const searched = linesOf(/^searched/);
    const count = (what: string) => searched.filter((line) => line.startsWith(what)).length;
    rmSync(folder, { recursive: true, force: true });
    if (chosen || seen.size === 0) return;
    const declared = new ContractRouter((await readContract()).definition)
      .getOperations()
      .flatMap(({ operationId, responses }) => Object.keys(responses ?? {}).map((status) => `${operationId} ${status}`));
    const missing = declared.filter((pair) => !seen.has(pair));
    process.stdout.write(
      `${project.name}: ${declared.length - missing.length} of ${declared.length} declared (operation, status) pairs were answered\n`,
    );
    process.stdout.write(
      `${project.name}: ${issued} secrets were issued; searched for in ${count('database')} database files or tables and ${count('log')} logs, found ${count('found')}\n`,
    );
    if (missing.length > 0) throw new Error(`${project.name}: never answered:\n  ${missing.join('\n  ')}`);
  };
}
