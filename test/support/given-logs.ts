import { getLog } from '../../generated/sdk.gen.ts';
import type { LoggedCallDetail } from '../../generated/types.gen.ts';
import { newCorrelationId } from '../../server/calls/correlation-id.ts';
import { insertLogs, type LogRow } from '../../server/calls/store/api-log.ts';
import { toInstant } from '../../server/database/instants.ts';
import { contractFetch } from './contract.ts';
import type { GivenToken } from './given.ts';
import type { TestServer } from './server.ts';

/** Returns a row of the API log: a successful `GET /api/applications`; `values` overrides columns. Inserts nothing. */
export const newLogRow = (organizationId: string, time: Date, values: Partial<LogRow> = {}): LogRow => ({
  organization_id: organizationId,
  id: newCorrelationId(time),
  called_at: toInstant(time),
  actor_kind: 'API Token',
  actor_id: '00000000-0000-4000-8000-00000000000a',
  actor_name: 'Nightly',
  operation: 'listApplications',
  method: 'GET',
  path: '/api/applications',
  query: '',
  status: 200,
  duration_ms: 3,
  client_address: '127.0.0.1',
  environment_id: null,
  request_body: null,
  request_is_cut: false,
  response_body: null,
  response_is_cut: false,
  files: [],
  ...values,
});

/**
 * Inserts one row into the API log for each element of `values`, one second apart, oldest first, the last one at `end`.
 *
 * Returns the ids of the rows.
 */
export async function givenLogs(server: TestServer, organizationId: string, end: Date, values: Partial<LogRow>[]): Promise<string[]> {
  const rows = values.map((value, index) => newLogRow(organizationId, new Date(end.getTime() - (values.length - 1 - index) * 1000), value));
  for (let first = 0; first < rows.length; first += 100) await insertLogs(server.logDb, rows.slice(first, first + 100));
  return rows.map(({ id }) => id);
}

/** Finds the log row of a response. The server stores the row before it sends the response, so no test has to wait. */
export async function logRowOf(server: TestServer, response: Response) {
  const id = Buffer.from(response.headers.get('x-correlation-id') as string, 'hex');
  return server.logDb('api_log').where({ id }).first();
}
/** Reads the log entry of a response through the API. */
export const logDetailOf = async ({ client }: GivenToken, response: Response | undefined): Promise<LoggedCallDetail> => {
  const { data, error } = await getLog({ client, path: { id: response?.headers.get('x-correlation-id') as string } });
  if (!data) throw new Error(JSON.stringify(error));
  return data;
};

interface RequestParts {
  secret?: string;
  method?: string;
  body?: string;
  type?: string;
  headers?: Record<string, string>;
}
/** Sends an HTTP request without the generated client. Returns the response, which is checked against the contract. */
export const sendRequest = (
  server: TestServer,
  path: string,
  { secret, method = 'GET', body, type = 'application/json', headers = {} }: RequestParts = {},
) =>
  contractFetch(server.url + path, {
    method,
    headers: {
      ...(secret !== undefined && { Authorization: `Bearer ${secret}` }),
      ...(body !== undefined && { 'Content-Type': type }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
