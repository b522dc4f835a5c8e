import { randomUUID } from 'node:crypto';
import type {
  CreateAccessKeyData,
  CreateAccessKeyResponses,
  CreateAccessTokenData,
  CreateAccessTokenResponses,
  DeleteAccessKeyData,
  DeleteAccessKeyResponses,
  GetAccessKeyData,
  GetAccessKeyResponses,
  ListAccessKeysData,
  ListAccessKeysResponses,
  RefreshAccessTokenData,
  RefreshAccessTokenResponses,
  UpdateAccessKeyData,
  UpdateAccessKeyResponses,
} from '../../generated/types.gen.ts';
import { exchange, refresh } from '../access-keys.ts';
import { changesTo, checkCovers, grant, holdCaller } from '../credentials.ts';
import { notFound } from '../errors.ts';
import { type Context, callerOf, doerOf, type Handler } from '../operation.ts';
import { presentPage, sliceOf } from '../page.ts';
import { presentAccessKey, sealSecret } from '../present-token.ts';
import { newAccessKeyId, newSecret, startOfSecret } from '../secrets.ts';
import { type Db, inTransaction } from '../store/database.ts';
import * as store from '../store/tokens.ts';

const kind = 'Access Key';

async function findOrThrow(db: Db, context: Context, id: string, options?: { lock: boolean }): Promise<store.TokenView> {
  const row = await store.findToken(db, callerOf(context), kind, id, options);
  if (!row) throw notFound(kind, id);
  return row;
}

export const listAccessKeys: Handler<ListAccessKeysData, ListAccessKeysResponses> = async ({ query: { page = 1 } }, context) => {
  const found = await store.listTokens(context.db, callerOf(context), kind, sliceOf(page));
  return { status: 200, body: presentPage(found, page, (row) => presentAccessKey(row, context.now)) };
};

export const createAccessKey: Handler<CreateAccessKeyData, CreateAccessKeyResponses> = async ({ body }, context) => {
  const secret = newSecret('pas');
  const created = await inTransaction(context.db, async (trx) => {
    const id = randomUUID();
    await store.insertToken(trx, context.now, {
      id,
      ...(await grant({ ...context, db: trx }, kind, body)),
      name: body.name,
      access_key_id: newAccessKeyId(),
      secret_start: startOfSecret(secret),
      sealed_secret: sealSecret(context.secretKey, id, secret),
      is_replay_protected: body.isReplayProtected ?? false,
      created_by: doerOf(context),
    });
    return findOrThrow(trx, context, id);
  });
  return { status: 201, body: { ...presentAccessKey(created, context.now), secret } };
};

export const getAccessKey: Handler<GetAccessKeyData, GetAccessKeyResponses> = async ({ path: { id } }, context) => ({
  status: 200,
  body: presentAccessKey(await findOrThrow(context.db, context, id), context.now),
});

export const updateAccessKey: Handler<UpdateAccessKeyData, UpdateAccessKeyResponses> = async ({ path: { id }, body }, context) => {
  const changed = await inTransaction(context.db, async (trx) => {
    await holdCaller({ ...context, db: trx });
    const row = await findOrThrow(trx, context, id, { lock: true });
    await store.updateToken(trx, row.id, await changesTo({ ...context, db: trx }, row, body));
    return findOrThrow(trx, context, id);
  });
  return { status: 200, body: presentAccessKey(changed, context.now) };
};

export const deleteAccessKey: Handler<DeleteAccessKeyData, DeleteAccessKeyResponses> = async ({ path: { id } }, context) => {
  await inTransaction(context.db, async (trx) => {
    await holdCaller({ ...context, db: trx });
    checkCovers(context, await findOrThrow(trx, context, id, { lock: true }));
    await store.deleteToken(trx, callerOf(context), kind, id);
  });
  return { status: 204, body: undefined };
};

export const createAccessToken: Handler<CreateAccessTokenData, CreateAccessTokenResponses> = async ({ body, headers }, context) => {
  const tokens = await exchange(context, { accessKeyId: headers['x-key'], hash: headers['x-hash'], content: body.content });
  return { status: 200, body: tokens };
};

export const refreshAccessToken: Handler<RefreshAccessTokenData, RefreshAccessTokenResponses> = async ({ body }, context) => {
  return { status: 200, body: await refresh(context, body.refresh_token) };
};
