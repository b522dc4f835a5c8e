import { expect, it } from 'vitest';
import { fieldResources } from '../../../server/access/grantable-fields.ts';
import { createPermissionCatalog } from '../../../server/access/permission-catalog.ts';
import type { Permission } from '../../../server/access/store/token-rows.ts';
import { someOf } from '../../support/all-cases.ts';
import type { Operation } from '../../support/call-operation.ts';
import { definition } from '../../support/contract.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { useServer } from '../../support/server.ts';
import { changedRows, hiddenVariants, readRows, whileChanged } from './change-rows.ts';
import { givenWorld, type World } from './given-world.ts';
import { pathsOf, readOperations, responseTo } from './read-calls.ts';

const server = useServer();
const permissionCatalog = createPermissionCatalog(definition);
const random = seededRandom(18);
const pick = <Item>(items: Item[], share: number): Item[] => items.filter(() => random(100) < share);
const readOf = (resource: string, fields: string[] | null = null): Permission => ({ resource, action: 'read', fields });
const readableResources = [...new Set(readOperations.map((operation) => operation['x-permission']?.resource as string))].filter(
  (resource) => resource !== 'current-token',
);

function fieldsOf(resource: string): string[] {
  const { paths, open } = permissionCatalog.grantableFieldsOf(resource, 'read') as { paths: Set<string>; open: Set<string> };
  return [...paths, ...[...open].flatMap((path) => [`${path}.name`, `${path}.department`, `${path}.a.b`])];
}
const leavesOf = (fields: string[]) => fields.filter((field) => !fields.some((longer) => longer.startsWith(`${field}.`)));

/**
 * Returns subsets of the fields of a resource: all but each one, a share of each field alone and of random ones, and all. Sets without one field
 * show most, so only on MySQL, where each request takes longer, a share of them must do.
 */
function subsetsOf(resource: string): (string[] | null)[] {
  const fields = fieldsOf(resource);
  const leaves = leavesOf(fields);
  const withoutOne = leaves.map((omitted) => leaves.filter((field) => field !== omitted));
  const randoms = Array.from({ length: 20 }, () => pick(fields, 10 + random(60))).filter(({ length }) => length > 0);
  const others = [...fields.map((field) => [field]), ...randoms];
  return [...someOf(withoutOne, { embedded: 1, mysql: 12 }), ...someOf(others, { embedded: 6, mysql: 12 }), null];
}

/** Adds, to every sixth set, permissions for some other resources, with all or one of their fields. */
function withOthers(own: Permission): Permission[] {
  const others = random(6) > 0 ? [] : pick(readableResources, 40).filter((resource) => resource !== own.resource);
  const someFields = (resource: string) => (fieldResources.has(resource) && random(2) === 0 ? pick(fieldsOf(resource), 3) : []);
  const fieldSets = others.map((resource) => ({ resource, fields: someFields(resource) }));
  return [own, ...fieldSets.map(({ resource, fields }) => readOf(resource, fields.length > 0 ? fields : null))];
}

let world: World | undefined;
const total = { subsets: 0, requests: 0, variants: 0 };
/** Number of responses with 200 by operation. */
const successes = new Map<string, number>(readOperations.map(({ operationId }) => [operationId as string, 0]));

async function readAll(operation: Operation, secret: string): Promise<[path: string, response: string][]> {
  const responses: [string, string][] = [];
  for (const path of pathsOf(operation, world as World)) {
    const response = await responseTo(server, secret, path, { isChecked: true });
    const id = operation.operationId as string;
    if (response.startsWith('200')) successes.set(id, (successes.get(id) as number) + 1);
    responses.push([path, response]);
  }
  return responses;
}

it.each(readableResources)(
  '200, 403: two databases that differ only in hidden data give the same responses to a reader of %s',
  async (resource) => {
    world ??= await givenWorld(server);
    const { token } = world;
    const stored = await readRows(server.db, token.row.id);
    const subsets = fieldResources.has(resource) ? subsetsOf(resource) : [null];
    for (const fields of subsets) {
      const isDownloaded = fields === null && permissionCatalog.has(resource, 'download');
      const permissions: Permission[] = [
        ...withOthers(readOf(resource, fields)),
        ...(isDownloaded ? [{ resource, action: 'download', fields: null } as const] : []),
      ];
      await server
        .db('tokens')
        .where({ id: token.row.id })
        .update({ permissions: JSON.stringify(permissions) });
      const operations = readOperations.filter(
        (operation) => permissions.some((one) => one.resource === operation['x-permission']?.resource) || total.subsets % 50 === 0,
      );
      const before: [string, string][] = [];
      for (const operation of operations) before.push(...(await readAll(operation, token.secret)));
      const hidden = hiddenVariants(permissions);
      await whileChanged(server.db, changedRows(stored, hidden), async () => {
        for (const [path, response] of before)
          expect(await responseTo(server, token.secret, path), `${path} with ${JSON.stringify(permissions)}`).toBe(response);
      });
      total.subsets += 1;
      total.requests += 2 * before.length;
      total.variants = Math.max(total.variants, hidden.length);
    }
  },
  1_200_000,
);

it('the property was checked for every operation that reads, with responses that show data', () => {
  const counts = [...successes.values()];
  process.stdout.write(
    `hidden data, reads: ${counts.length} operations, ${total.subsets} sets of permissions, ${total.requests} requests, ${counts.reduce((sum, count) => sum + count)} of them with 200, up to ${total.variants} hidden differences at once\n`,
  );
  expect(total.requests).toBeGreaterThan(1_000);
  expect([...successes].filter(([, count]) => count === 0)).toEqual([]);
});
