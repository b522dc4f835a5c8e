import { type Operation, securedOperations } from '../../support/call-operation.ts';
import { contractFetch } from '../../support/contract.ts';
import type { TestServer } from '../../support/server.ts';
import type { World } from './given-world.ts';

/** Values of each query parameter: some match the stored data, some match the changed data, some match nothing. */
const samples: Record<string, string[]> = {
  page: ['1', '2'],
  per_page: ['1'],
  rows: ['users', 'groups', 'privileges', 'identities'],
  after: ['user0', 'y'],
  search: ['a', 'j', 'z'],
  email: ['jane@example.com', 'zother0@example.org'],
  status: ['Active', 'Open', 'Completed', 'Disabled'],
  type: ['Offboard', 'Absence', 'Remove', 'Suspend'],
  identityId: ['identity'],
  applicationId: ['application'],
  personnelEventId: ['event'],
  include_total_count: ['true'],
  finding: ['Idle'],
  activityPage: ['1', '2'],
  commentPage: ['1', '2'],
};
/** Operations whose responses show the calls of this test itself. */
const excluded = new Set(['listLogs', 'getLog']);

export const readOperations: Operation[] = securedOperations.filter(
  ({ method, operationId }) => method === 'get' && !excluded.has(operationId as string),
);

interface QueryParameter {
  name: string;
  in: string;
  required?: boolean;
}

/** Returns the paths of an operation's calls: without parameters, and with each value of each query parameter. */
export function pathsOf(operation: Operation, { params }: World): string[] {
  const values: Record<string, string> = params(operation);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] as string));
  const query = ((operation.parameters ?? []) as QueryParameter[]).filter((parameter) => parameter.in === 'query');
  const unknown = query.filter(({ name }) => !samples[name]);
  if (unknown.length > 0) throw new Error(`Add samples for ${unknown.map(({ name }) => name).join(', ')}`);
  const ids: Record<string, string> = {
    identity: params({ path: '/api/identities' }).id as string,
    application: params({ path: '/api/applications' }).id as string,
    event: params({ path: '/api/personnel-events' }).id as string,
  };
  const pair = (name: string, value: string) => `${name}=${encodeURIComponent(ids[value] ?? value)}`;
  const required = query
    .filter((parameter) => parameter.required)
    .map(({ name }) => (samples[name] as string[]).map((value) => pair(name, value)));
  const starts = required.length === 0 ? [''] : (required[0] as string[]);
  const optional = query
    .filter((parameter) => !parameter.required)
    .flatMap(({ name }) => (samples[name] as string[]).map((value) => pair(name, value)));
  return starts.flatMap((start) => ['', ...optional].map((more) => `${path}?${[start, more].filter(Boolean).join('&')}`));
}

const varying = new Set(['date', 'x-correlation-id', 'ratelimit', 'connection', 'keep-alive']);

/** Calls a path. Returns everything of the response that a caller can compare: status, headers and body, without times and ids of the call. */
export async function responseTo(
  server: TestServer,
  secret: string,
  path: string,
  { isChecked = false, ...init }: RequestInit & { isChecked?: boolean } = {},
): Promise<string> {
  const headers = { Authorization: `Bearer ${secret}`, ...init.headers };
  const response = await (isChecked ? contractFetch : fetch)(`${server.url}${path}`, { ...init, headers });
  const text = (await response.text()).replace(/"correlationId":"\w+"/, '').replace(/"lastUsedDate":("[^"]*"|null)|"Never used",?/g, '');
  const isShown = (name: string) => !varying.has(name) && (name !== 'content-length' || !text.includes('"secretStart"'));
  const shown = [...response.headers].filter(([name]) => isShown(name)).map(([name, value]) => `${name}: ${value}`);
  return [response.status, ...shown.sort(), text].join('\n');
}
