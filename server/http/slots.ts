import { tooManyRequests, unavailable } from '../common/errors.ts';
import type { Caller } from '../handler.ts';

interface SlotLimits {
  /** The limited thing in the plural, for messages. */
  noun: string;
  max: number;
  /** A caller can create many credentials, but not organizations. */
  perOrganizationMax: number;
  perCallerMax: number;
}

type Holder = Pick<Caller, 'tokenId' | 'organizationId'>;

/**
 * Limits how many of something run at the same time, in all, for each organization and for each credential. Returns a function that takes a place; it
 * returns a function that frees the place. Throws 429 and 503.
 */
export function createSlots({ noun, max, perOrganizationMax, perCallerMax }: SlotLimits): (holder: Holder) => () => void {
  /** The places that each credential and each organization has, by their ids. */
  const counts = new Map<string, number>();
  let total = 0;
  const countOf = (id: string) => counts.get(id) ?? 0;
  const add = (ids: string[], change: 1 | -1) => {
    total += change;
    for (const id of ids) {
      const count = countOf(id) + change;
      if (count > 0) counts.set(id, count);
      else counts.delete(id);
    }
  };
  return ({ tokenId, organizationId }) => {
    const refuse = (holder: string, count: number) =>
      tooManyRequests(`This ${holder} has ${count} ${noun} already; wait until one of them has ended`, 1);
    if (countOf(tokenId) >= perCallerMax) throw refuse('credential', perCallerMax);
    if (countOf(organizationId) >= perOrganizationMax) throw refuse('organization', perOrganizationMax);
    if (total >= max) throw unavailable(`The server has ${max} ${noun} already; try again`);
    const ids = [tokenId, organizationId];
    add(ids, 1);
    return () => add(ids, -1);
  };
}
