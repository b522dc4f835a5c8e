import { randomUUID } from 'node:crypto';
import {
  commentAccessRequest,
  commentPersonnelEvent,
  createEnvironment,
  createOnboardEvent,
  createProject,
  createUser,
  updateSettings,
} from '../../../generated/sdk.gen.ts';
import { customFields } from '../../../server/organizations/store/settings.ts';
import { dataOf } from '../../support/api-results.ts';
import { contractFetch } from '../../support/contract.ts';
import { type GivenToken, givenApplication, givenTenant, givenToken, type Tenant, usersGroup } from '../../support/given.ts';
import { givenDirectory, importPeople } from '../../support/given-directories.ts';
import { givenFactTenant, productionPath } from '../../support/given-facts.ts';
import { givenAccessKey } from '../../support/given-keys.ts';
import { accessRequestsOf, completeStageOf, givenAccounts, givenIdentity, givenOffboard, today } from '../../support/given-people.ts';
import type { TestServer } from '../../support/server.ts';

/** An organization with at least two objects of every resource, and a token whose permissions a test changes. */
export interface World {
  tenant: Tenant;
  token: GivenToken;
  /** The ids of the file groups of the first application. */
  fileGroups: string[];
  /** The value of each path parameter, by operation and name. */
  params: (operation: { operationId?: string; path: string }) => Record<string, string>;
}

/** Creates the objects through the API and the database. Their names differ, so that lists have an order. */
export async function givenWorld(server: TestServer): Promise<World> {
  const tenant = await givenTenant(server);
  const { client } = tenant.writer;
  const administrator = tenant.administrator.client;
  const enabled = Object.fromEntries(customFields.map((name, index) => [name, `Field ${index}`]));
  dataOf(await updateSettings({ client: administrator, body: { customFields: enabled } }));
  dataOf(await createProject({ client: administrator, body: { key: 'payroll', name: 'Payroll' } }));
  dataOf(await createEnvironment({ client: administrator, path: { projectKey: 'default' }, body: { key: 'staging', name: 'Staging' } }));
  const key = await givenAccessKey(tenant.administrator);
  await givenAccessKey(tenant.administrator, { name: 'Reports' });
  const [first, second] = [
    await givenIdentity(server, tenant, { first_name: 'Ada', last_name: 'Ash' }),
    await givenIdentity(server, tenant, { first_name: 'Bob', last_name: 'Birch' }),
  ];
  const application = await givenAccounts(server, tenant, [first, second], 'Alpha');
  await givenAccounts(server, tenant, [first], 'Beta');
  const directory = await givenDirectory(server, tenant, { name: 'Directory' });
  await importPeople(server, directory, { No: '1', First: 'Cy', Last: 'Cedar' }, { No: '2', First: 'Di', Last: 'Dogwood', Boss: '1' });
  await givenApplication(server, tenant, { name: 'Gamma', groups: [usersGroup()] });
  const uploaded = await uploadUsers(
    server,
    tenant,
    application.id,
    application.connector?.fileGroups[0]?.id as string,
    application.connector?.fileGroups[1]?.id as string,
  );

  const event = await givenOffboard(server, tenant, first.id);
  await givenOffboard(server, tenant, second.id, '2099-01-01');
  await completeStageOf(client, event, 'Approval');
  const identity = { firstName: 'Eve', lastName: 'Elm', email: 'eve@example.com', department: 'IT', ...enabled };
  dataOf(await createOnboardEvent({ client, body: { effectiveDate: today(server), identity, comment: 'Hello' } }));
  const [request] = await accessRequestsOf(client, event);
  dataOf(await commentPersonnelEvent({ client, path: { id: event.id }, body: { text: 'A comment on the event' } }));
  dataOf(await commentAccessRequest({ client, path: { id: request?.id as string }, body: { text: 'A comment on the request' } }));

  await givenFactTenant(tenant, 'acme', { attributes: { department: 'IT', a: { c: 1 } } });
  await givenFactTenant(tenant, 'empty');
  const roles = [{ role: 'admin', tenant: 'acme' }];
  dataOf(
    await createUser({
      client,
      path: productionPath,
      body: { key: 'jane', email: 'jane@example.com', first_name: 'Jane', attributes: { a: { c: 1 } }, role_assignments: roles },
    }),
  );
  dataOf(await createUser({ client, path: productionPath, body: { key: 'john', last_name: 'John' } }));
  const token = await givenToken(server, tenant.organization, { permissions: [], access_level: 'Administrator' });

  const ids: Record<string, string> = {
    '/api/applications': application.id,
    '/api/application-imports': uploaded.id,
    '/api/identities': first.id,
    '/api/personnel-events': event.id,
    '/api/access-requests': request?.id as string,
    '/api/tokens': tenant.reader.row.id,
    '/api/access-keys': key.id,
    '/api/logs': '0'.repeat(32),
  };
  const others = {
    ...productionPath,
    userId: 'jane',
    tenantId: 'acme',
    organizationKey: tenant.organization.key,
    fileId: uploaded.files[0]?.id as string,
    stage: 'Verification',
  };
  const params: World['params'] = ({ path }) => ({
    ...others,
    id: Object.entries(ids).find(([start]) => path.startsWith(start))?.[1] ?? randomUUID(),
  });
  return { tenant, token, params, fileGroups: (application.connector?.fileGroups ?? []).map(({ id }) => id) };
}

async function uploadUsers(
  server: TestServer,
  tenant: Tenant,
  applicationId: string,
  users: string,
  privileges: string,
): Promise<{ id: string; files: { id: string }[] }> {
  const form = new FormData();
  form.set('applicationId', applicationId);
  form.set(users, new Blob(['Login,Full Name,E-Mail\nuser0,User Zero,zero@example.com\nuser1,User One,one@example.com']), 'users.csv');
  form.set(privileges, new Blob(['Login,Privilege\nuser0,Approve loans']), 'privileges.csv');
  const headers = { Authorization: `Bearer ${tenant.writer.secret}` };
  const response = await contractFetch(`${server.url}/api/application-imports/upload`, { method: 'POST', headers, body: form });
  if (response.status !== 201) throw new Error(await response.text());
  await server.build();
  return response.json();
}
