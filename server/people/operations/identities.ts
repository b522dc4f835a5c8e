import type { GetIdentityData, GetIdentityResponses, ListIdentitiesData, ListIdentitiesResponses } from '../../../generated/types.gen.ts';
import { invalid, orNotFound } from '../../common/errors.ts';
import { parseNameFilters } from '../../common/filters.ts';
import { presentPage, sliceOf } from '../../common/page.ts';
import { callerOf, type Handler } from '../../handler.ts';
import { presentIdentity } from '../present-identities.ts';
import * as store from '../store/identities.ts';
import { identityStatuses } from '../store/identity-rows.ts';
import { searchIdentities, searchMatchesMax } from '../store/identity-search.ts';

export const listIdentities: Handler<ListIdentitiesData, ListIdentitiesResponses> = async (
  { query: { page = 1, search, email, status } },
  context,
) => {
  const { environmentId } = callerOf(context);
  const filter = { ...parseNameFilters({ status }, { status: identityStatuses }), ...sliceOf(page) };
  const found =
    search === undefined && email === undefined
      ? await store.listIdentities(context.db, environmentId, filter)
      : await searchIdentities(context.db, environmentId, { search, email, ...filter });
  if (!found)
    throw invalid({
      field: search === undefined ? 'email' : 'search',
      message: `Matches more than ${searchMatchesMax.toLocaleString('en-US')} identities; search for more letters of a name`,
    });
  return { status: 200, body: presentPage(found, page, presentIdentity) };
};

export const getIdentity: Handler<GetIdentityData, GetIdentityResponses> = async ({ path: { id } }, context) => {
  const row = orNotFound(await store.findIdentity(context.db, callerOf(context).environmentId, id), 'Identity', id, 'identities');
  return { status: 200, body: presentIdentity(row) };
};
