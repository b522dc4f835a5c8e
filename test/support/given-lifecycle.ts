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
import type {
  LeaveOfAbsenceEventCreate,
  OnboardEventCreate,
  PersonnelEvent,
  RoleTransitionEventCreate,
} from '../../generated/types.gen.ts';
import { givenApplication, givenImport, givenTenant, usersGroup } from './given.ts';
import { accessRequestsOf } from './given-people.ts';
import type { TestServer } from './server.ts';

const people = {
  key: 'No',
  firstName: 'First',
  lastName: 'Last',
  emailAddress: 'Mail',
  title: 'Title',
  supervisorKey: 'Boss',
  status: 'State',
};
export const peopleHeader = 'No,First,Last,Mail,Title,Boss,State';

/** Where a person's life is played: a directory, an application that everybody gets, and what the tests of it ask again and again. */
export async function givenLifecycle(server: TestServer) {
  const hr = await givenTenant(server);
  const { client } = hr.writer;
  const directory = await givenApplication(server, hr, {
    name: 'Directory',
    groups: [usersGroup({ rows: 'identities', columns: people })],
  });
  const silverlake = await givenApplication(server, hr, { name: 'Silverlake' });
  await updateApplication({ client: hr.administrator.client, path: { id: silverlake.id }, body: { isGrantedAtOnboarding: true } });
  return {
    hr,
    client,
    directory,
    silverlake,
    importInto: async (application: typeof directory, ...lines: string[]) => {
      server.share(application.path, lines.join('\n'));
      await givenImport(server, application);
      await server.build();
    },
    onboard: async (body: OnboardEventCreate) => created(await createOnboardEvent({ client, body })),
    transition: async (body: RoleTransitionEventCreate) => created(await createRoleTransitionEvent({ client, body })),
    leave: async (body: LeaveOfAbsenceEventCreate) => created(await createLeaveOfAbsenceEvent({ client, body })),
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

function created({ data, error }: { data?: PersonnelEvent | undefined; error?: unknown }): PersonnelEvent {
  if (!data) throw new Error(JSON.stringify(error));
  return data;
}
