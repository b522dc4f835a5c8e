import { setTimeout as delay } from 'node:timers/promises';
import { createWindowLimit } from '../calls/window-limit.ts';
import { countedAddress } from './client-address.ts';

interface Refusal {
  status: number;
  /** Undefined for an unknown caller. */
  actor?: object | undefined;
  address: string;
  receivedAt: Date;
}

interface SlowDownSettings {
  /** Refused calls of unknown callers of one address that are answered at once in a minute; 0 for any number. */
  perAddressMax: number;
  delayMs: number;
}

/** Addresses together may cause as many refusals as so many single ones. This also limits the number of addresses in memory. */
const addressesMax = 100;

/**
 * Creates the function that delays the response to a refused call whose caller sends too many: an unknown caller of an address that is over the limit, or a
 * credential over its rate limit.
 *
 * Most programs wait for a response before they send the next request, so a flood of refused calls then leaves the server free for other callers. Returns
 * undefined if the response need not wait.
 */
export function createSlowDown({ perAddressMax, delayMs }: SlowDownSettings): (call: Refusal) => Promise<unknown> | undefined {
  const answeredAtOnce = createWindowLimit({ perAddressMax, allMax: perAddressMax * addressesMax });

  function isTooMany({ status, actor, address, receivedAt }: Refusal): boolean {
    if (status === 429) return true;
    if (status < 400 || actor !== undefined || perAddressMax === 0) return false;
    answeredAtOnce.enter(receivedAt);
    return !answeredAtOnce.take(countedAddress(address), true);
  }
  // Different delays, so that the next requests of many connections do not arrive all at once.
  return (call) => (delayMs > 0 && isTooMany(call) ? delay(delayMs * (0.5 + Math.random())) : undefined);
}
