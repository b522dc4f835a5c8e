import type { ApplicationImport } from '../generated/types.gen.ts';
import { GatehouseError, TimeoutError } from './errors.ts';

export interface WaitOptions {
  /** Maximum total duration, in milliseconds. Default: ten minutes. */
  timeoutMs?: number;
  /** Called with the import after each request. */
  onProgress?: (current: ApplicationImport) => void;
  signal?: AbortSignal;
}

/** The import ended with another status than `Finished`. `import` has its log. */
export class ImportFailedError extends GatehouseError {
  override name = 'ImportFailedError';
  readonly import: ApplicationImport;
  constructor(failed: ApplicationImport) {
    const reason = failed.log?.trim().split('\n').at(-1);
    super(`Import ${failed.number} is ${failed.status}${reason ? `: ${reason}` : ''}`);
    this.import = failed;
  }
}

const firstDelayMs = 200;
const delayMsMax = 5_000;

/**
 * Polls an import with growing delays until it has ended. Returns the import if it is `Finished`.
 *
 * Throws `ImportFailedError` for another final status, and `TimeoutError` after `timeoutMs`.
 */
export async function waitForImport(
  get: (signal: AbortSignal | undefined) => Promise<ApplicationImport>,
  { timeoutMs = 600_000, onProgress, signal }: WaitOptions = {},
): Promise<ApplicationImport> {
  const deadline = Date.now() + timeoutMs;
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMsMax, delayMs * 1.5)) {
    const current = await get(signal);
    onProgress?.(current);
    if (current.status === 'Finished') return current;
    if (current.buildEnd !== null) throw new ImportFailedError(current);
    if (Date.now() + delayMs > deadline)
      throw new TimeoutError(`Import ${current.number} is still ${current.status} after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    signal?.throwIfAborted();
  }
}
