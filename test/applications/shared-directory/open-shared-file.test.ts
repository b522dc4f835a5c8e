import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canOpenByHandle, openFolderByHandle } from '../../../server/applications/shared-directory/folder-by-handle.ts';
import { openFolderByPath } from '../../../server/applications/shared-directory/folder-by-path.ts';
import type { LinkFreeFolder } from '../../../server/applications/shared-directory/link-free-folder.ts';
import { openSharedFile } from '../../../server/applications/shared-directory/open-shared-file.ts';
import { partsOfSharedPath } from '../../../server/applications/shared-directory/shared-path.ts';

let base: string;
let root: string;
const folder = { parts: ['bank', 'default', 'production'], closedPart: null };
const inFolder = (...names: string[]) => join(root, ...folder.parts, ...names);

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'gatehouse-shared-'));
  root = join(base, 'shared');
  mkdirSync(inFolder('daily', 'empty'), { recursive: true });
  mkdirSync(join(root, 'bank', 'default', 'staging'));
  for (const path of [inFolder('users.csv'), inFolder('daily', 'users.csv'), join(root, 'bank', 'default', 'staging', 'users.csv')])
    writeFileSync(path, path.includes('staging') ? 'other' : 'own');
  writeFileSync(join(base, 'outside.csv'), 'outside');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const openings = { ...(canOpenByHandle && { 'by handle': openFolderByHandle }), 'by path': openFolderByPath };

describe.each(Object.entries(openings))('opened %s', (_name, openFolder) => {
  async function resultOf(path: string, place = folder as Parameters<typeof openSharedFile>[1], open = openFolder): Promise<string> {
    try {
      const { file, name } = await openSharedFile(root, place, path, open);
      const content = await file.readFile('utf8');
      await file.close();
      return `${name}: ${content}`;
    } catch (error) {
      return (error as Error).message;
    }
  }

  it('reads files of the folder and of folders in it', async () => {
    for (const path of ['users.csv', 'daily/users.csv', 'daily\\users.csv', './daily//users.csv'])
      expect(await resultOf(path)).toBe('users.csv: own');
  });

  it('says which files and folders do not exist', async () => {
    for (const path of ['gone.csv', 'gone/users.csv', 'users.csv/users.csv', 'staging/users.csv'])
      expect(await resultOf(path)).toBe(`${path} does not exist in the environment's shared folder`);
    expect(await resultOf('users.csv', { parts: ['bank', 'gone', 'production'], closedPart: null })).toBe(
      'the folder bank/gone/production of the shared directory, which has the files of this environment, does not exist',
    );
    await expect(openSharedFile(join(root, 'gone'), folder, 'users.csv', openFolder)).rejects.toThrow(
      'the shared directory does not exist',
    );
  });

  it('follows no symbolic link, not even one that stays in the folder, but may start at one', async () => {
    symlinkSync('users.csv', inFolder('inner.csv'));
    symlinkSync('daily', inFolder('latest'));
    symlinkSync(join(base, 'outside.csv'), inFolder('outer.csv'));
    symlinkSync('../staging', inFolder('neighbour'));
    symlinkSync('staging', join(root, 'bank', 'default', 'alias'));
    symlinkSync(root, join(base, 'link-to-shared'));
    for (const path of ['inner.csv', 'latest/users.csv', 'outer.csv', 'neighbour/users.csv'])
      expect(await resultOf(path)).toBe(`${path} is, or lies in, a symbolic link; links are not followed`);
    expect(await resultOf('users.csv', { parts: ['bank', 'default', 'alias'], closedPart: null })).toContain('links are not followed');
    const { file } = await openSharedFile(join(base, 'link-to-shared'), folder, 'users.csv', openFolder);
    expect(await file.readFile('utf8')).toBe('own');
    await file.close();
    for (const name of ['inner.csv', 'latest', 'outer.csv', 'neighbour', '../alias']) rmSync(inFolder(name));
    rmSync(join(base, 'link-to-shared'));
  });

  it('refuses hard links, folders, named pipes and sockets, without waiting for a writer', async () => {
    linkSync(join(root, 'bank', 'default', 'staging', 'users.csv'), inFolder('second.csv'));
    expect(await resultOf('second.csv')).toBe('second.csv has another name (a hard link); deliver a copy');
    execFileSync('mkfifo', [inFolder('pipe.csv')]);
    const socket = createServer().listen(inFolder('socket.csv'));
    for (const path of ['daily', 'daily/empty', 'pipe.csv', 'socket.csv'])
      expect(await resultOf(path)).toBe(`${path} is not a regular file`);
    await new Promise((resolve) => socket.close(resolve));
    for (const name of ['second.csv', 'pipe.csv']) rmSync(inFolder(name));
  });

  it('refuses names that are too long, with the reason of the system', async () => {
    const name = 'é'.repeat(200);
    expect(await resultOf(`${name}/users.csv`)).toBe(`${name}/users.csv can't be read (ENAMETOOLONG)`);
  });

  it("finds the environment's folder by the exact key, also on a file system that ignores case", async () => {
    const ignoringCase = (found: LinkFreeFolder): LinkFreeFolder => ({
      ...found,
      openFolder: async (name) => ignoringCase(await found.openFolder(name.toLowerCase())),
    });
    const open = async (path: string) => ignoringCase(await openFolder(path));
    expect(await resultOf('users.csv', folder, open)).toBe('users.csv: own');
    expect(await resultOf('users.csv', { parts: ['Bank', 'default', 'production'], closedPart: null }, open)).toContain('does not exist');
  });

  it('does not enter a closed folder, in any case', async () => {
    const whole = { parts: [], closedPart: 'bank' };
    for (const path of ['bank/default/production/users.csv', './BANK\\default/production/users.csv'])
      expect(await resultOf(path, whole)).toBe(`${path} is not a path inside the environment's shared folder`);
    writeFileSync(join(root, 'users.csv'), 'of the only organization');
    expect(await resultOf('users.csv', whole)).toBe('users.csv: of the only organization');
  });

  it.runIf(canOpenByHandle)('leaves no file open', async () => {
    const openFiles = () => readdirSync('/proc/self/fd').length;
    await resultOf('users.csv');
    const before = openFiles();
    for (const path of ['users.csv', 'gone.csv', 'daily', 'daily/gone.csv', '..'])
      for (let count = 0; count < 20; count++) await resultOf(path);
    expect(openFiles()).toBeLessThan(before + 10);
  });
});

it('allows relative paths only, on every operating system', () => {
  const allowed = ['users.csv', 'a/b.csv', 'a\\b.csv', 'Größe 2026-01-01T10:00.csv', '...a', 'con-files/aux2.csv'];
  expect(allowed.filter((path) => !partsOfSharedPath(path))).toEqual([]);
  expect(partsOfSharedPath('./a//b\\c.csv')).toEqual(['a', 'b', 'c.csv']);
  const refused = [
    '',
    '.',
    '/',
    '/etc/passwd',
    '\\\\server\\share',
    'C:\\users.csv',
    'c:users.csv',
    '..',
    'a/..',
    '../a',
    'a/../../b',
    '..\\a',
  ];
  const windows = ['nul', 'CON.csv', 'a/Aux/b.csv', 'com1.csv', 'lpt¹', 'nul .csv', 'a. ', '.. /a', '... /a', 'users.csv.', 'conout$'];
  const unprintable = ['a\0', 'a\nb', 'a\rb', 'a\u0085b', 'a\u2028b', 'a\u2029b', 'a\u000bb', 'a\u001b[2Kb', 'a\u202ebc', 'a\ud800'];
  expect([...refused, ...windows, ...unprintable].filter((path) => partsOfSharedPath(path))).toEqual([]);
});
