import type { IncomingMessage } from 'node:http';
import DataLoader from 'dataloader';
import { unauthorized } from './errors.ts';
import type { Caller } from './operation.ts';
import { hashSecret, isTokenSecret } from './secrets.ts';
import type { Db } from './store/database.ts';
import { toInstant } from './store/instants.ts';
import { listTokensByHash, type TokenByHash } from './store/tokens.ts';

/** Answers who calls, or throws the one 401; a look-up that fails itself is thrown on, so that a dead database is not "wrong token". */
export type Authenticate = (authorization: string | undefined, now: Date) => Promise<Caller>;

const bearer = /^Bearer +([\x21-\x7e]+)$/i;

/** The secret that a request carries; empty where it carries none. */
export const secretOf = ({ headers }: IncomingMessage): string => bearer.exec(headers.authorization ?? '')?.[1] ?? '';

/**
 * The tokens of all calls that arrive in one tick are looked up by one query. Nothing is kept from one tick to the next: a token that is deleted,
 * by whichever process, is refused by the next request.
 */
export function createAuthenticate(db: Db): Authenticate {
  const tokens = new DataLoader<string, TokenByHash | undefined>(
    async (hashes) => {
      const rows = await listTokensByHash(
        db,
        [...new Set(hashes)].map((hash) => Buffer.from(hash, 'hex')),
      );
      const byHash = new Map(rows.map((row) => [Buffer.from(row.secret_hash).toString('hex'), row]));
      return hashes.map((hash) => byHash.get(hash));
    },
    // Requests of one tick arrive one by one; the look-up waits until all of them have.
    { cache: false, maxBatchSize: 500, batchScheduleFn: (look) => setImmediate(look) },
  );

  return async (authorization, now) => {
    const secret = bearer.exec(authorization ?? '')?.[1];
    if (!secret || !isTokenSecret(secret)) throw unauthorized(authorization !== undefined);
    const token = await tokens.load(hashSecret(secret).toString('hex'));
    if (!token || !isActive(token, now)) throw unauthorized(true);
    return {
      tokenId: token.id,
      tokenName: token.name,
      accessLevel: token.access_level,
      organizationId: token.organization_id,
      environmentId: token.environment_id ?? token.default_environment_id,
    };
  };
}

const isActive = ({ expires_at, disabled_at }: TokenByHash, now: Date) =>
  disabled_at === null && (expires_at === null || expires_at > toInstant(now));
