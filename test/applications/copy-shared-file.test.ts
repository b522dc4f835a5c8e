import { appendFileSync, mkdirSync, readdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createImportFiles } from '../../server/applications/import-files.ts';
import { SharedFileError } from '../../server/applications/shared-directory/open-shared-file.ts';

let folder: string;
const path = () => join(folder, 'shared', 'users.csv');
const storedFiles = () => readdirSync(join(folder, 'uploads'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const bytes = 32 * 1024 ** 2;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-test-'));
  mkdirSync(join(folder, 'shared'));
  mkdirSync(join(folder, 'uploads'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Copies a file of 32 MiB and calls `change` in every turn of the event loop during the copy. */
async function copyWhile(change: () => void): Promise<{ bytes: number }> {
  writeFileSync(path(), Buffer.alloc(bytes, 'a'));
  const importFiles = createImportFiles({
    sharedDirectory: join(folder, 'shared'),
    sharedDirectoryLayout: 'environment-folders',
    sharedFileBytesMax: bytes * 2,
    uploadDirectory: join(folder, 'uploads'),
  });
  let isDone = false;
  const copy = importFiles.copyShared({ parts: [], closedPart: null }, 'users.csv').finally(() => {
    isDone = true;
  });
  const settled = copy.catch(() => {});
  while (storedFiles().length === 0 && !isDone) await turn();
  while (!isDone) {
    change();
    await turn();
  }
  await settled;
  return copy;
}

it.each([
  ['grows', () => appendFileSync(path(), 'more')],
  ['shrinks', () => truncateSync(path(), bytes - 1)],
  ['is emptied', () => truncateSync(path(), 0)],
  ['is overwritten with other content of the same size', () => writeFileSync(path(), Buffer.alloc(bytes, 'b'))],
])('rejects a file that %s while it is copied, and deletes the partial copy', async (_case, change) => {
  const copying = copyWhile(change);
  await expect(copying).rejects.toThrow(SharedFileError);
  await expect(copying).rejects.toThrow(/^users\.csv changed while it was read \(\d+ bytes, then \d+\); write it under another name/);
  expect(storedFiles()).toEqual([]);
});

it('copies the old file completely when another file is renamed to its path during the copy', async () => {
  const file = await copyWhile(() => {
    writeFileSync(join(folder, 'new.csv'), 'new');
    renameSync(join(folder, 'new.csv'), path());
  });
  expect(file.bytes).toBe(bytes);
});
