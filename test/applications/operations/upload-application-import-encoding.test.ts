import { expect, it } from 'vitest';
import { givenApplication, givenTenant, usersCsv, usersGroup } from '../../support/given.ts';
import { multipart, orphanedFiles, type Part, sendUpload } from '../../support/raw-http.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const content = usersCsv('ann');

/** Returns a body in which each `?` is a byte that is not UTF-8. */
const withWrongBytes = (...parts: Part[]) =>
  Buffer.from(
    multipart(...parts)
      .toString('latin1')
      .replaceAll('?', '\xff'),
    'latin1',
  );

type Parts = (field: Part, file: Part) => Part[];
const refusals: [fault: string, parts: Parts][] = [
  ['a form field that is not UTF-8', (field, file) => [{ ...field, content: '?' }, file]],
  ['a form field whose name is not UTF-8', (field, file) => [field, file, { name: 'x?', content: 'x' }]],
  ['a file whose name is not UTF-8', (field, file) => [field, { ...file, fileName: 'x?.csv' }]],
  ['a file of a part whose name is not UTF-8', (field, file) => [field, file, { name: 'x?', fileName: 'x.csv', content }]],
];

it.each(refusals)('400: rejects %s and stores no file and no row', async (_fault, partsOf) => {
  const tenant = await givenTenant(server);
  const group = usersGroup();
  const application = await givenApplication(server, tenant, { groups: [group] });
  const parts = partsOf({ name: 'applicationId', content: application.id }, { name: group.id, fileName: 'users.csv', content });
  const response = await sendUpload(server, tenant.writer.secret, withWrongBytes(...parts));
  const { errors } = (await response.json()) as { errors: unknown[] };
  expect([response.status, errors]).toEqual([400, [{ field: 'body', message: 'Is not UTF-8' }]]);
  expect(await server.db('application_imports').where({ application_id: application.id })).toEqual([]);
  expect(await orphanedFiles(server)).toEqual([]);
});
