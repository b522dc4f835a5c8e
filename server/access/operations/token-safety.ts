import type {
  ListTokenSafetyData,
  ListTokenSafetyResponses,
  RevokeAllTokensData,
  RevokeAllTokensResponses,
  SafetyFinding,
} from '../../../generated/types.gen.ts';
import { forbidden, invalid } from '../../common/errors.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { inTransaction } from '../../database/transactions.ts';
import { callerOf, type Handler } from '../../handler.ts';
import { lockCaller } from '../delegation.ts';
import { presentToken } from '../present-credentials.ts';
import { deleteTokens } from '../store/delete-tokens.ts';
import type { TokenView } from '../store/token-rows.ts';
import { isIdle, listUnsafeTokens, safetyFindings } from '../store/token-safety.ts';
import { countTokens } from '../store/tokens.ts';

const confirmation = 'REVOKE ALL';

const hasFinding: Record<SafetyFinding, (row: TokenView, now: Date) => boolean> = {
  'Never used': (row) => row.last_used_at === null,
  Idle: isIdle,
  'Never expires': (row) => row.expires_at === null,
  Unrestricted: (row) => row.access_level === 'Administrator' && row.permissions === null,
  'Creator deleted': (row) => row.is_creator_deleted,
};

export const listTokenSafety: Handler<ListTokenSafetyData, ListTokenSafetyResponses> = async (
  { query: { finding, page = 1 } },
  context,
) => {
  const found = await listUnsafeTokens(context.db, callerOf(context), context.now, finding ? [finding] : safetyFindings, sliceOf(page));
  const present = (row: TokenView) => ({
    token: presentToken(row, context.now),
    findings: safetyFindings.filter((name) => hasFinding[name](row, context.now)),
  });
  return { status: 200, body: presentPage(found, page, present) };
};

export const revokeAllTokens: Handler<RevokeAllTokensData, RevokeAllTokensResponses> = async ({ body }, context) => {
  const { isDryRun = true, keepsCaller = true } = body;
  const caller = callerOf(context);
  if (caller.permissions)
    throw forbidden(
      'This token may not revoke all tokens, because some may have permissions that it does not have; delete tokens one by one',
    );
  if (!isDryRun && body.confirmation !== confirmation)
    throw invalid({ field: 'confirmation', message: `Must be ${confirmation}, unless isDryRun is true` });
  const exceptId = keepsCaller ? caller.tokenId : null;
  const counts = await inTransaction(context.db, async (trx) => {
    await lockCaller({ ...context, db: trx });
    const counts = await countTokens(trx, caller, exceptId);
    if (!isDryRun) await deleteTokens(trx, caller, exceptId);
    return counts;
  });
  return { status: 200, body: { isDryRun, tokens: counts['API Token'], accessKeys: counts['Access Key'] } };
};
