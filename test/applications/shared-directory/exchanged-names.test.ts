import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { canOpenByHandle } from '../../../server/applications/shared-directory/folder-by-handle.ts';
import { openSharedFile, SharedFileError } from '../../../server/applications/shared-directory/open-shared-file.ts';

const rounds = 1_500;
/** A second name is the hardest to notice. */
const paths = ['folder/users.csv', 'file.csv', ...Array(4).fill('hard.csv')];

it.runIf(canOpenByHandle)(
  `none of ${rounds * paths.length} openings reads outside while a program exchanges folders and files for links as fast as it can`,
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'gatehouse-race-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const own = join(root, 'a', 'default', 'production');
    const other = join(root, 'b', 'default', 'production');
    for (const folder of [join(own, 'folder'), other]) mkdirSync(folder, { recursive: true });
    for (const name of ['folder/users.csv', 'file.csv', 'hard.csv']) writeFileSync(join(own, name), 'own');
    writeFileSync(join(other, 'users.csv'), 'other');
    // A vast number of closed openings also shows that every handle is closed.
    const swapper = fork(join(import.meta.dirname, 'exchange-names.ts'), [own, other]);
    onTestFinished(() => void swapper.kill('SIGKILL'));
    await once(swapper, 'message');

    const folder = { parts: ['a', 'default', 'production'], closedPart: null };
    const seen = new Map<string, number>();
    const count = (result: string) => seen.set(result, (seen.get(result) ?? 0) + 1);
    const openOnce = async (path: string) => {
      try {
        const { file } = await openSharedFile(root, folder, path);
        count(`read ${await file.readFile('utf8')}`);
        await file.close();
      } catch (error) {
        if (!(error instanceof SharedFileError)) throw error;
        count('refused');
      }
    };
    for (let round = 0; round < rounds; round++) await Promise.all(paths.map(openOnce));
    process.stdout.write(`exchanged names: ${JSON.stringify(Object.fromEntries(seen))}\n`);
    expect(swapper.exitCode).toBeNull();
    // Both happened, so the names were really exchanged during the openings.
    expect(seen.get('read own')).toBeGreaterThan(0);
    expect(seen.get('refused')).toBeGreaterThan(0);
    expect(seen.get('read other') ?? 0).toBe(0);
  },
);
