import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { AccessToken } from '../../generated/types.gen.ts';
import { dayMs, hourMs } from '../common/durations.ts';
import { ApiError, unauthorized } from '../common/errors.ts';
import { hashSecret, newSecret } from '../common/secret-format.ts';
import { inTransaction } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';
import type { Context } from '../handler.ts';
import { decryptSecret } from './present-credentials.ts';
import * as store from './store/access-tokens.ts';
import { isUsable, type TokenRow } from './store/token-rows.ts';
import { insertSecret } from './store/token-secrets.ts';

const accessMs = hourMs;
const refreshMs = dayMs;
const replayWindowSeconds = 300;
/** Beyond the window, for clocks that differ and for requests that take long to arrive. */
const nonceKeptMs = hourMs;
const timedContent = /^(\d{1,12})\.([\x21-\x7e]{16,200})$/;
/** What is verified for a key that does not exist, so that it takes as long. */
const nobodysSecret = newSecret('pas');

/** The bytes that hexadecimal digits in any case, or base64, stand for. */
const bytesOf = (hash: string) => (/^[0-9a-f]{64}$/i.test(hash) ? Buffer.from(hash, 'hex') : Buffer.from(hash, 'base64'));

function isHashOf(content: string, secret: string, hash: string): boolean {
  const expected = createHmac('sha256', secret).update(content).digest();
  const given = bytesOf(hash);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** To a caller who has proven that it holds the secret, the truth may be told. */
const refused = (message: string) => new ApiError(401, 'unauthorized', message, { headers: unauthorized(true).headers });

/** Throws 401 for a content that is too old, too new, or was here before, on whichever process. */
async function checkReplay(context: Context, key: TokenRow, content: string): Promise<void> {
  const [, seconds, nonce] = timedContent.exec(content) ?? [];
  if (seconds === undefined || nonce === undefined)
    throw refused('The content must be <Unix seconds>.<nonce> for this access key, the nonce of 16 to 200 visible characters');
  const off = Math.abs(Math.floor(context.now.getTime() / 1000) - Number(seconds));
  if (off > replayWindowSeconds)
    throw refused(`The time in the content is ${off} seconds from the server's, more than ${replayWindowSeconds}`);
  const expiresAt = toInstant(new Date((Number(seconds) + replayWindowSeconds) * 1000 + nonceKeptMs));
  const nonceHash = createHash('sha256').update(content).digest();
  if (!(await store.claimNonce(context.db, key.id, nonceHash, expiresAt))) throw refused('The nonce in the content was used before');
}

/** An access token and a refresh token; in the transaction that has locked the key. */
async function issue({ db, now }: Context, key: TokenRow, familyId: string): Promise<AccessToken> {
  const [access, refresh] = [newSecret('pat'), newSecret('par')];
  const ends = (ms: number) => new Date(now.getTime() + ms);
  await insertSecret(db, key.id, hashSecret(access), { expires_at: toInstant(ends(accessMs)), family_id: familyId });
  await store.insertRefreshToken(db, {
    secret_hash: hashSecret(refresh),
    token_id: key.id,
    family_id: familyId,
    expires_at: toInstant(ends(refreshMs)),
  });
  return { success: true, access_token: access, refresh_token: refresh, expiry_time: Math.floor(ends(accessMs).getTime() / 1000) };
}

/** Throws the one 401 for every reason that somebody without the secret could ask about. */
export async function exchange(
  context: Context,
  { accessKeyId, hash, content }: { accessKeyId: string; hash: string; content: string },
): Promise<AccessToken> {
  const found = await store.findAccessKey(context.db, accessKeyId);
  const secret = (found && decryptSecret(context.secretKey, found)) ?? nobodysSecret;
  const isProven = isHashOf(content, secret, hash);
  if (!found || !isProven || !isUsable(found, context.now)) throw Object.assign(unauthorized(true), { knownAs: found });
  await context.noteUse(found);
  return inTransaction(context.db, async (trx) => {
    const key = await store.findAccessKey(trx, accessKeyId, { lock: true });
    if (!key || !isUsable(key, context.now)) throw unauthorized(true);
    const within = { ...context, db: trx };
    if (key.is_replay_protected)
      await checkReplay(within, key, content).catch((error) => {
        throw Object.assign(error, { knownAs: key });
      });
    return issue(within, key, randomUUID());
  });
}

/** Throws 401 for a refresh token that is none, has ended, or was used before: then all that came from the same exchange ends. */
export async function refresh(context: Context, refreshToken: string): Promise<AccessToken> {
  const found = await store.findRefreshToken(context.db, hashSecret(refreshToken));
  const key = found && (await store.findAccessKeyById(context.db, found.token_id));
  const refuse = () => Object.assign(unauthorized(true), { knownAs: key });
  if (!found || !key || found.expires_at <= toInstant(context.now)) throw refuse();
  // Before the transaction: to count may take a connection of its own, and all of them may be waiting here.
  await context.noteUse(key);
  const tokens = await inTransaction(context.db, async (trx) => {
    const locked = await store.findAccessKeyById(trx, key.id, { lock: true });
    if (!locked || !isUsable(locked, context.now)) return undefined;
    if (await store.useRefreshToken(trx, found.secret_hash, context.now)) return issue({ ...context, db: trx }, locked, found.family_id);
    // Not thrown here: the end of the family must be kept.
    await store.deleteFamily(trx, found.family_id);
    return undefined;
  });
  if (!tokens) throw refuse();
  return tokens;
}
