import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sampleFiles = fileURLToPath(new URL('./files', import.meta.url));

/** Copies the sample files into the shared folder of the seeded environment. */
export const copySampleFiles = (sharedDirectory: string): void =>
  cpSync(sampleFiles, join(sharedDirectory, 'default', 'default', 'production'), { recursive: true });
