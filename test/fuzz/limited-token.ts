import { fieldResources } from '../../server/access/grantable-fields.ts';
import { createPermissionCatalog } from '../../server/access/permission-catalog.ts';
import { readContract } from '../../server/contract/contract.ts';
import type { FuzzRequest } from './fuzz-requests.ts';

/** Returns a request that creates a token with all permissions of the resources with fields, each limited to every second field where it can be. */
export async function limitedTokenRequest(secret: string): Promise<FuzzRequest> {
  const catalog = createPermissionCatalog((await readContract()).definition);
  const permissions = [...fieldResources].flatMap((resource) =>
    catalog.actionsOf(resource).map((action) => {
      const paths = [...(catalog.grantableFieldsOf(resource, action)?.paths ?? [])];
      const fields = paths.filter((path) => action !== 'update' || !path.includes('.')).filter((_, index) => index % 2 === 0);
      return { resource, action, fields: fields.length > 0 && action !== 'delete' ? fields : null };
    }),
  );
  return {
    method: 'POST',
    path: '/api/tokens',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    body: Buffer.from(JSON.stringify({ name: 'Limited', accessLevel: 'Administrator', permissions })),
  };
}
