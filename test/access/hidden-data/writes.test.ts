import { beforeAll, expect, it } from 'vitest';
import { fieldResources } from '../../../server/access/grantable-fields.ts';
import { createPermissionCatalog } from '../../../server/access/permission-catalog.ts';
import type { Permission } from '../../../server/access/store/token-rows.ts';
import { runsAllCases } from '../../support/all-cases.ts';
import type { Operation } from '../../support/call-operation.ts';
import { definition } from '../../support/contract.ts';
import { today } from '../../support/given-people.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { useServer } from '../../support/server.ts';
import { isMySqlRun } from '../../support/test-database.ts';
import { applyChanges, changedRows, hiddenVariants, readRows, type StoredRows } from './change-rows.ts';
import { givenWorld, type World } from './given-world.ts';
import { responseTo } from './read-calls.ts';
import { states } from './states.ts';
import { readState, type StoredState } from './stored-state.ts';
import { type WriteCall, writeCallsOf, writeOperations } from './write-calls.ts';

const server = useServer();
const permissionCatalog = createPermissionCatalog(definition);
const random = seededRandom(6);
/** Returns the number of single states for each call: all; on MySQL, and for writes of some fields, only some. */
const statesPerCall = ([write]: Permission[]): number =>
  runsAllCases ? Number.POSITIVE_INFINITY : isMySqlRun ? 2 : write?.fields ? 6 : Number.POSITIVE_INFINITY;
const total = { operations: 0, subsets: 0, requests: 0 };

let world: World;
let stored: StoredRows;
let state: StoredState;
beforeAll(async () => {
  // At this hour the date is the same in the time zone of each state. Every caller learns the date of the organization, by what it may schedule.
  server.clock.now = new Date(server.clock.now.setUTCHours(5));
  world = await givenWorld(server);
  stored = await readRows(server.db, world.token.row.id, states);
});

const neutralMessage = 'This is not possible, for a reason that this token may not read; check the ids and keys in the request';
const neutralFieldMessages = [
  'Is not accepted, for a reason that this token may not read',
  'Must be today or later',
  'Is required',
  'Is too late',
];

/** Names the kind of a response. A write may have one response of each kind, whatever the hidden data is. */
function kindOf(response: string): string {
  const [status, body] = [Number(response.slice(0, 3)), response.slice(response.lastIndexOf('\n') + 1)];
  if (status < 300) return 'success';
  const { message, errors = [] } = JSON.parse(body.replace(/,,|,}/g, (text) => text.slice(-1))) as {
    message: string;
    errors?: { message: string }[];
  };
  if (message === neutralMessage) return 'neutral refusal';
  if (status === 403 && message.includes('its permissions do not include')) return 'missing permission';
  // Which day today is follows from the time zone of the organization, which a caller finds out with every date that it sends.
  const messages = new Set(errors.map((error) => error.message));
  if (messages.size > 0 && [...messages].every((text) => neutralFieldMessages.includes(text))) return `neutral field: ${[...messages]}`;
  return `revealing: ${message} ${JSON.stringify(errors)}`;
}

/** Replaces ids of this response, which a caller cannot compare: new ones, and the id of a created object, which may have existed before. */
const withoutNewIds = (response: string) =>
  response
    .replace(/^\{"id":"[^"]*"/m, (id) => (response.startsWith('201') ? '' : id))
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => (state.contains(id) ? id : 'new'))
    .replace(/\bpa[ks]?_\w+/g, 'secret')
    .replace(/^content-length: .*\n/m, '');

async function respondIn(call: WriteCall, chosen: typeof states): Promise<string> {
  await applyChanges(server.db, changedRows(stored, chosen));
  const response = await responseTo(server, world.token.secret, call.path, { isChecked: true, ...call.init });
  total.requests += 1;
  await state.restore();
  return withoutNewIds(response);
}

/** Tables in which an object cannot be missing alone, because the objects of an operation refer to it. */
const referredTo: Record<string, string> = {
  'access-requests': 'personnel_events',
  'users unassignRole': 'fact_tenants',
  // The user's membership, which stays, has the key.
  'users addTenantUser': 'fact_users',
};
const isPossible = ({ operationId, 'x-permission': required }: Operation, { table, change }: (typeof states)[number]) =>
  ![referredTo[`${required?.resource}`], referredTo[`${required?.resource} ${operationId}`]].includes(table) ||
  !('environment_id' in change({}, 0));

/**
 * Returns the permissions to write and nothing else, to write and read ids, and to write and read everything of the same resource; and to write
 * only one field, or each by its name, and nothing else.
 */
function permissionSetsOf({ 'x-permission': required }: Operation): Permission[][] {
  const { resource, action } = required as { resource: string; action: Permission['action'] };
  const write: Permission = { resource, action, fields: null };
  const read = (fields: string[] | null): Permission => ({ resource, action: 'read', fields });
  const fields = [...(permissionCatalog.grantableFieldsOf(resource, action)?.paths ?? [])].filter((path) => !path.includes('.'));
  const limited = fields.length > 0 ? [fields, fields.slice(0, 1)] : [];
  return [
    [write],
    ...(fieldResources.has(resource) ? [[write, read(['id'])]] : []),
    [write, read(null)],
    ...limited.map((names): Permission[] => [{ ...write, fields: names }]),
  ];
}

it.each(writeOperations)(
  '$operationId: a write tells at most whether it was done',
  async (operation) => {
    for (const permissions of permissionSetsOf(operation)) {
      await server
        .db('tokens')
        .where({ id: world.token.row.id })
        .update({ permissions: JSON.stringify(permissions) });
      state = await readState(server.db);
      const hidden = hiddenVariants(permissions, states).filter((one) => isPossible(operation, one));
      for (const call of writeCallsOf(operation, world, world.fileGroups, today(server))) {
        const isReader = permissions.length > 1;
        const responses = [await respondIn(call, [])];
        const single = hidden.filter(() => random(hidden.length) < statesPerCall(permissions)).map((variant) => [variant]);
        const several = Array.from({ length: 2 }, () => hidden.filter(() => random(4) === 0));
        for (const chosen of [...single, ...several]) responses.push(await respondIn(call, chosen));
        const kinds = Map.groupBy(new Set(responses), kindOf);
        const where = `${call.path} ${JSON.stringify(permissions)}`;
        // The visible result may follow from hidden data of another resource: a stage completes if no access request is open.
        for (const [kind, distinct] of kinds)
          if (kind !== 'success' || !isReader) expect(distinct.length, `${where} ${kind} ${distinct.join('\n')}`).toBe(1);
        const revealing = [...kinds.keys()].filter((kind) => kind.startsWith('revealing'));
        expect(revealing.length === 0 || kinds.size === 1 ? [] : revealing, where).toEqual([]);
      }
      total.subsets += 1;
    }
    total.operations += 1;
  },
  600_000,
);

it('the property was checked for every operation that writes', () => {
  process.stdout.write(
    `hidden data, writes: ${total.operations} operations, ${total.subsets} sets of permissions, ${total.requests} requests\n`,
  );
  expect([total.operations, writeOperations.length > 35]).toEqual([writeOperations.length, true]);
});
