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
  Token,
  UpdateTokenData,
  UpdateTokenResponses,
} from '../../generated/types.gen.ts';
import { invalid, notFound, unauthorized } from '../errors.ts';
import { callerOf, doerOf, type Handler } from '../operation.ts';
import { presentPage, sliceOf } from '../page.ts';
import { hashSecret, newTokenSecret, startOfSecret } from '../secrets.ts';
import { type Instant, isoOf, isoOrNull, toInstant } from '../store/instants.ts';
import * as store from '../store/tokens.ts';

const kind = 'API Token';

function statusOf(row: store.TokenRow, now: Date): Token['status'] {
  if (row.disabled_at !== null) return 'Disabled';
  return row.expires_at !== null && row.expires_at <= toInstant(now) ? 'Expired' : 'Active';
}

const presentToken = (row: store.TokenRow, now: Date): Token => ({
  id: row.id,
  kind,
  name: row.name,
  level: row.level,
  accessLevel: row.access_level,
  status: statusOf(row, now),
  secretStart: row.secret_start,
  createdDate: isoOf(row.created_at),
  createdBy: row.created_by,
  expirationDate: isoOrNull(row.expires_at),
  lastUsedDate: isoOrNull(row.last_used_at),
});

/** A token that is born expired is a mistake that would only show at its first use. */
function expirationOf(expirationDate: string | null, now: Date): Instant | null {
  if (expirationDate === null) return null;
  const date = new Date(expirationDate);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9998)
    throw invalid({ field: 'expirationDate', message: 'Must be an ISO 8601 date or an ISO 8601 instant' });
  if (date <= now) throw invalid({ field: 'expirationDate', message: 'Must be later than now' });
  return toInstant(date);
}

export const listTokens: Handler<ListTokensData, ListTokensResponses> = async ({ query: { page = 1 } }, context) => {
  const found = await store.listTokens(context.db, callerOf(context).organizationId, sliceOf(page));
  return { status: 200, body: presentPage(found, page, (row) => presentToken(row, context.now)) };
};

export const createToken: Handler<CreateTokenData, CreateTokenResponses> = async ({ body }, context) => {
  const { organizationId } = callerOf(context);
  const secret = newTokenSecret();
  const row = await store.insertToken(context.db, context.now, {
    organization_id: organizationId,
    access_level: body.accessLevel ?? 'Write',
    name: body.name,
    secret_hash: hashSecret(secret),
    secret_start: startOfSecret(secret),
    created_by: doerOf(context),
    expires_at: expirationOf(body.expirationDate ?? null, context.now),
  });
  return { status: 201, body: { ...presentToken(row, context.now), secret } };
};

async function findOrThrow(context: Parameters<typeof callerOf>[0], id: string): Promise<store.TokenRow> {
  const row = await store.findToken(context.db, callerOf(context).organizationId, id);
  if (!row) throw notFound(kind, id);
  return row;
}

export const getToken: Handler<GetTokenData, GetTokenResponses> = async ({ path: { id } }, context) => ({
  status: 200,
  body: presentToken(await findOrThrow(context, id), context.now),
});

export const getCurrentToken: Handler<GetCurrentTokenData, GetCurrentTokenResponses> = async (_request, context) => {
  const { organizationId, tokenId } = callerOf(context);
  const row = await store.findToken(context.db, organizationId, tokenId);
  if (!row) throw unauthorized(true);
  return { status: 200, body: presentToken(row, context.now) };
};

export const updateToken: Handler<UpdateTokenData, UpdateTokenResponses> = async ({ path: { id }, body }, context) => {
  const changes = {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.expirationDate !== undefined && { expires_at: expirationOf(body.expirationDate, context.now) }),
  };
  if (!(await store.updateToken(context.db, callerOf(context).organizationId, id, changes))) throw notFound(kind, id);
  return { status: 200, body: presentToken(await findOrThrow(context, id), context.now) };
};

export const deleteToken: Handler<DeleteTokenData, DeleteTokenResponses> = async ({ path: { id } }, context) => {
  if (!(await store.deleteToken(context.db, callerOf(context).organizationId, id))) throw notFound(kind, id);
  return { status: 204, body: undefined };
};
