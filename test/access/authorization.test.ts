import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessLevel, Action, Level, Permission, TokenRow } from '../../server/access/store/token-rows.ts';
import { newTokenSecret } from '../../server/common/secret-format.ts';
import { toInstant } from '../../server/database/instants.ts';
import { callOperation, type Operation, securedOperations } from '../support/call-operation.ts';
import { givenTenant, givenToken, type Tenant } from '../support/given.ts';
import { useServer } from '../support/server.ts';

/** The access rules are deliberately repeated here: a change of the rules in the server or the contract must fail this test. */
const administratorResources = ['tokens', 'access-keys', 'settings', 'organizations', 'projects', 'logs'];
const organizationOperations = [
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
const accessLevelByAction: Record<Action, AccessLevel> = {
  read: 'Read',
  download: 'Read',
  create: 'Write',
  update: 'Write',
  delete: 'Write',
};

const permissionOf = (operation: Operation) => operation['x-permission'] as { resource: string; action: Action };
const accessLevelOf = (operation: Operation): AccessLevel =>
  administratorResources.includes(permissionOf(operation).resource) ? 'Administrator' : accessLevelByAction[permissionOf(operation).action];
function levelOf({ operationId }: Operation): Level {
  if (organizationOperations.includes(operationId as string)) return 'Organization';
  return operationId === 'createEnvironment' ? 'Project' : 'Environment';
}
const isPermissionFree = (operation: Operation) => permissionOf(operation).resource === 'current-token';
const isOfEnvironment = ({ parameters = [] }: Operation) =>
  (parameters as { name: string }[]).some(({ name }) => name === 'Gatehouse-Environment');

/** Every permission that the contract requires somewhere. */
const permissionCatalog: Permission[] = [
  ...new Map(
    securedOperations
      .filter((operation) => !isPermissionFree(operation))
      .map((operation) => [JSON.stringify(permissionOf(operation)), permissionOf(operation)]),
  ).values(),
].map(({ resource, action }) => ({ resource, action, fields: null }));

const server = useServer();
let tenant: Tenant;
let environmentScope: { project_id: string; environment_id: string };
beforeAll(async () => {
  tenant = await givenTenant(server);
  const environment = await server.db('environments').where({ id: tenant.environmentId }).first();
  environmentScope = { project_id: environment.project_id, environment_id: environment.id };
});

const newSecretOf = async (values: Partial<TokenRow>) => (await givenToken(server, tenant.organization, values)).secret;
const refusedStatuses = [401, 403];

describe.each(securedOperations.map((operation) => [operation.operationId as string, operation] as const))(
  '%s',
  (operationId, operation) => {
    const { resource, action } = permissionOf(operation);
    const callWith = async (values: Partial<TokenRow>, headers: Record<string, string> = {}) =>
      callOperation(server, operation, { secret: await newSecretOf(values), headers });
    const refusal = (reason: string) => [403, 'forbidden', `This token may not ${action} ${resource}: ${reason}`];

    it('401: responds in the same words without a token and to a wrong, an expired and a disabled token', async () => {
      const administrator = { access_level: 'Administrator' as const };
      const past = toInstant(new Date(server.clock.now.getTime() - 1));
      const results = await Promise.all([
        callOperation(server, operation, {}),
        callOperation(server, operation, { secret: newTokenSecret() }),
        callWith({ ...administrator, expires_at: past }),
        callWith({ ...administrator, disabled_at: past }),
      ]);
      for (const { status, error } of results)
        expect([status, error?.error, error?.message]).toEqual([401, 'unauthorized', 'Invalid or expired authentication token']);
    });

    it('403: refuses exactly the access levels below the required one', async () => {
      const required = accessLevelOf(operation);
      for (const access_level of accessLevels) {
        const { status, error, header } = await callWith({ access_level });
        if (accessLevels.indexOf(access_level) >= accessLevels.indexOf(required)) {
          expect([access_level, refusedStatuses.includes(status)]).toEqual([access_level, false]);
          continue;
        }
        expect([status, error?.error, error?.message]).toEqual(refusal(`its access level is ${access_level}, and ${required} is needed`));
        expect(header('www-authenticate')).toContain('error="insufficient_scope"');
      }
    });

    it('403: refuses exactly the levels below the required one', async () => {
      const required = levelOf(operation);
      for (const level of levels.slice(0, 2)) {
        const scopeColumns = level === 'Project' ? { project_id: environmentScope.project_id } : environmentScope;
        const { status, error } = await callWith({ access_level: 'Administrator', level, ...scopeColumns });
        if (levels.indexOf(level) >= levels.indexOf(required)) expect([level, refusedStatuses.includes(status)]).toEqual([level, false]);
        else expect([status, error?.error, error?.message]).toEqual(refusal(`its level is ${level}, and ${required} is needed`));
      }
    });

    it('403: refuses a token with all permissions but the required one, and accepts a token with that one alone', async () => {
      const isRequired = (permission: Permission) => permission.resource === resource && permission.action === action;
      const withoutRequired = await callWith({
        access_level: 'Administrator',
        permissions: permissionCatalog.filter((permission) => !isRequired(permission)),
      });
      if (isPermissionFree(operation)) return void expect(withoutRequired.status).toBe(200);
      expect([withoutRequired.status, withoutRequired.error?.error, withoutRequired.error?.message]).toEqual(
        refusal(`its permissions do not include '${action} ${resource}'`),
      );
      const onlyRequired = await callWith({ access_level: 'Administrator', permissions: permissionCatalog.filter(isRequired) });
      // A caller that is limited to some permissions must not revoke tokens that may have more rights.
      if (operationId === 'revokeAllTokens') expect(onlyRequired.error?.message).toContain('may not revoke all');
      else expect(refusedStatuses).not.toContain(onlyRequired.status);
    });
  },
);

describe.each(securedOperations.filter(isOfEnvironment).map((operation) => [operation.operationId as string, operation] as const))(
  '%s',
  (_operationId, operation) => {
    it('404: does not find an environment outside the scope of the token, whatever its rights', async () => {
      const callIn = async (values: Partial<TokenRow>, headers: Record<string, string>) =>
        callOperation(server, operation, { secret: await newSecretOf(values), headers });
      const neighbour = await givenTenant(server);
      const ownEnvironment = { 'Gatehouse-Environment': `default/production` };
      const unknownEnvironment = { 'Gatehouse-Environment': `default/${crypto.randomUUID()}` };
      const environmentToken = { access_level: 'Administrator' as const, level: 'Environment' as const, ...environmentScope };
      expect((await callIn({ access_level: 'Administrator' }, unknownEnvironment)).status).toBe(404);
      expect((await callIn(environmentToken, { 'Gatehouse-Environment': 'default/development' })).status).toBe(404);
      const foreignEnvironment = { 'Gatehouse-Environment': `default/${neighbour.environmentId}` };
      expect((await callIn({ access_level: 'Administrator' }, foreignEnvironment)).status).toBe(404);
      // The environment exists for a token of the right scope.
      if (!operation.path.includes('{')) expect((await callIn(environmentToken, ownEnvironment)).status).not.toBe(404);
    });
  },
);
