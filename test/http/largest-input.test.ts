import { cpSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPermissionCatalog } from '../../server/access/permission-catalog.ts';
import { createImportFiles } from '../../server/applications/import-files.ts';
import { findHostOrganization, type OrganizationRow } from '../../server/organizations/store/organizations.ts';
import { seed } from '../../server/sandbox/seed.ts';
import { secretKey, secrets } from '../../server/sandbox/seed-tokens.ts';
import { someOf } from '../support/all-cases.ts';
import { contractFetch, definition, operations } from '../support/contract.ts';
import { givenToken } from '../support/given.ts';
import { type LargestInput, largestInputs } from '../support/largest-inputs.ts';
import { sendLargestInput } from '../support/send-largest-input.ts';
import { useServer } from '../support/server.ts';

const server = useServer({ secretKey });
/** Input is read and validated before the database is asked, so few are enough on MySQL. `npm run bench:inputs` sends all of them. */
const inputs = someOf(await largestInputs(), { embedded: 4, mysql: 23 });
const operationIds = [...new Set(inputs.map(({ operationId }) => operationId))];
/** CPU time of one request, with the client and the checks of this test. The slowest needs about 50 ms; input that costs quadratic time needs seconds. */
const cpuMsMax = 500;

beforeAll(async () => {
  cpSync('server/sandbox/files', server.config.sharedDirectory, { recursive: true });
  await seed(server.db, server.logDb, createImportFiles(server.config), server.log);
  server.clock.now = new Date();
});

/** Sends a request and returns why it counts as a fault, or undefined. `contractFetch` throws for a status that is not declared. */
async function faultOf(input: LargestInput, secret: string): Promise<string | undefined> {
  const before = process.cpuUsage();
  const { status } = await sendLargestInput(server.url, secret, input, contractFetch);
  const { user, system } = process.cpuUsage(before);
  const cpuMs = Math.round((user + system) / 1000);
  if (status >= 500) return `${input.title}: status ${status}`;
  return cpuMs > cpuMsMax ? `${input.title}: ${cpuMs} ms` : undefined;
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

  it('no 5xx and no stall: responds with a declared status to the largest input in each place', async () => {
    expect(await faultsOf(ofOperation, secrets.administrator)).toEqual([]);
  }, 120_000);
});

const catalog = createPermissionCatalog(definition);
const writing = operations.flatMap((operation) => {
  const { resource, action } = (operation as { 'x-permission'?: { resource: string; action: string } })['x-permission'] ?? {};
  const fields =
    resource && action && [...(catalog.grantableFieldsOf(resource, action)?.paths ?? [])].filter((path) => !path.includes('.'));
  return fields && fields.length > 0 && operation.requestBody
    ? [{ operationId: operation.operationId as string, resource, action, fields }]
    : [];
});

describe.each(writing)('$operationId', ({ operationId, resource, action, fields }) => {
  it('no 5xx and no stall: responds so to a token whose permission names fields, too', async () => {
    const host = (await findHostOrganization(server.db)) as OrganizationRow;
    const bodies = inputs.filter((input) => input.operationId === operationId && input.body && !input.title.includes('a text of'));
    const { secret } = await givenToken(server, host, { permissions: [{ resource, action, fields: fields.slice(0, 1) }] as never });
    expect(await faultsOf(bodies, secret)).toEqual([]);
  }, 120_000);
});

it('200: no request above has ended the token that sent it', async () => {
  const response = await contractFetch(`${server.url}/api/tokens/current`, {
    headers: { Authorization: `Bearer ${secrets.administrator}` },
  });
  expect(response.status).toBe(200);
});
