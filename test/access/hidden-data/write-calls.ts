import { bodyTypeOf, isUpload, type Operation, securedOperations } from '../../support/call-operation.ts';
import { multipart, multipartType } from '../../support/raw-http.ts';
import type { World } from './given-world.ts';

/** Operations that refuse every caller with permissions, or need a credential of their own. */
const excluded = new Set(['createOrganization', 'revokeAllTokens']);
export const writeOperations: Operation[] = securedOperations.filter(
  ({ method, operationId }) => method !== 'get' && !excluded.has(operationId as string),
);

export interface WriteCall {
  path: string;
  init: RequestInit;
}

interface Ids {
  application: string;
  fileGroups: string[];
  applicationImport: string;
  identity: string;
  today: string;
}

/** The bodies of the calls of each operation that has one. */
const bodiesOf = ({ application, fileGroups, applicationImport, identity, today }: Ids): Record<string, object[]> => ({
  createApplication: [{ name: 'New' }],
  updateApplication: [
    { isGrantedAtOnboarding: true },
    { importSchedule: { files: fileGroups.map((fileGroupId, index) => ({ fileGroupId, path: `${index}.csv` })) } },
    { connector: { name: 'New', fileGroups: [{ name: 'Users', rows: 'users', columns: { key: 'Login' } }] } },
  ],
  stageApplicationImport: [{ applicationId: application }],
  cancelApplicationImport: [{ applicationImportId: applicationImport }],
  createOnboardEvent: [{ effectiveDate: today, identity: { firstName: 'New', lastName: 'Person', supervisorId: identity } }],
  createOffboardEvent: [{ identityId: identity, effectiveDate: today }],
  createRoleTransitionEvent: [{ identityId: identity, effectiveDate: today, identity: { title: 'Clerk' } }],
  createLeaveOfAbsenceEvent: [{ identityId: identity, effectiveDate: today, endDate: '2099-02-02' }],
  updatePersonnelEvent: [{ endDate: '2098-01-01' }],
  commentPersonnelEvent: [{ text: 'Another' }],
  commentAccessRequest: [{ text: 'Another' }],
  createUser: [{ key: 'jane' }, { key: 'new', role_assignments: [{ role: 'admin', tenant: 'acme' }] }],
  replaceUser: [{ first_name: 'New', role_assignments: [{ role: 'admin', tenant: 'empty' }] }],
  updateUser: [{ first_name: 'New' }],
  assignRole: [{ role: 'viewer', tenant: 'acme' }],
  unassignRole: [{ role: 'admin', tenant: 'acme' }],
  createTenant: [{ key: 'acme', name: 'Acme' }],
  replaceTenant: [{ name: 'New' }],
  updateTenant: [{ name: 'New' }],
  addTenantUser: [{ key: 'jane' }, { key: 'john', role_assignments: [{ role: 'admin', tenant: 'empty' }] }],
  updateSettings: [{ timeZone: 'Europe/Berlin' }],
  createToken: [{ name: 'New', accessLevel: 'Read', permissions: [] }],
  updateToken: [{ name: 'Renamed' }],
  rotateToken: [{}],
  createAccessKey: [{ name: 'New', accessLevel: 'Read', permissions: [] }],
  updateAccessKey: [{ name: 'Renamed' }],
  createProject: [{ key: 'default' }, { key: 'new' }],
  createEnvironment: [{ key: 'production' }, { key: 'new' }],
});

/** Returns the calls of an operation. Callers may create credentials with the permission that they have themselves. */
export function writeCallsOf(operation: Operation, { params }: World, fileGroups: string[], today: string): WriteCall[] {
  const idOf = (path: string) => params({ path }).id as string;
  const ids = {
    application: idOf('/api/applications'),
    fileGroups,
    applicationImport: idOf('/api/application-imports'),
    identity: idOf('/api/identities'),
    today,
  };
  const values = params(operation);
  const stages = operation.path.includes('{stage}') ? ['Approval', 'Provision', 'Removal', 'Verification'] : [values.stage as string];
  const paths = stages.map((stage) =>
    operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent((name === 'stage' ? stage : values[name]) as string)),
  );
  const method = operation.method.toUpperCase();
  if (isUpload(operation)) {
    const body = multipart(...fileGroups.map((name) => ({ name, fileName: 'users.csv', content: Buffer.from('Login,Privilege\na,b') })));
    return [
      {
        path: `${paths[0]}?applicationId=${ids.application}`,
        init: { method, headers: { 'Content-Type': multipartType }, body: body as BodyInit },
      },
    ];
  }
  if (bodyTypeOf(operation) === undefined) return paths.map((path) => ({ path, init: { method } }));
  const bodies = bodiesOf(ids)[operation.operationId as string];
  if (!bodies) throw new Error(`Add a body for ${operation.operationId}`);
  const required = operation['x-permission'];
  return bodies.map((body) => {
    const sent = 'permissions' in body ? { ...body, accessLevel: 'Administrator', permissions: [required] } : body;
    return { path: paths[0] as string, init: { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(sent) } };
  });
}
