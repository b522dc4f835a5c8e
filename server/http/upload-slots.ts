import { tooManyRequests, unavailable } from '../common/errors.ts';

/**
 * Limits the uploads that arrive at the same time, in all and for each credential. Returns a function that takes a place; it returns a function that
 * frees the place. Throws 429 and 503.
 */
export function createUploadSlots({ uploadsMax, uploadsPerCallerMax }: { uploadsMax: number; uploadsPerCallerMax: number }) {
  const countOf = new Map<string, number>();
  let total = 0;
  return (tokenId: string): (() => void) => {
    const count = countOf.get(tokenId) ?? 0;
    if (count >= uploadsPerCallerMax)
      throw tooManyRequests(`This credential already sends ${uploadsPerCallerMax} uploads; wait until one of them has ended`, 1);
    if (total >= uploadsMax) throw unavailable(`The server already receives ${uploadsMax} uploads; try again`);
    total += 1;
    countOf.set(tokenId, count + 1);
    return () => {
      total -= 1;
      const left = (countOf.get(tokenId) as number) - 1;
      if (left > 0) countOf.set(tokenId, left);
      else countOf.delete(tokenId);
    };
  };
}
