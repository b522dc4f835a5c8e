import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessLevel, Level } from '../../server/access/store/token-rows.ts';
import { secretKey, secrets } from '../../server/sandbox/seed-tokens.ts';
import { runsAllCases } from '../support/all-cases.ts';
import { givenToken } from '../support/given.ts';
import { environmentHeader, requestFor, type SecuredOperation, securedOperations } from '../support/isolation/requests.ts';
import { createSend } from '../support/isolation/send.ts';
import { type FactIds, tricksOf } from '../support/isolation/tricks.ts';
import { givenTwins, type Twin, type TwinWorld } from '../support/isolation/twins.ts';
import { untriedReferences } from '../support/isolation/untried-references.ts';
import { createWatch } from '../support/isolation/watch.ts';
import { useServer } from '../support/server.ts';

const server = useServer({ secretKey, rateLimitPerMinute: 100_000_000 });
const operations = await securedOperations();
const { send, count } = createSend(server);
const home = 'alpha/default/production';
const accessLevels: AccessLevel[] = ['Administrator', 'Write', 'Read'];
/** Returns the access levels of a caller's tokens. Administrator, because others mostly get 403, and the others: all, or in turn one for each operation and level. */
function accessLevelsFor(operation: SecuredOperation, level: Level): AccessLevel[] {
  if (runsAllCases) return accessLevels;
  const turn = (operations.indexOf(operation) + levels.indexOf(level)) % 2;
  return ['Administrator', turn === 0 ? 'Write' : 'Read'];
}

/** The scopes of callers at home, and the twins that they try to reach: outside the scope, and in it. */
const scopes: Record<Level, { path: string; outside: string[]; inside: string[] }> = {
  Organization: { path: 'alpha', outside: ['beta/default/production'], inside: ['alpha/payroll/development'] },
  Project: {
    path: 'alpha/default',
    outside: ['beta/default/production', 'alpha/payroll/production'],
    inside: ['alpha/default/development'],
  },
  Environment: { path: home, outside: ['beta/default/production', 'alpha/payroll/production', 'alpha/default/development'], inside: [] },
};
const levels = Object.keys(scopes) as Level[];
const others = [...new Set(levels.flatMap((level) => [...scopes[level].outside, ...scopes[level].inside]))];

let world: TwinWorld;
let watch: ReturnType<typeof createWatch>;
let own: Twin;
const factIdsByTwin = new Map<Twin, Record<string, string>>();
const factIds: FactIds = (twin, name) => factIdsByTwin.get(twin)?.[name];

beforeAll(async () => {
  world = await givenTwins(server);
  watch = createWatch(server, world, home);
  own = world.twin(home);
  // The server generates the ids of files, so the contract's example ids do not exist.
  for (const { pathValues } of operations)
    if (pathValues.fileId)
      pathValues.fileId = (await server.db('application_import_files').where({ application_import_id: pathValues.id }).first()).id;
  for (const twin of world.twins) {
    const idOf = async (table: string, column: string, parameter: string) => {
      const call = operations.find(({ pathValues }) => parameter in pathValues) as SecuredOperation;
      const key = requestFor(call, twin).pathValues[parameter];
      return (
        await server
          .db(table)
          .where({ environment_id: twin.environmentId, [column]: key })
          .first()
      ).id as string;
    };
    const [userId, tenantId] = [await idOf('fact_users', 'user_key', 'userId'), await idOf('fact_tenants', 'tenant_key', 'tenantId')];
    factIdsByTwin.set(twin, { userId, tenantId });
  }
}, 120_000);

/** Creates a token at home. */
const secretOfCaller = async (level: Level, access_level: AccessLevel) => {
  const scope = {
    project_id: level === 'Organization' ? null : own.projectId,
    environment_id: level === 'Environment' ? own.environmentId : null,
  };
  return (await givenToken(server, { id: own.organizationId }, { level, access_level, ...scope })).secret;
};
/** Creates an administrator's token of the twin's organization. */
const secretOfOwner = async ({ organizationId }: Twin) =>
  (await givenToken(server, { id: organizationId }, { access_level: 'Administrator' })).secret;
const headersOf = ({ takesHeader }: SecuredOperation, twin: Twin): Record<string, string> =>
  takesHeader ? { [environmentHeader]: `${twin.projectKey}/${twin.environmentKey}` } : {};

it('every operation has a foreign value for each place at which it names an object', () => {
  const untried = operations.map((operation) => [operation.operationId, untriedReferences(operation, own, factIds)] as const);
  expect(untried.filter(([, places]) => places.length > 0)).toEqual([]);
});

it('200: each list shows and counts the objects of its environment only, in every environment', async () => {
  const countsOf = (body: string) => JSON.stringify(body.match(/"(totalCount|total_count|page_count)":\d+/g));
  for (const operation of operations.filter(({ method, isOfEnvironment }) => method === 'get' && isOfEnvironment)) {
    const counts = [];
    for (const twin of world.twins) {
      const request = requestFor(operation, twin);
      const { status, text, body } = await send(operation, request, await secretOfOwner(twin), headersOf(operation, twin));
      const foreign = watch.foreignOwnersIn(text, request, twin.path);
      expect([operation.operationId, status, foreign]).toEqual([operation.operationId, 200, []]);
      counts.push(countsOf(body));
    }
    const { body } = await send(operation, requestFor(operation, { ...own, translate: (text) => text }), secrets.administrator);
    expect([operation.operationId, ...counts]).toEqual([operation.operationId, ...counts.map(() => countsOf(body))]);
  }
});

it('201: a key that exists only in another environment is free', async () => {
  const withKeys = operations.filter(
    ({ body, operationId }) => (body as { key?: string } | undefined)?.key && operationId !== 'createOrganization',
  );
  expect(withKeys.length).toBeGreaterThan(4);
  for (const operation of withKeys)
    for (const path of scopes.Environment.outside) {
      const other = world.twin(path);
      const key = `only-${path.replaceAll('/', '-')}-${operation.operationId}`;
      const body = operation.path.includes('/users') ? { key } : { key, name: key };
      const withKey = (twin: Twin) => ({ ...requestFor(operation, twin), body });
      const owners = await send(operation, withKey(other), await secretOfOwner(other), headersOf(operation, other));
      expect([operation.operationId, path, owners.status]).toEqual([operation.operationId, path, 201]);
      // A project has one organization, an environment one project.
      if (operation.operationId === 'createProject' && other.organizationId === own.organizationId) continue;
      if (operation.operationId === 'createEnvironment' && other.projectId === own.projectId) continue;
      const { status } = await send(operation, withKey(own), await secretOfCaller('Organization', 'Administrator'));
      expect([operation.operationId, path, status]).toEqual([operation.operationId, path, 201]);
    }
});

describe.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', (_operationId, operation) => {
  it('reaches, reveals and changes nothing of another environment', async () => {
    const changes = await watch.rememberRows(operation);
    for (const level of levels)
      for (const accessLevel of accessLevelsFor(operation, level)) {
        const { path: scope, outside, inside } = scopes[level];
        const secret = await secretOfCaller(level, accessLevel);
        const tricks = [
          { name: 'own', request: requestFor(operation, own), mustFail: false },
          ...outside.flatMap((path) => tricksOf(operation, own, world.twin(path), false, factIds)),
          ...(operation.isOfEnvironment ? inside : []).flatMap((path) => tricksOf(operation, own, world.twin(path), true, factIds)),
        ];
        for (const { name, request, mustFail } of new Map(tricks.map((trick) => [JSON.stringify(trick.request), trick])).values()) {
          if (operation.path.startsWith('/api/logs')) watch.rememberLogged(request);
          const { status, text } = await send(operation, request, secret);
          const foreign = watch.foreignOwnersIn(text, request, operation.isOfEnvironment ? home : scope);
          const what = `${level} ${accessLevel}: ${name}`;
          expect([what, status < 500, foreign]).toEqual([what, true, []]);
          if (mustFail) expect([what, status]).toEqual([what, expect.toSatisfy((code) => code >= 400)]);
        }
      }
    expect(await changes()).toEqual([]);
    // The owners make the same requests, which proves that they name existing objects.
    for (const twin of others.map(world.twin)) {
      const { status } = await send(operation, requestFor(operation, twin), await secretOfOwner(twin), headersOf(operation, twin));
      expect([twin.path, status]).toEqual([twin.path, expect.toSatisfy((code) => ![400, 401, 404].includes(code) && code < 500)]);
    }
  }, 120_000);
});

it('no caller gets the stored response of another with the same Idempotency-Key', async () => {
  let replayed = 0;
  for (const operation of operations.filter(({ takesIdempotencyKey }) => takesIdempotencyKey)) {
    const tries = others.map((path) => ({ twin: world.twin(path), key: { 'Idempotency-Key': randomUUID() } }));
    for (const { twin, key } of tries) {
      const owner = await secretOfOwner(twin);
      for (let time = 0; time < 2; time++) {
        const { headers } = await send(operation, requestFor(operation, twin), owner, { ...headersOf(operation, twin), ...key });
        if (headers.has('idempotency-replayed')) replayed++;
      }
    }
    const changes = await watch.rememberRows(operation);
    for (const { twin, key } of tries)
      for (const level of levels.filter((candidate) => scopes[candidate].outside.includes(twin.path))) {
        const { headers } = await send(operation, requestFor(operation, twin), await secretOfCaller(level, 'Administrator'), key);
        expect([operation.operationId, level, headers.get('idempotency-replayed')]).toEqual([operation.operationId, level, null]);
      }
    expect(await changes()).toEqual([]);
  }
  expect(replayed).toBeGreaterThan(20);
}, 300_000);

it('prints the number of requests', () => {
  process.stdout.write(`isolation: ${count().toLocaleString('en-US')} requests of ${operations.length} operations, 0 foreign rows\n`);
  expect(count()).toBeGreaterThan(operations.length * (runsAllCases ? 150 : 100));
});
