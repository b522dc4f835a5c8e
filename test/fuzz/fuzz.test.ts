import { expect, it } from 'vitest';
import { isMySqlRun, newDatabase } from '../support/test-database.ts';
import { reportText } from './report-text.ts';
import { runFuzz, targetsMissedBy } from './run-fuzz.ts';

// MySQL is slower, and most of the code that reads requests is the same.
const requests = isMySqlRun ? 2_000 : 20_000;

it(`${requests} broken requests: no status from 500, no response outside the contract, no stall, and memory returns`, async () => {
  const { url, folder, remove } = await newDatabase();
  const report = await runFuzz({ databaseUrl: url, folder, seed: 18, requests });
  await remove();
  process.stdout.write(reportText(report));
  expect([...report.failures, ...targetsMissedBy(report)]).toEqual([]);
}, 300_000);
