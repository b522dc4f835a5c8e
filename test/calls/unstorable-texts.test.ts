import { expect, it } from 'vitest';
import { getCurrentToken, getLog, listLogs } from '../../generated/sdk.gen.ts';
import { isMySql } from '../../server/database/database.ts';
import { givenApplication, givenTenant, givenToken, usersCsv, usersGroup } from '../support/given.ts';
import { logDetailOf, logRowOf, sendRequest } from '../support/given-logs.ts';
import { multipart, sendUpload } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
/** A secret in full width, so that the text is decoded, and a character that becomes 18. */
const growing = (length: number) => `ｐｉｎ=1 `.padEnd(length, '\ufdfa');

it('200: a call is logged, whatever the name of its token is, and the log can be read', async () => {
  const { organization, administrator } = await givenTenant(server);
  for (const name of [growing(100), `${'x'.repeat(93)}ｐｉｎ=1 `, '𝔸'.repeat(100), '😀'.repeat(50), `password: ${'ｐ'.repeat(80)}`]) {
    const { client } = await givenToken(server, organization, { name, access_level: 'Read' });
    const { response } = await getCurrentToken({ client });
    expect(response?.status).toBe(200);
    expect((await logDetailOf(administrator, response)).actor?.name.length).toBeGreaterThan(0);
  }
  expect((await listLogs({ client: administrator.client })).response?.status).toBe(200);
});

it('400, 201: paths, queries, bodies and names of files that redaction makes longer are logged, and the log can be read', async () => {
  const tenant = await givenTenant(server);
  const { administrator, writer } = tenant;
  const text = encodeURIComponent(growing(1_200));
  const responses = [
    await sendRequest(server, `/api/applications/${text}?search=${text.slice(0, 1_000)}`, { secret: writer.secret }),
    await sendRequest(server, '/api/applications', { secret: writer.secret, method: 'POST', body: JSON.stringify({ name: growing(200) }) }),
  ];
  const group = usersGroup();
  const { id: applicationId } = await givenApplication(server, tenant, { groups: [group] });
  const fileName = `${growing(200)}.csv`;
  const form = multipart({ name: 'applicationId', content: applicationId }, { name: group.id, fileName, content: usersCsv('ann') });
  const uploaded = await sendUpload(server, writer.secret, form);
  expect([...responses, uploaded].map(({ status }) => status)).toEqual([400, 201, 201]);
  for (const response of [...responses, uploaded]) await logDetailOf(administrator, response);
  expect((await logDetailOf(administrator, uploaded)).request.files[0]?.name).toHaveLength(255);
});

/** Makes the database refuse rows with a query, as it refuses a text that is too long, and returns a function that undoes it. */
async function refuseQueries(): Promise<() => Promise<void>> {
  const { logDb } = server;
  await logDb.raw(
    isMySql(logDb)
      ? "CREATE TRIGGER refuse_queries BEFORE INSERT ON api_log FOR EACH ROW BEGIN IF NEW.query <> '' THEN SIGNAL SQLSTATE '22001' SET MYSQL_ERRNO = 1406, MESSAGE_TEXT = 'Data too long'; END IF; END"
      : "CREATE TRIGGER refuse_queries BEFORE INSERT ON api_log WHEN NEW.query <> '' BEGIN SELECT RAISE(ABORT, 'Data too long'); END",
  );
  return async () => void (await logDb.raw('DROP TRIGGER refuse_queries'));
}

it('200: a row whose texts the database refuses is stored without them, for known and unknown callers', async () => {
  const { administrator, reader } = await givenTenant(server);
  const accept = await refuseQueries();
  try {
    const known = await sendRequest(server, '/api/applications?page=1', { secret: reader.secret });
    const unknown = await sendRequest(server, '/api/applications?page=1');
    expect([known.status, unknown.status]).toEqual([200, 401]);
    const stored = { path: '[not stored]', query: '', operation: 'listApplications' };
    expect(await logRowOf(server, known)).toMatchObject({ ...stored, status: 200, actor_id: reader.row.id });
    expect(await logRowOf(server, unknown)).toMatchObject({ ...stored, status: 401, actor_id: null });
    const id = known.headers.get('x-correlation-id') as string;
    const { data } = await getLog({ client: administrator.client, path: { id } });
    expect([data?.actor?.name, data?.response]).toEqual(['[not stored]', { body: null, isCut: true }]);
  } finally {
    await accept();
  }
});
