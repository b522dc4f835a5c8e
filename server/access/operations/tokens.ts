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
} from '../../../generated/types.gen.ts';
import { hourMs } from '../../common/durations.ts';
import { conflict, unauthorized, unprocessable } from '../../common/errors.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { hashSecret, newTokenSecret, startOfSecret } from '../../common/secret-format.ts';
import { toInstant } from '../../database/instants.ts';
import { inTransaction } from '../../database/transactions.ts';
import { callerOf, type Handler } from '../../handler.ts';
import { createCredential, deleteCredential, findCredential, updateCredential } from '../credentials.ts';
import { checkCallerCovers, lockCaller } from '../delegation.ts';
import { presentAccessKey, presentToken } from '../present-credentials.ts';
import { endSecrets, hasMaxSecrets, insertSecret, secretsMax } from '../store/token-secrets.ts';
import * as store from '../store/tokens.ts';
import { decryptSecret, encryptSecret } from '../stored-secrets.ts';

const kind = 'API Token';

export const listTokens: Handler<ListTokensData, ListTokensResponses> = async ({ query: { page = 1 } }, context) => {
  const found = await store.listTokens(context.db, callerOf(context), kind, sliceOf(page));
  return { status: 200, body: presentPage(found, page, (row) => presentToken(row, context.now)) };
};

export const createToken: Handler<CreateTokenData, CreateTokenResponses> = async ({ body }, context) => {
  const secret = newTokenSecret();
  const { isRevealable = false, ...requested } = body;
  const row = await createCredential(context, kind, requested, (id) => ({
    secret_hash: hashSecret(secret),
    secret_start: startOfSecret(secret),
    encrypted_secret: isRevealable ? encryptSecret(context.secretKey, id, secret) : null,
  }));
  return { status: 201, body: { ...presentToken(row, context.now), secret } };
};

export const getToken: Handler<GetTokenData, GetTokenResponses> = async ({ path: { id } }, context) => ({
  status: 200,
  body: presentToken(await findCredential(context, kind, id), context.now),
});

export const getCurrentToken: Handler<GetCurrentTokenData, GetCurrentTokenResponses> = async (_request, context) => {
  const { kind: callerKind, tokenId } = callerOf(context);
  const row = await store.findToken(context.db, callerOf(context), callerKind, tokenId);
  if (!row) throw unauthorized(true);
  return { status: 200, body: callerKind === kind ? presentToken(row, context.now) : presentAccessKey(row, context.now) };
};

export const updateToken: Handler<UpdateTokenData, UpdateTokenResponses> = async ({ path: { id }, body }, context) => ({
  status: 200,
  body: presentToken(await updateCredential(context, kind, id, body), context.now),
});

export const rotateToken: Handler<RotateTokenData, RotateTokenResponses> = async (
  { path: { id }, body: { gracePeriodHours = 24 } },
  context,
) => {
  const secret = newTokenSecret();
  const endsAt = gracePeriodHours === 0 ? null : toInstant(new Date(context.now.getTime() + gracePeriodHours * hourMs));
  const rotated = await inTransaction(context.db, async (trx) => {
    const trxContext = { ...context, db: trx };
    await lockCaller(trxContext);
    const row = await findCredential(trxContext, kind, id, { lock: true });
    checkCallerCovers(trxContext, row, 'rotate');
    if (endsAt !== null && (await hasMaxSecrets(trx, row.id)))
      throw conflict(
        `This token has ${secretsMax} secrets; wait until the grace period of the earlier ones has ended, or end them with gracePeriodHours 0`,
        [{ resource: 'tokens', fields: [] }],
      );
    await endSecrets(trx, row.id, endsAt);
    await insertSecret(trx, row.id, hashSecret(secret));
    await store.updateToken(trx, row.id, {
      secret_start: startOfSecret(secret),
      ...(row.encrypted_secret && { encrypted_secret: encryptSecret(context.secretKey, row.id, secret) }),
    });
    return findCredential(trxContext, kind, id);
  });
  return { status: 200, body: { ...presentToken(rotated, context.now), secret } };
};

export const revealToken: Handler<RevealTokenData, RevealTokenResponses> = async ({ path: { id } }, context) => {
  const row = await findCredential(context, kind, id);
  checkCallerCovers(context, row, 'reveal');
  const secret = decryptSecret(context.secretKey, row);
  if (secret === undefined)
    throw unprocessable('The secret of this token can not be read again; rotate it for a new one', [{ resource: 'tokens', fields: [] }]);
  return { status: 200, body: { secret } };
};

export const deleteToken: Handler<DeleteTokenData, DeleteTokenResponses> = async (
  { path: { id }, query: { alsoDeleteCreated = false } },
  context,
) => {
  await deleteCredential(context, kind, id, alsoDeleteCreated);
  return { status: 204, body: undefined };
};
