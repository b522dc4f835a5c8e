import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const roomNeeded = 4 * 1024 ** 3;

function isRoomy(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > roomNeeded;
  } catch {
    return false;
  }
}

/**
 * A new folder for the data of tests, in memory where there is room: most of their time would go by waiting for a disk. What tests are about, that
 * a process is killed and nothing it had committed is lost, is the same there; only a power cut is not, and no test can make one.
 */
export const newFolder = (name: string): string => mkdtempSync(join(isRoomy(memory) ? memory : tmpdir(), `gatehouse-${name}-`));
