import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Program } from '../server-process.ts';

// A small volume without the rights of an administrator: a file system in memory, in a namespace that only the server and its children see.

const volumeMb = 192;
/** The reserve for a server on such a volume. The default is a twentieth of the disk, less than a database needs for its files. */
export const reserveSetting = { DISK_RESERVE_BYTES: String(96 * 1024 ** 2) };
/** Less than the reserve, but enough for the files that a database needs for a while. */
const freeMbMin = 64;
const namespace = ['unshare', '--user', '--map-root-user', '--mount'];
const mount = (folder: string) => `mount -t tmpfs -o size=${volumeMb}m none '${folder}'`;

/** Returns the command that runs another command with a volume in place of the folder. The volume begins with the files of the folder. */
export const onVolume = (folder: string): string[] => [
  ...namespace,
  ...['sh', '-c', `cp -a '${folder}' '${folder}-copy' && ${mount(folder)} && cp -a '${folder}-copy/.' '${folder}' && exec "$@"`, 'sh'],
];

/** Tells whether this machine lets a program have a volume of its own. */
export const canMountVolumes = (folder: string): boolean =>
  spawnSync(namespace[0] as string, [...namespace.slice(1), 'sh', '-c', mount(folder)], { stdio: 'ignore' }).status === 0;

/** Returns the path by which other programs reach the volume. */
export const pathOfVolume = ({ pid }: Program, folder: string): string => `/proc/${pid}/root${folder}`;

const freeBytes = (volume: string) => {
  const { bavail, bsize } = statfsSync(volume);
  return bavail * bsize;
};
/** Names of the files with which another program fills the volume. */
const fillers = { reserve: 'filler', whole: 'filler-2' };
const pieceBytes = 1024 ** 2;

/** Uses the volume up to the reserve that the server keeps for known callers. In pieces, because the load shares a core with this process. */
export async function fillToReserve(volume: string): Promise<void> {
  const file = await open(join(volume, fillers.reserve), 'w');
  const piece = Buffer.alloc(pieceBytes);
  while (freeBytes(volume) > freeMbMin * 1024 ** 2) {
    await file.write(piece);
    await wait(5);
  }
  await file.close();
}
/** The server may take some of the free space meanwhile, so the last write may fail. */
function fillWholly(volume: string): void {
  try {
    writeFileSync(join(volume, fillers.whole), Buffer.alloc(freeBytes(volume)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
const empty = (volume: string): void => {
  for (const name of Object.values(fillers)) rmSync(join(volume, name), { force: true });
};

export interface Recovery {
  /** The status of `/readyz` while only the reserve was left, while the volume was full, and after it was emptied. */
  readiness: [reserve: number, full: number, emptied: number];
  /** The last status of the normal caller's request while the volume was full, and after it was emptied. */
  calls: [full: number, emptied: number];
  /** Time from the emptying until the server was ready. */
  seconds: number;
}

/** Fills the rest of the volume, empties it, and returns what the server, which is not restarted, answers meanwhile. */
export async function recoverFromFullVolume(program: Program, volume: string, url: string, token: string): Promise<Recovery> {
  const statusOf = async (address: string, headers = {}) => {
    const response = await fetch(address, { headers });
    await response.arrayBuffer();
    return response.status;
  };
  const readiness = () => statusOf(`${program.url}/readyz`);
  const call = () => statusOf(url, { authorization: `Bearer ${token}` });
  const reserve = await readiness();
  fillWholly(volume);
  let fullCall = 200;
  // The files of the database have room for some more calls.
  for (let count = 0; fullCall === 200 && count < 20_000; count++) fullCall = await call();
  const full = await readiness();
  empty(volume);
  const emptiedAt = performance.now();
  let emptied = await readiness();
  while (emptied !== 200 && performance.now() - emptiedAt < 30_000) {
    await wait(100);
    emptied = await readiness();
  }
  const seconds = (performance.now() - emptiedAt) / 1000;
  return { readiness: [reserve, full, emptied], calls: [fullCall, await call()], seconds };
}
