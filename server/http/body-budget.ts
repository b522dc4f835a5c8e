import { type ApiError, tooManyRequests, unavailable } from '../common/errors.ts';
import type { Caller } from '../handler.ts';

/** The bytes of one body in a budget. */
export interface BodyShare {
  /** Counts bytes that have arrived. May refuse this share or a larger one of the same budget. */
  add: (bytes: number) => void;
  /** Sets the function that is called, at most once, when the share is refused. */
  onRefusal: (refuse: (error: ApiError) => void) => void;
  /** The whole body has arrived: it is no longer refused. Its bytes count until the release. */
  complete: () => void;
  release: () => void;
}
interface OpenShare extends BodyShare {
  bytes: number;
  refuse: ((error: ApiError) => void) | undefined;
}

export interface BodyBudgetLimits {
  bytesMax: number;
  /** A caller can create many credentials, but not organizations. */
  bytesPerOrganizationMax?: number;
  bytesPerCallerMax?: number;
}

type Holder = Pick<Caller, 'tokenId' | 'organizationId'>;

/**
 * Limits the bytes of all bodies that the process holds at the same time.
 *
 * Counts bytes as they arrive, so that a client that only announces a large body takes nothing from others. When the budget is full, the largest body
 * that is still arriving is refused with 503: many large bodies cannot keep small ones out. A credential or an organization over its own limit gets
 * 429.
 */
export function createBodyBudget({ bytesMax, bytesPerOrganizationMax = bytesMax, bytesPerCallerMax = bytesMax }: BodyBudgetLimits) {
  const arriving = new Set<OpenShare>();
  /** The bytes that each credential and each organization holds, by their ids. */
  const held = new Map<string, number>();
  let total = 0;

  function countFor(id: string, bytes: number): void {
    const after = (held.get(id) ?? 0) + bytes;
    if (after > 0) held.set(id, after);
    else held.delete(id);
  }

  /** Returns which holder of a share has too many bytes; undefined if none has. */
  function holderOverLimit({ tokenId, organizationId }: Holder): 'credential' | 'organization' | undefined {
    if ((held.get(tokenId) ?? 0) > bytesPerCallerMax) return 'credential';
    return (held.get(organizationId) ?? 0) > bytesPerOrganizationMax ? 'organization' : undefined;
  }

  function refuse(share: OpenShare, error: ApiError): void {
    share.release();
    share.refuse?.(error);
  }

  function makeRoom(): void {
    while (total > bytesMax && arriving.size > 0) {
      const [first, ...others] = arriving;
      const largest = others.reduce((found, share) => (share.bytes > found.bytes ? share : found), first as OpenShare);
      refuse(largest, unavailable('The server holds as many bytes of requests as it may; try again'));
    }
  }

  return {
    /** Opens the share of a body. `holder` is the caller; undefined if it is not known. */
    open(holder?: Holder): BodyShare {
      const count = (bytes: number) => {
        total += bytes;
        share.bytes += bytes;
        if (holder === undefined) return;
        countFor(holder.tokenId, bytes);
        countFor(holder.organizationId, bytes);
      };
      const share: OpenShare = {
        bytes: 0,
        refuse: undefined,
        onRefusal: (whenRefused) => {
          share.refuse = whenRefused;
        },
        add: (bytes) => {
          count(bytes);
          const overLimit = holder && holderOverLimit(holder);
          if (overLimit)
            refuse(share, tooManyRequests(`The running requests of this ${overLimit} have too many bytes; wait for their responses`, 1));
          else if (total > bytesMax) makeRoom();
        },
        complete: () => arriving.delete(share),
        release: () => {
          arriving.delete(share);
          count(-share.bytes);
        },
      };
      arriving.add(share);
      return share;
    },
    /** Bytes of all bodies now. */
    bytes: () => total,
  };
}
