import { cpSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPermissionCatalog } from '../../server/access/permission-catalog.ts';
import { createImportFiles } from '../../server/applications/import-files.ts';
import { findHostOrganization, type OrganizationRow } from '../../server/organizations/store/organizations.ts';
import { seed } from '../../server/sandbox/seed.ts';
import { secretKey, secrets } from '../../server/sandbox/seed-tokens.ts';
import { runsAllCases } from '../support/all-cases.ts';
import { bodyTypeOf } from '../support/call-operation.ts';
import { contractFetch, definition, operations } from '../support/contract.ts';
import { givenToken } from '../support/given.ts';
import { type LargestInput, largestInputs } from '../support/largest-inputs.ts';
import { sendLargestInput } from '../support/send-largest-input.ts';
import { useServer } from '../support/server.ts';
import { isMySqlRun } from '../support/test-database.ts';
import { oneForEachPlace, twoForEachOperation } from '../support/worst-inputs.ts';

const server = useServer({ secretKey });
/** Input is read and validated before the database is asked, so two of each operation are enough on MySQL. `npm run test:all` and `bench:inputs` send all. */
const chosenOf = runsAllCases ? (all: LargestInput[]) => all : isMySqlRun ? twoForEachOperation : oneForEachPlace;
const all = await largestInputs();
const inputs = chosenOf(all);
const operationIds = operations.map(({ operationId }) => operationId as string);
/** CPU time of one request, with the client and the checks of this test. The slowest needs about 50 ms; input that costs quadratic time needs seconds, each time it is sent. */
const cpuMsMax = 500;
const attemptsMax = 3;

beforeAll(async () => {
  cpSync('server/sandbox/files', server.config.sharedDirectory, { recursive: true });
  await seed(server.db, server.logDb, createImportFiles(server.config), server.log);
  server.clock.now = new Date();
});

/** Sends a request and returns why it counts as a fault, or undefined. `contractFetch` throws for a status that is not declared. A slow request is sent again, because a loaded machine and garbage collection slow down single ones. */
async function faultOf(input: LargestInput, secret: string, attempt = 1): Promise<string | undefined> {
  const before = process.threadCpuUsage();
  const { status } = await sendLargestInput(server.url, secret, input, contractFetch);
  const { user, system } = process.threadCpuUsage(before);
  const cpuMs = Math.round((user + system) / 1000);
  if (status >= 500) return `${input.title}: status ${status}`;
  if (cpuMs <= cpuMsMax) return undefined;
  return attempt < attemptsMax ? faultOf(input, secret, attempt + 1) : `${input.title}: ${cpuMs} ms`;
}

async function faultsOf(sent: LargestInput[], secret: string): Promise<string[]> {
  const faults: string[] = [];
  for (const input of sent) {
    const fault = await faultOf(input, secret).catch((error) => `${input.title}: ${error.message}`);
    if (fault !== undefined) faults.push(fault.slice(0, 500));
  }
  return faults;
}

describe.each(operationIds)('%s', (operationId) => {
  const ofOperation = inputs.filter((input) => input.operationId === operationId);
  const places = new Set(all.filter((input) => input.operationId === operationId).map(({ place }) => place));

  it('no 5xx and no stall: responds with a declared status to the largest input in each place', async () => {
    const tried = new Set(ofOperation.map(({ place }) => place)).size;
    expect(tried).toBe(isMySqlRun && !runsAllCases ? Math.min(2, places.size) : places.size);
    expect(ofOperation.length).toBeGreaterThanOrEqual(isMySqlRun ? 2 : 1);
    expect(await faultsOf(ofOperation, secrets.administrator)).toEqual([]);
  }, 120_000);
});

const catalog = createPermissionCatalog(definition);
const writing = operations.flatMap((operation) => {
  const { resource, action } = (operation as { 'x-permission'?: { resource: string; action: string } })['x-permission'] ?? {};
  const fields =
    resource && action && [...(catalog.grantableFieldsOf(resource, action)?.paths ?? [])].filter((path) => !path.includes('.'));
  return fields && fields.length > 0 && bodyTypeOf(operation) === 'application/json'
    ? [{ operationId: operation.operationId as string, resource, action, fields }]
    : [];
});

const bodies = chosenOf(all.filter(({ body, needsToken, filling }) => body && needsToken && !filling.startsWith('a text of')));

describe.each(writing)('$operationId', ({ operationId, resource, action, fields }) => {
  it('no 5xx and no stall: responds so to a token whose permission names fields, too', async () => {
    const host = (await findHostOrganization(server.db)) as OrganizationRow;
    const ofOperation = bodies.filter((input) => input.operationId === operationId);
    expect(ofOperation.length).toBeGreaterThan(1);
    const { secret } = await givenToken(server, host, { permissions: [{ resource, action, fields: fields.slice(0, 1) }] as never });
    expect(await faultsOf(ofOperation, secret)).toEqual([]);
  }, 120_000);
});

it('200: no request above has ended the token that sent it', async () => {
  const response = await contractFetch(`${server.url}/api/tokens/current`, {
    headers: { Authorization: `Bearer ${secrets.administrator}` },
  });
  expect(response.status).toBe(200);
});
