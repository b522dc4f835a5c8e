import type { CreateOrganizationData, CreateOrganizationResponses } from '../../../generated/types.gen.ts';
import { conflictOnDuplicateKey } from '../../common/conflicts.ts';
import { conflict, forbidden } from '../../common/errors.ts';
import { newTokenSecret } from '../../common/secret-format.ts';
import { inTransaction } from '../../database/transactions.ts';
import { actorNameOf, callerOf, type Handler } from '../../handler.ts';
import { presentOrganization } from '../../organizations/present-organizations.ts';
import { insertOrganization } from '../../organizations/store/organizations.ts';
import { insertAdministratorToken } from '../administrator.ts';
import { checkEndsWithCaller, lockCaller } from '../delegation.ts';

export const createOrganization: Handler<CreateOrganizationData, CreateOrganizationResponses> = async ({ body }, context) => {
  const caller = callerOf(context);
  if (!caller.isHost) throw forbidden('This token may not create organizations: only the organization that hosts the server may');
  if (caller.permissions)
    throw forbidden('This token may not create organizations: the administrator token of a new organization would have more permissions');
  checkEndsWithCaller(context, null, 'create organizations, whose administrator token does not expire');
  if (context.importFiles.sharedDirectoryLayout === 'default-environment-only')
    throw conflict(
      'This server may have only one organization, because its shared directory has no folders for others; its operator can change SHARED_DIRECTORY_LAYOUT',
      [],
    );
  const secret = newTokenSecret();
  const { organization, token } = await conflictOnDuplicateKey('Organization', 'organizations', body.key, () =>
    inTransaction(context.db, async (trx) => {
      await lockCaller({ ...context, db: trx });
      const row = await insertOrganization(trx, context.now, { key: body.key, name: body.name ?? body.key });
      return { organization: row, token: await insertAdministratorToken(trx, context.now, row.id, secret, actorNameOf(context)) };
    }),
  );
  return { status: 201, body: { ...presentOrganization(organization), api_key_id: token.id, api_key_secret: secret } };
};
