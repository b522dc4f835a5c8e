import { expect, it } from 'vitest';
import { readReadme, rewriteCommand, upToDateReadme } from '../../mocks/readme-table.ts';
import { operations } from '../support/contract.ts';

it("the README's table is what the contract says", () => {
  const text = readReadme();
  expect(text === upToDateReadme(text), `mocks/README.md is behind the contract: run \`${rewriteCommand}\``).toBe(true);
  for (const { operationId } of operations) expect(text).toContain(`\n| ${operationId} |`);
});
