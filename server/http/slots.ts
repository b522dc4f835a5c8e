import { tooManyRequests, unavailable } from '../common/errors.ts';

export interface SlotLimits {
  /** The limited thing in the plural, for messages. */
  noun: string;
  max: number;
  perCallerMax: number;
}

/**
 * Limits how many of something run at the same time, in all and for each credential. Returns a function that takes a place; it returns a function that
 * frees the place. Throws 429 and 503.
 */
export function createSlots({ noun, max, perCallerMax }: SlotLimits): (tokenId: string) => () => void {
  const countOf = new Map<string, number>();
  let total = 0;
  return (tokenId) => {
    const count = countOf.get(tokenId) ?? 0;
    if (count >= perCallerMax)
      throw tooManyRequests(`This credential has ${perCallerMax} ${noun} already; wait until one of them has ended`, 1);
    if (total >= max) throw unavailable(`The server has ${max} ${noun} already; try again`);
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
