import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memoryFolder = '/dev/shm';
const freeBytesMin = 4 * 1024 ** 3;

function hasFreeSpace(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > freeBytesMin;
  } catch {
    return false;
  }
}

/**
 * Creates a temporary folder for test data, in memory if there is enough space, because tests would spend most of their time waiting for the disk.
 *
 * Committed data in memory survives a killed process, as on a disk. It does not survive a power cut, which no test simulates.
 */
export const newFolder = (name: string): string =>
  mkdtempSync(join(hasFreeSpace(memoryFolder) ? memoryFolder : tmpdir(), `gatehouse-${name}-`));
