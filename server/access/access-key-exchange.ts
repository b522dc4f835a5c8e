import { randomUUID } from 'node:crypto';
import type { AccessToken } from '../../generated/types.gen.ts';
import { dayMs, hourMs } from '../common/durations.ts';
import { unauthorized } from '../common/errors.ts';
import { hashSecret, newSecret } from '../common/secret-format.ts';
import { fromInstant, type Instant, isLater, toInstant } from '../database/instants.ts';
import { inTransaction } from '../database/transactions.ts';
import type { Actor, Context } from '../handler.ts';
import { checkReplay, isHashOf } from './access-key-proof.ts';
import { aboutCredential, actorOf } from './caller.ts';
import * as store from './store/access-tokens.ts';
import { isUsable, type TokenRow } from './store/token-rows.ts';
import { insertSecret } from './store/token-secrets.ts';
import { decryptSecret } from './stored-secrets.ts';

const accessTokenMs = hourMs;
const refreshTokenMs = dayMs;
/** The secret that is checked for a key that does not exist, so that the response time does not reveal which keys exist. */
const decoySecret = newSecret('pas');

/** Stores and returns an access token and a refresh token, which end with the key at the latest. Must run in the transaction that has locked the key. */
async function issueTokens({ db, now }: Context, key: TokenRow, familyId: string): Promise<AccessToken> {
  const [access, refresh] = [newSecret('pat'), newSecret('par')];
  const endOf = (ms: number): Instant => {
    const end = toInstant(new Date(now.getTime() + ms));
    return key.expires_at !== null && isLater(end, key.expires_at) ? key.expires_at : end;
  };
  const accessEnd = endOf(accessTokenMs);
  await insertSecret(db, key.id, hashSecret(access), { expires_at: accessEnd, family_id: familyId });
  await store.insertRefreshToken(db, {
    secret_hash: hashSecret(refresh),
    token_id: key.id,
    family_id: familyId,
    expires_at: endOf(refreshTokenMs),
  });
  return {
    success: true,
    access_token: access,
    refresh_token: refresh,
    expiry_time: Math.floor(fromInstant(accessEnd).getTime() / 1000),
  };
}

/** Issued tokens, with the key's rate limit headers for the response and its name for the API log. */
interface Issued {
  body: AccessToken;
  headers: Record<string, string>;
  actor: Actor;
}

/**
 * Counts the use of a key whose possession the caller has proven, then issues tokens. Errors name the key in the API log.
 *
 * Counting comes before the transaction: it may need a database connection, while transactions hold all connections of the pool.
 */
async function issueFor(context: Context, key: TokenRow, work: () => Promise<AccessToken>): Promise<Issued> {
  try {
    const headers = await context.countUse(key);
    return { body: await work(), headers, actor: actorOf(key) };
  } catch (error) {
    throw aboutCredential(error as Error, key);
  }
}

/** Returns undefined for a secret that cannot be decrypted, because an error would tell that this key exists. */
function secretOf({ secretKey }: Context, key: TokenRow): string | undefined {
  try {
    return decryptSecret(secretKey, key);
  } catch {
    return undefined;
  }
}

/** Exchanges the HMAC of an access key for tokens. Throws the same 401 for every reason that a caller without the secret could probe. */
export async function exchangeAccessKey(
  context: Context,
  { accessKeyId, hash, content }: { accessKeyId: string; hash: string; content: string },
): Promise<Issued> {
  const found = await store.findAccessKey(context.db, accessKeyId);
  const secret = (found && secretOf(context, found)) ?? decoySecret;
  const isProven = isHashOf(content, secret, hash);
  if (!found || !isProven || !isUsable(found, context.now)) throw aboutCredential(unauthorized(true), found);
  return issueFor(context, found, () =>
    inTransaction(context.db, async (trx) => {
      const key = await store.findAccessKey(trx, accessKeyId, { lock: true });
      if (!key || !isUsable(key, context.now)) throw unauthorized(true);
      const trxContext = { ...context, db: trx };
      if (key.is_replay_protected) await checkReplay(trxContext, key, content);
      return issueTokens(trxContext, key, randomUUID());
    }),
  );
}

/**
 * Exchanges a refresh token for new tokens. Throws 401 for a token that is unknown or expired, and after `refreshesMax` refreshes within a day.
 *
 * A refresh token that was used before is a sign of theft: all tokens of the same exchange are deleted.
 */
export async function exchangeRefreshToken(context: Context, refreshToken: string): Promise<Issued> {
  const found = await store.findRefreshToken(context.db, hashSecret(refreshToken));
  const key = found && (await store.findAccessKeyById(context.db, found.token_id));
  if (!found || !key || found.expires_at <= toInstant(context.now)) throw aboutCredential(unauthorized(true), key);
  return issueFor(context, key, async () => {
    const tokens = await inTransaction(context.db, async (trx) => {
      const locked = await store.findAccessKeyById(trx, key.id, { lock: true });
      if (!locked || !isUsable(locked, context.now)) return undefined;
      // No error is thrown in here: it would roll back the changes.
      if (!(await store.markRefreshTokenUsed(trx, found.secret_hash, context.now))) {
        await store.deleteTokenFamily(trx, found.family_id);
        return undefined;
      }
      if (await store.isFamilyFull(trx, found.family_id)) return undefined;
      return issueTokens({ ...context, db: trx }, locked, found.family_id);
    });
    if (!tokens) throw unauthorized(true);
    return tokens;
  });
}
