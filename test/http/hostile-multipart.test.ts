import { beforeAll, expect, it } from 'vitest';
import type { Error as ErrorBody } from '../../generated/types.gen.ts';
import { givenApplication, givenTenant, type Tenant, usersGroup } from '../support/given.ts';
import { multipart, multipartType, openSocket, orphanedFiles, responseOf, sendUpload } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const megabyte = 1024 ** 2;
const server = useServer({ uploadBytesMax: 64 * megabyte }, { unreadBytesMax: 200_000, unreadMs: 100 });
let tenant: Tenant;
beforeAll(async () => {
  tenant = await givenTenant(server);
});

const boundary = /boundary=(.*)/.exec(multipartType)?.[1] as string;
const start = (header: string) => `--${boundary}\r\n${header}`;
const field = (name: string) => start(`Content-Disposition: form-data; name="${name}"\r\n\r\n`);
const tooManyParts = 'Has more than 30 parts';
const tooManyBytes = 'Has more than 1048576 bytes outside of its files';

interface Attack {
  name: string;
  type?: string;
  first?: string;
  /** Sent again and again. */
  repeated: string;
  message: string;
}
/** Bodies that breach a limit soon and never end. */
const attacks: Attack[] = [
  { name: 'parts without headers', repeated: `--${boundary}\r\n`, message: tooManyParts },
  { name: 'parts of five bytes', type: 'multipart/form-data; boundary=x', first: '--x', repeated: '\r\n--x', message: tooManyParts },
  { name: 'parts with unreadable headers', repeated: `${start('nothing')}\r\n\r\nx\r\n`, message: tooManyParts },
  { name: 'an endless preamble', repeated: 'x', message: tooManyBytes },
  { name: 'an endless preamble of dashes', repeated: '\r\n--', message: tooManyBytes },
  { name: 'an endless header', first: start('Content-Disposition: '), repeated: 'x', message: tooManyBytes },
  { name: 'endless header lines', first: start(''), repeated: 'a: b\r\n', message: tooManyBytes },
  { name: 'an endless part without a disposition', first: start('A: b\r\n\r\n'), repeated: 'x', message: tooManyBytes },
  { name: 'an endless form field', first: field('applicationId'), repeated: 'x', message: tooManyBytes },
  { name: 'many form fields', repeated: `${field('x')}\r\n`, message: tooManyParts },
  {
    name: 'many files',
    repeated: `${start('Content-Disposition: form-data; name="x"; filename="x"\r\n\r\n')}x\r\n`,
    message: tooManyParts,
  },
  { name: 'an endless end', first: `${field('x')}x\r\n--${boundary}--`, repeated: 'x', message: tooManyBytes },
];

it.each(attacks)('400: stops at the first breach of a limit by $name', async ({ type = multipartType, first = '', repeated, message }) => {
  const socket = openSocket(server);
  const head = [
    'POST /api/application-imports/upload HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${tenant.writer.secret}`,
    `Content-Type: ${type}`,
    `Content-Length: ${64 * megabyte}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${first}`);
  const before = process.cpuUsage();
  const sent = await socket.flood(Buffer.from(repeated.repeat(Math.ceil(65_536 / repeated.length))), 60 * megabyte);
  const response = responseOf(await socket.received());
  const { errors } = (await response.json()) as ErrorBody;
  expect([response.status, errors?.map((error) => error.message)]).toEqual([400, expect.arrayContaining([message])]);
  // The part that the server did not read is in the socket buffers of both sides.
  expect(sent).toBeLessThan(20 * megabyte);
  // Parsing 30 MB of parts without headers takes more than ten seconds.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(3);
  expect(await orphanedFiles(server)).toEqual([]);
});

it.each(['x'.repeat(71), '"x', 'a%41', '"a\\"b"'])('400: refuses the boundary %s', async (name) => {
  const response = await sendUpload(server, tenant.writer.secret, multipart(), { type: `multipart/form-data; boundary=${name}` });
  const { errors } = (await response.json()) as ErrorBody;
  const message = 'Is not multipart/form-data: Content-Type must have a boundary of 1 to 70 characters';
  expect([response.status, errors]).toEqual([400, [{ field: 'body', message }]]);
});

it('201: reads files that contain dashes, line breaks and a start of the boundary', async () => {
  const group = usersGroup();
  const application = await givenApplication(server, tenant, { groups: [group] });
  const content = Buffer.from(`Login\r\n--${boundary.slice(0, -1)}\r\n x--${boundary}\r\n`.repeat(100_000));
  const parts = [
    { name: 'applicationId', content: application.id },
    { name: group.id, fileName: 'x.csv', content },
  ];
  const response = await sendUpload(server, tenant.writer.secret, multipart(...parts));
  expect(response.status).toBe(201);
  const { bytes } = await server.db('application_import_files').where({ file_group_id: group.id }).first();
  expect(Number(bytes)).toBe(content.length);
});
