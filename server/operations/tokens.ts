import { randomUUID } from 'node:crypto';
import type {
  CreateTokenData,
  CreateTokenResponses,
  DeleteTokenData,
  DeleteTokenResponses,
  GetCurrentTokenData,
  GetCurrentTokenResponses,
  GetTokenData,
  GetTokenResponses,
  ListTokensData,
  ListTokensResponses,
  RevealTokenData,
  RevealTokenResponses,
  RotateTokenData,
  RotateTokenResponses,
  UpdateTokenData,
  UpdateTokenResponses,
} from '../../generated/types.gen.ts';
import { changesTo, checkCovers, grant, holdCaller } from '../credentials.ts';
import { notFound, unauthorized, unprocessable } from '../errors.ts';
import { type Context, callerOf, doerOf, type Handler } from '../operation.ts';
import { presentPage, sliceOf } from '../page.ts';
import { presentAccessKey, presentToken, sealSecret, unsealSecret } from '../present-token.ts';
import { hashSecret, newTokenSecret, startOfSecret } from '../secrets.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { toInstant } from '../store/instants.ts';
import { endSecrets, insertSecret } from '../store/token-secrets.ts';
import * as store from '../store/tokens.ts';

const kind = 'API Token';
const hourMs = 3_600_000;

async function findOrThrow(db: Db, context: Context, id: string, options?: { lock: boolean }): Promise<store.TokenView> {
  const row = await store.findToken(db, callerOf(context), kind, id, options);
  if (!row) throw notFound(kind, id);
  return row;
}

export const listTokens: Handler<ListTokensData, ListTokensResponses> = async ({ query: { page = 1 } }, context) => {
  const found = await store.listTokens(context.db, callerOf(context), kind, sliceOf(page));
  return { status: 200, body: presentPage(found, page, (row) => presentToken(row, context.now)) };
};

export const createToken: Handler<CreateTokenData, CreateTokenResponses> = async ({ body }, context) => {
  const secret = newTokenSecret();
  const created = await inTransaction(context.db, async (trx) => {
    const id = randomUUID();
    await store.insertToken(trx, context.now, {
      id,
      ...(await grant({ ...context, db: trx }, kind, body)),
      name: body.name,
      secret_hash: hashSecret(secret),
      secret_start: startOfSecret(secret),
      sealed_secret: body.isRevealable ? sealSecret(context.secretKey, id, secret) : null,
      created_by: doerOf(context),
    });
    return findOrThrow(trx, context, id);
  });
  return { status: 201, body: { ...presentToken(created, context.now), secret } };
};

export const getToken: Handler<GetTokenData, GetTokenResponses> = async ({ path: { id } }, context) => ({
  status: 200,
  body: presentToken(await findOrThrow(context.db, context, id), context.now),
});

export const getCurrentToken: Handler<GetCurrentTokenData, GetCurrentTokenResponses> = async (_request, context) => {
  const { kind: own, tokenId } = callerOf(context);
  const row = await store.findToken(context.db, callerOf(context), own, tokenId);
  if (!row) throw unauthorized(true);
  return { status: 200, body: own === kind ? presentToken(row, context.now) : presentAccessKey(row, context.now) };
};

export const updateToken: Handler<UpdateTokenData, UpdateTokenResponses> = async ({ path: { id }, body }, context) => {
  const changed = await inTransaction(context.db, async (trx) => {
    await holdCaller({ ...context, db: trx });
    const row = await findOrThrow(trx, context, id, { lock: true });
    await store.updateToken(trx, row.id, await changesTo({ ...context, db: trx }, row, body));
    return findOrThrow(trx, context, id);
  });
  return { status: 200, body: presentToken(changed, context.now) };
};

export const rotateToken: Handler<RotateTokenData, RotateTokenResponses> = async (
  { path: { id }, body: { gracePeriodHours = 24 } },
  context,
) => {
  const secret = newTokenSecret();
  const endsAt = gracePeriodHours === 0 ? null : toInstant(new Date(context.now.getTime() + gracePeriodHours * hourMs));
  const rotated = await inTransaction(context.db, async (trx) => {
    await holdCaller({ ...context, db: trx });
    const row = await findOrThrow(trx, context, id, { lock: true });
    checkCovers(context, row);
    await endSecrets(trx, row.id, endsAt);
    await insertSecret(trx, row.id, hashSecret(secret));
    await store.updateToken(trx, row.id, {
      secret_start: startOfSecret(secret),
      ...(row.sealed_secret && { sealed_secret: sealSecret(context.secretKey, row.id, secret) }),
    });
    return findOrThrow(trx, context, id);
  });
  return { status: 200, body: { ...presentToken(rotated, context.now), secret } };
};

export const revealToken: Handler<RevealTokenData, RevealTokenResponses> = async ({ path: { id } }, context) => {
  const row = await findOrThrow(context.db, context, id);
  checkCovers(context, row);
  const secret = unsealSecret(context.secretKey, row);
  if (secret === undefined) throw unprocessable('The secret of this token can not be read again; rotate it for a new one');
  return { status: 200, body: { secret } };
};

export const deleteToken: Handler<DeleteTokenData, DeleteTokenResponses> = async ({ path: { id } }, context) => {
  await inTransaction(context.db, async (trx) => {
    await holdCaller({ ...context, db: trx });
    checkCovers(context, await findOrThrow(trx, context, id, { lock: true }));
    await store.deleteToken(trx, callerOf(context), kind, id);
  });
  return { status: 204, body: undefined };
};
