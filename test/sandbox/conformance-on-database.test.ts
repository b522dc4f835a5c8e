import { expect, it } from 'vitest';
import { runConformance } from '../../conformance/index.ts';
import { createImportFiles } from '../../server/applications/import-files.ts';
import { copySampleFiles } from '../../server/sandbox/sample-files.ts';
import { seed } from '../../server/sandbox/seed.ts';
import { secretKey, secrets } from '../../server/sandbox/seed-tokens.ts';
import { useServer } from '../support/server.ts';

// The key that encrypted the seeded access key. With another key, createAccessToken fails with 500.
const server = useServer({ secretKey });
const requests = 2_000;

it(`the conformance kit reports no failure for a server on this database, with ${requests} generated requests`, async () => {
  copySampleFiles(server.config.sharedDirectory);
  await seed(server.db, server.logDb, createImportFiles(server.config), server.log);
  server.clock.now = new Date();
  const report = await runConformance({ url: server.url, token: secrets.administrator, seed: 7, requests });
  expect(report.failures).toEqual([]);
  process.stdout.write(`conformance: ${report.requests} requests of seed 7, ${report.failures.length} failures\n`);
}, 180_000);
