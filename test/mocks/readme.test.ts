import { expect, it } from 'vitest';
import { readReadme, rewriteCommand, upToDateReadme } from '../../mocks/readme-table.ts';
import { operations } from '../support/contract.ts';

it('the table in the README is up to date', () => {
  const text = readReadme();
  expect(text === upToDateReadme(text), `mocks/README.md is out of date: run \`${rewriteCommand}\``).toBe(true);
  for (const { operationId } of operations) expect(text).toContain(`\n| ${operationId} |`);
});
