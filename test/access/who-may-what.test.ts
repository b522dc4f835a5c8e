import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessLevel, Action, Level, Permission, TokenRow } from '../../server/access/store/token-rows.ts';
import { newTokenSecret } from '../../server/common/secret-format.ts';
import { toInstant } from '../../server/database/instants.ts';
import { callOperation, type Operation, securedOperations } from '../support/call-operation.ts';
import { givenTenant, givenToken, type Tenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

/** Who may do what, said a second time and on purpose: a change of the server or of the contract must be made here, too. */
const administered = ['tokens', 'access-keys', 'settings', 'organizations', 'projects', 'logs'];
const ofOrganization = [
  'getSettings',
  'updateSettings',
  'listOrganizations',
  'createOrganization',
  'getOrganization',
  'createProject',
  'listLogs',
  'getLog',
];
const levels: Level[] = ['Environment', 'Project', 'Organization'];
const accessLevels: AccessLevel[] = ['Read', 'Write', 'Administrator'];
const accessLevelNeeded: Record<Action, AccessLevel> = {
  read: 'Read',
  download: 'Read',
  create: 'Write',
  update: 'Write',
  delete: 'Write',
};

const permissionOf = (operation: Operation) => operation['x-permission'] as { resource: string; action: Action };
const accessLevelOf = (operation: Operation): AccessLevel =>
  administered.includes(permissionOf(operation).resource) ? 'Administrator' : accessLevelNeeded[permissionOf(operation).action];
function levelOf({ operationId }: Operation): Level {
  if (ofOrganization.includes(operationId as string)) return 'Organization';
  return operationId === 'createEnvironment' ? 'Project' : 'Environment';
}
const isForAll = (operation: Operation) => permissionOf(operation).resource === 'current-token';
const isOfEnvironment = ({ parameters = [] }: Operation) =>
  (parameters as { name: string }[]).some(({ name }) => name === 'Gatehouse-Environment');

/** Every cell of the grid of rights that the contract has. */
const permissionCatalog: Permission[] = [
  ...new Map(
    securedOperations
      .filter((operation) => !isForAll(operation))
      .map((operation) => [JSON.stringify(permissionOf(operation)), permissionOf(operation)]),
  ).values(),
].map(({ resource, action }) => ({ resource, action, fields: null }));

const server = useServer();
let tenant: Tenant;
let place: { project_id: string; environment_id: string };
beforeAll(async () => {
  tenant = await givenTenant(server);
  const environment = await server.db('environments').where({ id: tenant.environmentId }).first();
  place = { project_id: environment.project_id, environment_id: environment.id };
});

const secretOf = async (values: Partial<TokenRow>) => (await givenToken(server, tenant.organization, values)).secret;
const refused = [401, 403];

describe.each(securedOperations.map((operation) => [operation.operationId as string, operation] as const))(
  '%s',
  (operationId, operation) => {
    const { resource, action } = permissionOf(operation);
    const statusFor = async (values: Partial<TokenRow>, headers: Record<string, string> = {}) =>
      callOperation(server, operation, { secret: await secretOf(values), headers });
    const refusal = (reason: string) => [403, 'forbidden', `This token may not ${action} ${resource}: ${reason}`];

    it('401: no token, a wrong one, an expired one and a disabled one get the same answer', async () => {
      const administrator = { access_level: 'Administrator' as const };
      const past = toInstant(new Date(server.clock.now.getTime() - 1));
      const answers = await Promise.all([
        callOperation(server, operation, {}),
        callOperation(server, operation, { secret: newTokenSecret() }),
        statusFor({ ...administrator, expires_at: past }),
        statusFor({ ...administrator, disabled_at: past }),
      ]);
      for (const { status, error } of answers)
        expect([status, error?.error, error?.message]).toEqual([401, 'unauthorized', 'Invalid or expired authentication token']);
    });

    it('403: each access level below the one that is needed, and no other', async () => {
      const needed = accessLevelOf(operation);
      for (const access_level of accessLevels) {
        const { status, error, header } = await statusFor({ access_level });
        if (accessLevels.indexOf(access_level) >= accessLevels.indexOf(needed)) {
          expect([access_level, refused.includes(status)]).toEqual([access_level, false]);
          continue;
        }
        expect([status, error?.error, error?.message]).toEqual(refusal(`its access level is ${access_level}, and ${needed} is needed`));
        expect(header('www-authenticate')).toContain('error="insufficient_scope"');
      }
    });

    it('403: each level below the one that is needed, and no other', async () => {
      const needed = levelOf(operation);
      for (const level of levels.slice(0, 2)) {
        const reach = level === 'Project' ? { project_id: place.project_id } : place;
        const { status, error } = await statusFor({ access_level: 'Administrator', level, ...reach });
        if (levels.indexOf(level) >= levels.indexOf(needed)) expect([level, refused.includes(status)]).toEqual([level, false]);
        else expect([status, error?.error, error?.message]).toEqual(refusal(`its level is ${level}, and ${needed} is needed`));
      }
    });

    it('403: permissions that have all but the one that is needed; with that one alone it is let in', async () => {
      const permits = (one: Permission) => one.resource === resource && one.action === action;
      const without = await statusFor({ access_level: 'Administrator', permissions: permissionCatalog.filter((one) => !permits(one)) });
      if (isForAll(operation)) return void expect(without.status).toBe(200);
      expect([without.status, without.error?.error, without.error?.message]).toEqual(
        refusal(`its permissions do not have ${action} of ${resource}`),
      );
      const alone = await statusFor({ access_level: 'Administrator', permissions: permissionCatalog.filter(permits) });
      // Whoever has any permissions at all can't revoke those who have none.
      if (operationId === 'revokeAllTokens') expect(alone.error?.message).toContain('may not revoke all');
      else expect(refused).not.toContain(alone.status);
    });
  },
);

describe.each(securedOperations.filter(isOfEnvironment).map((operation) => [operation.operationId as string, operation] as const))(
  '%s',
  (_operationId, operation) => {
    it('404: an environment that the token does not reach, whatever its rights', async () => {
      const statusIn = async (values: Partial<TokenRow>, headers: Record<string, string>) =>
        callOperation(server, operation, { secret: await secretOf(values), headers });
      const neighbour = await givenTenant(server);
      const named = { 'Gatehouse-Environment': `default/production` };
      const staging = { 'Gatehouse-Environment': `default/${crypto.randomUUID()}` };
      const ofEnvironment = { access_level: 'Administrator' as const, level: 'Environment' as const, ...place };
      expect((await statusIn({ access_level: 'Administrator' }, staging)).status).toBe(404);
      expect((await statusIn(ofEnvironment, { 'Gatehouse-Environment': 'default/development' })).status).toBe(404);
      const elsewhere = { 'Gatehouse-Environment': `default/${neighbour.environmentId}` };
      expect((await statusIn({ access_level: 'Administrator' }, elsewhere)).status).toBe(404);
      // It is there for those who reach it.
      if (!operation.path.includes('{')) expect((await statusIn(ofEnvironment, named)).status).not.toBe(404);
    });
  },
);
