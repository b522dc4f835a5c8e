import {
  createLeaveOfAbsenceEvent,
  createOnboardEvent,
  createRoleTransitionEvent,
  getIdentity,
  listAccessRequests,
  listIdentities,
  listPersonnelEvents,
  updateApplication,
} from '../../generated/sdk.gen.ts';
import type { LeaveOfAbsenceEventCreate, OnboardEventCreate, RoleTransitionEventCreate } from '../../generated/types.gen.ts';
import { dataOf } from './api-results.ts';
import { givenApplication, givenImport, givenTenant, usersGroup } from './given.ts';
import { accessRequestsOf } from './given-people.ts';
import type { TestServer } from './server.ts';

const identityColumns = {
  key: 'No',
  firstName: 'First',
  lastName: 'Last',
  emailAddress: 'Mail',
  title: 'Title',
  supervisorKey: 'Boss',
  status: 'State',
};
/** The header line of the directory's file. */
export const peopleHeader = 'No,First,Last,Mail,Title,Boss,State';

/**
 * Creates the setting of tests about a person's whole employment: an organization, a directory, and an application granted at onboarding.
 *
 * Returns the organization as `hr`, its writer's `client`, the applications `directory` and `silverlake`, and functions that import files, create
 * events and list what the API shows. `actions` lists `[action, status, target, application]` of an event's access requests.
 */
export async function givenLifecycle(server: TestServer) {
  const hr = await givenTenant(server);
  const { client } = hr.writer;
  const directory = await givenApplication(server, hr, {
    name: 'Directory',
    groups: [usersGroup({ rows: 'identities', columns: identityColumns })],
  });
  const silverlake = await givenApplication(server, hr, { name: 'Silverlake' });
  await updateApplication({ client: hr.administrator.client, path: { id: silverlake.id }, body: { isGrantedAtOnboarding: true } });
  return {
    hr,
    client,
    directory,
    silverlake,
    importInto: async (application: typeof directory, ...lines: string[]) => {
      server.share(application, lines.join('\n'));
      await givenImport(server, application);
      await server.build();
    },
    onboard: async (body: OnboardEventCreate) => dataOf(await createOnboardEvent({ client, body })),
    transition: async (body: RoleTransitionEventCreate) => dataOf(await createRoleTransitionEvent({ client, body })),
    leave: async (body: LeaveOfAbsenceEventCreate) => dataOf(await createLeaveOfAbsenceEvent({ client, body })),
    identities: async (query = {}) => (await listIdentities({ client, query })).data,
    events: async (query = {}) => (await listPersonnelEvents({ client, query })).data,
    requests: async (query = {}) => (await listAccessRequests({ client, query })).data,
    identity: async (id: string) => (await getIdentity({ client, path: { id } })).data,
    actions: async (event: { id: string }) =>
      (await accessRequestsOf(client, event)).map(({ action, status, target, application }) => [
        action,
        status,
        target.name,
        application.name,
      ]),
  };
}
