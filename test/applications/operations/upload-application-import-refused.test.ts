import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { uploadApplicationImport } from '../../../generated/sdk.gen.ts';
import { givenApplication, givenTenant, usersCsv, usersGroup } from '../../support/given.ts';
import { multipart, orphanedFiles, type Part, sendUpload, unfinishedMultipart } from '../../support/raw-http.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const unknownId = '00000000-0000-4000-8000-000000000000';
const content = usersCsv('ann');

async function givenUpload() {
  const tenant = await givenTenant(server);
  const [staff, guests] = [usersGroup({ name: 'Staff' }), usersGroup({ name: 'Guests' })];
  const application = await givenApplication(server, tenant, {
    groups: [staff, guests, usersGroup({ name: 'Others', isRequired: false })],
  });
  const field = { name: 'applicationId', content: application.id };
  const files = [
    { name: staff.id, fileName: 'staff.csv', content },
    { name: guests.id, fileName: 'guests.csv', content },
  ] as const;
  return { tenant, application, staff, guests, field, files };
}
type GivenUpload = Awaited<ReturnType<typeof givenUpload>>;

const many = (count: number, part: Part): Part[] => Array.from({ length: count }, () => ({ ...part, name: randomUUID() }));
const inBody = (message: string) => [{ field: 'body', message }];
const unexpectedEnd = inBody('Is not multipart/form-data: Unexpected end of multipart data');
const headerPart = (text: string): Part => ({ header: text, content });
const unknownPart = inBody('Has a part that is neither a form field nor a file');

type Refusal = [fault: string, body: (given: GivenUpload) => Buffer, errors: (given: GivenUpload) => unknown, type?: string];
const refusals: Refusal[] = [
  [
    'a required file group without a file',
    ({ field, files }) => multipart(field, files[0]),
    ({ guests }) => [{ field: guests.id, message: 'The file for Guests is missing' }],
  ],
  [
    'a file for an unknown file group, together with missing files',
    ({ field }) => multipart(field, { name: unknownId, fileName: 'x.csv', content }),
    ({ staff, guests }) => [
      { field: unknownId, message: "Is not a file group of the application's connector" },
      { field: staff.id, message: 'The file for Staff is missing' },
      { field: guests.id, message: 'The file for Guests is missing' },
    ],
  ],
  ['no file at all', ({ field }) => multipart(field), () => inBody('Has no file')],
  [
    'empty files, with one error each',
    ({ field, files }) => multipart(field, ...files.map((file) => ({ ...file, content: '' }))),
    ({ staff, guests }) => [staff, guests].map(({ id }) => ({ field: id, message: 'The file is empty' })),
  ],
  [
    'two files for one file group',
    ({ field, files }) => multipart(field, ...files, files[0]),
    ({ staff }) => [{ field: staff.id, message: 'Must be sent only once' }],
  ],
  [
    'two files for one file group whose ids differ in case',
    ({ field, files, staff }) => multipart(field, ...files, { ...files[0], name: staff.id.toUpperCase() }),
    ({ staff }) => [{ field: staff.id.toUpperCase(), message: 'Must be sent only once' }],
  ],
  [
    'a form field instead of a file',
    ({ field, files, staff }) => multipart(field, { name: staff.id, content }, files[1]),
    ({ staff }) => [{ field: staff.id, message: 'Must be a file with a file name' }],
  ],
  [
    'applicationId as a file',
    ({ field, files }) => multipart({ ...field, fileName: 'id.txt' }, ...files),
    () => [{ field: 'applicationId', message: 'Must be a GUID' }],
  ],
  [
    'two form fields with the same name',
    ({ field, files }) => multipart(field, field, ...files),
    () => [{ field: 'applicationId', message: 'Must be sent only once' }],
  ],
  [
    'a form field that is too long',
    ({ files }) => multipart({ name: 'applicationId', content: 'x'.repeat(20_000) }, ...files),
    () => [{ field: 'applicationId', message: 'Is too long' }],
  ],
  [
    'a part without a name',
    ({ field, files }) => multipart(field, ...files, { fileName: 'x.csv', content }),
    () => inBody('Has a part without a name'),
  ],
  [
    'a part with an empty name',
    ({ field, files }) => multipart(field, ...files, { name: '', content }),
    () => inBody('Has a part without a name'),
  ],
  ['a part without disposition', ({ field, files }) => multipart(field, ...files, headerPart('Content-Type: text/csv')), () => unknownPart],
  [
    'a part whose disposition is not form-data',
    ({ field, files }) => multipart(field, ...files, headerPart('Content-Disposition: attachment; name="x"; filename="x.csv"')),
    () => unknownPart,
  ],
  [
    'a part with a line break in its file name',
    ({ field, files, staff }) =>
      multipart(field, ...files, headerPart(`Content-Disposition: form-data; name="${staff.id}"; filename="a\nb"`)),
    () => unknownPart,
  ],
  [
    'more than 20 files',
    ({ field }) => multipart(field, ...many(21, { fileName: 'x.csv', content })),
    () => inBody('Has more than 20 files'),
  ],
  ['more than 10 form fields', ({ files }) => multipart(...files, ...many(11, { content: 'x' })), () => inBody('Has more than 10 fields')],
  ['a body that ends in a file', ({ field, files }) => unfinishedMultipart(field, ...files).subarray(0, -20), () => unexpectedEnd],
  ['a body that ends after a file', ({ field, files }) => unfinishedMultipart(field, ...files), () => unexpectedEnd],
  ['a body that ends in its last boundary', ({ field, files }) => multipart(field, ...files).subarray(0, -3), () => unexpectedEnd],
  [
    'a body that ends in the header of a part',
    ({ field, files }) => Buffer.concat([unfinishedMultipart(field, files[0]), unfinishedMultipart(files[1]).subarray(0, 40)]),
    () => unexpectedEnd,
  ],
  [
    'a body whose boundaries differ from its content type',
    ({ field, files }) => multipart(field, ...files),
    () => unexpectedEnd,
    'multipart/form-data; boundary=x',
  ],
  ['an empty body', () => Buffer.alloc(0), () => unexpectedEnd],
  [
    'a content type without a boundary',
    ({ field, files }) => multipart(field, ...files),
    () => inBody('Is not multipart/form-data: Content-Type must have a boundary of 1 to 70 characters'),
    'multipart/form-data',
  ],
];

it.each(refusals)('400: rejects %s and stores no file and no row', async (_fault, body, errors, type) => {
  const given = await givenUpload();
  const response = await sendUpload(server, given.tenant.writer.secret, body(given), type === undefined ? {} : { type });
  expect([response.status, await response.json()]).toMatchObject([400, { error: 'validation_error', errors: errors(given) }]);
  expect(await server.db('application_imports').where({ application_id: given.application.id })).toEqual([]);
  expect(await orphanedFiles(server)).toEqual([]);
});

it.each(['users', '__proto__', 'constructor', 'x'.repeat(5000)])(
  '400: rejects a part named %.20s, names it in the error and stores nothing',
  async (name) => {
    const { tenant, application, field, files } = await givenUpload();
    for (const part of [
      { name, content },
      { name, fileName: 'x.csv', content },
    ]) {
      const response = await sendUpload(server, tenant.writer.secret, multipart(field, ...files, part));
      const { errors } = (await response.json()) as { errors: { field: string }[] };
      expect([response.status, errors.map((error) => error.field)]).toEqual([400, [name.slice(0, 1000)]]);
    }
    expect(await server.db('application_imports').where({ application_id: application.id })).toEqual([]);
    expect(await orphanedFiles(server)).toEqual([]);
  },
);

it('400: rejects an application that is archived, unknown, of another organization, without a connector or not named, and stores nothing', async () => {
  const { tenant, staff, guests } = await givenUpload();
  const groups = [staff, guests];
  const archived = await givenApplication(server, tenant, { is_archived: 1, groups });
  const foreign = await givenApplication(server, await givenTenant(server), { groups });
  const withoutConnector = await givenApplication(server, tenant, { connector: null, import_schedule: null });
  const valid = await givenApplication(server, tenant, { groups });
  const files = { [staff.id]: new File([content], 's.csv'), [guests.id]: new File([content], 'g.csv') };
  const refusal = async (applicationId?: string, query?: { applicationId: string }) => {
    const body = { ...(applicationId !== undefined && { applicationId }), ...files };
    const { error, response } = await uploadApplicationImport({ client: tenant.writer.client, body, ...(query && { query }) });
    expect(await orphanedFiles(server)).toEqual([]);
    return [response?.status, ...(error?.errors ?? []).map(({ field, message }) => `${field}: ${message}`)];
  };
  expect(await refusal(archived.id)).toEqual([400, 'applicationId: Application is archived']);
  expect(await refusal(unknownId)).toEqual([400, 'applicationId: Application does not exist']);
  expect(await refusal(foreign.id)).toEqual([400, 'applicationId: Application does not exist']);
  expect(await refusal(withoutConnector.id)).toEqual([400, 'applicationId: Application has no connector that takes files']);
  expect(await refusal('Silverlake')).toEqual([400, 'applicationId: Must be a GUID']);
  expect(await refusal()).toEqual([400, 'applicationId: Is required, as a form field or a query parameter']);
  expect(await refusal(valid.id, { applicationId: unknownId })).toEqual([
    400,
    'applicationId: The form field and the query parameter name different applications',
  ]);
  expect(await server.db('application_imports').where({ environment_id: tenant.environmentId })).toEqual([]);
  expect(await server.db('application_imports').where({ environment_id: foreign.environment_id })).toEqual([]);
});

it('400, 401, 403: a valid upload with an unknown query parameter, without a token or without permission stores nothing', async () => {
  const { tenant, application, field, files } = await givenUpload();
  const body = multipart(field, ...files);
  expect((await sendUpload(server, tenant.writer.secret, body, { query: '?surprise=1' })).status).toBe(400);
  expect((await sendUpload(server, 'x', body)).status).toBe(401);
  expect((await sendUpload(server, tenant.reader.secret, body)).status).toBe(403);
  expect(await server.db('application_imports').where({ application_id: application.id })).toEqual([]);
  expect(await orphanedFiles(server)).toEqual([]);
});
