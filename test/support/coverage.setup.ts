import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readContract } from '../../server/contract/contract.ts';
import { ContractRouter } from '../../server/contract/contract-router.ts';

/**
 * Checks, after a run of all tests, that every declared pair of operation and status occurred in a response, and fails the run otherwise.
 *
 * Also prints how many secrets were issued and where they were searched for. A run of selected tests is not checked.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-coverage-'));
  project.provide('coverageFolder', folder);
  const isPartialRun = process.argv.slice(2).some((argument) => argument.includes('test') || argument === '-t');
  return async () => {
    const linesOf = (fileName: RegExp) =>
      readdirSync(folder)
        .filter((name) => fileName.test(name))
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'));
    const seen = new Set(linesOf(/^\d+$/));
    const issued = new Set(linesOf(/^issued/)).size;
    const searched = linesOf(/^searched/);
    const count = (what: string) => searched.filter((line) => line.startsWith(what)).length;
    rmSync(folder, { recursive: true, force: true });
    if (isPartialRun || seen.size === 0) return;
    const declared = new ContractRouter((await readContract()).definition)
      .getOperations()
      .flatMap(({ operationId, responses }) => Object.keys(responses ?? {}).map((status) => `${operationId} ${status}`));
    const missing = declared.filter((pair) => !seen.has(pair));
    process.stdout.write(
      `${project.name}: ${declared.length - missing.length} of ${declared.length} declared (operation, status) pairs covered\n`,
    );
    process.stdout.write(
      `${project.name}: ${issued} secrets issued; ${count('found')} found in ${count('database')} database files or tables and ${count('log')} logs\n`,
    );
    if (missing.length > 0) throw new Error(`${project.name}: declared, but not covered by any test:\n  ${missing.join('\n  ')}`);
  };
}
