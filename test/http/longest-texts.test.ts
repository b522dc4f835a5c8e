import { cpSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../server/applications/import-files.ts';
import { seed } from '../../server/sandbox/seed.ts';
import { secretKey, secrets } from '../../server/sandbox/seed-tokens.ts';
import { someOf } from '../support/all-cases.ts';
import { contractFetch } from '../support/contract.ts';
import { longestTexts } from '../support/longest-texts.ts';
import { sendLargestInput } from '../support/send-largest-input.ts';
import { useServer } from '../support/server.ts';

const server = useServer({ secretKey });
/** The columns of SQLite have no lengths. */
const inputs = someOf(await longestTexts(), { embedded: 4, mysql: 1 });
const operationIds = [...new Set(inputs.map(({ operationId }) => operationId))];

beforeAll(async () => {
  cpSync('server/sandbox/files', server.config.sharedDirectory, { recursive: true });
  await seed(server.db, server.logDb, createImportFiles(server.config), server.log);
  server.clock.now = new Date();
});

it('tries the texts of most operations with a body', () => {
  expect(operationIds.length).toBeGreaterThan(15);
});

describe.each(operationIds)('%s', (operationId) => {
  it('no 5xx: stores or refuses the longest text in each place, of characters that grow when they are stored', async () => {
    const faults: string[] = [];
    for (const input of inputs.filter((one) => one.operationId === operationId)) {
      const { status } = await sendLargestInput(server.url, secrets.administrator, input, contractFetch);
      if (status >= 500) faults.push(`${input.title}: ${status}`);
    }
    expect(faults).toEqual([]);
  }, 60_000);
});
