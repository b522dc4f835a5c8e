import type { ApplicationImport } from '../generated/types.gen.ts';
import { GatehouseError, TimeoutError } from './errors.ts';

export interface WaitOptions {
  /** How long to wait altogether, in milliseconds; ten minutes where it is left out. */
  timeoutMs?: number;
  onProgress?: (now: ApplicationImport) => void;
  signal?: AbortSignal;
}

/** An import that ended otherwise than finished; `import` has its log. */
export class ImportFailedError extends GatehouseError {
  override name = 'ImportFailedError';
  readonly import: ApplicationImport;
  constructor(failed: ApplicationImport) {
    const reason = failed.log?.trim().split('\n').at(-1);
    super(`Import ${failed.number} is ${failed.status}${reason ? `: ${reason}` : ''}`);
    this.import = failed;
  }
}

const firstMs = 200;
const longestMs = 5_000;

/** Asks, ever more rarely, until an import has ended. Resolves with one that is `Finished` and rejects for all others. */
export async function waitForImport(
  get: (signal: AbortSignal | undefined) => Promise<ApplicationImport>,
  { timeoutMs = 600_000, onProgress, signal }: WaitOptions = {},
): Promise<ApplicationImport> {
  const deadline = Date.now() + timeoutMs;
  for (let ms = firstMs; ; ms = Math.min(longestMs, ms * 1.5)) {
    const now = await get(signal);
    onProgress?.(now);
    if (now.status === 'Finished') return now;
    if (now.buildEnd !== null) throw new ImportFailedError(now);
    if (Date.now() + ms > deadline) throw new TimeoutError(`Import ${now.number} is still ${now.status} after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, ms));
    signal?.throwIfAborted();
  }
}
