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
} from '../../../generated/types.gen.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { newAccessKeyId, newSecret, startOfSecret } from '../../common/secret-format.ts';
import { callerOf, type Handler } from '../../handler.ts';
import { exchangeAccessKey, exchangeRefreshToken } from '../access-key-exchange.ts';
import { createCredential, deleteCredential, findCredential, updateCredential } from '../credentials.ts';
import { presentAccessKey } from '../present-credentials.ts';
import { listTokens } from '../store/tokens.ts';
import { encryptSecret } from '../stored-secrets.ts';

const kind = 'Access Key';

export const listAccessKeys: Handler<ListAccessKeysData, ListAccessKeysResponses> = async ({ query: { page = 1 } }, context) => {
  const found = await listTokens(context.db, callerOf(context), kind, sliceOf(page));
  return { status: 200, body: presentPage(found, page, (row) => presentAccessKey(row, context.now)) };
};

export const createAccessKey: Handler<CreateAccessKeyData, CreateAccessKeyResponses> = async ({ body }, context) => {
  const secret = newSecret('pas');
  const { isReplayProtected = true, ...requested } = body;
  const row = await createCredential(context, kind, requested, (id) => ({
    access_key_id: newAccessKeyId(),
    secret_start: startOfSecret(secret),
    encrypted_secret: encryptSecret(context.secretKey, id, secret),
    is_replay_protected: isReplayProtected,
  }));
  return { status: 201, body: { ...presentAccessKey(row, context.now), secret } };
};

export const getAccessKey: Handler<GetAccessKeyData, GetAccessKeyResponses> = async ({ path: { id } }, context) => ({
  status: 200,
  body: presentAccessKey(await findCredential(context, kind, id), context.now),
});

export const updateAccessKey: Handler<UpdateAccessKeyData, UpdateAccessKeyResponses> = async ({ path: { id }, body }, context) => ({
  status: 200,
  body: presentAccessKey(await updateCredential(context, kind, id, body), context.now),
});

export const deleteAccessKey: Handler<DeleteAccessKeyData, DeleteAccessKeyResponses> = async (
  { path: { id }, query: { alsoDeleteCreated = false } },
  context,
) => {
  await deleteCredential(context, kind, id, alsoDeleteCreated);
  return { status: 204, body: undefined };
};

export const createAccessToken: Handler<CreateAccessTokenData, CreateAccessTokenResponses> = async ({ body, headers }, context) => ({
  status: 200,
  ...(await exchangeAccessKey(context, { accessKeyId: headers['x-key'], hash: headers['x-hash'], content: body.content })),
});

export const refreshAccessToken: Handler<RefreshAccessTokenData, RefreshAccessTokenResponses> = async ({ body }, context) => ({
  status: 200,
  ...(await exchangeRefreshToken(context, body.refresh_token)),
});
