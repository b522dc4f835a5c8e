import { type ExampleRequest, exampleRequestsOf, readDocument } from '../../../tools/example-requests.ts';
import { definition } from '../contract.ts';
import type { Twin } from './twins.ts';

/** A request for one twin: what the contract's example is in the sandbox. */
export interface TwinRequest {
  pathValues: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
  files: Record<string, string>;
}
export const environmentHeader = 'Gatehouse-Environment';
export interface SecuredOperation extends ExampleRequest {
  /** All bodies that the contract has as examples, and those of `moreBodies`. */
  bodies: unknown[];
  optionalQuery: Record<string, string>;
  /** The call is about one environment, which a header or the path names. */
  isOfEnvironment: boolean;
  takesHeader: boolean;
  takesIdempotencyKey: boolean;
}

const usersGroup = 'c5d6e7f8-0000-4000-8000-000000000001';
const directoryIdentity = 'd4a7e2b1-3f5c-4a8d-9e6b-1c2d3e4f5a6b';
/** Bodies with references that no example of the contract has. */
const moreBodies: Record<string, unknown[]> = {
  updateApplication: [
    {
      connector: { name: 'Files', fileGroups: [{ id: usersGroup, name: 'Users', rows: 'users', columns: { key: 'Login' } }] },
      importSchedule: { files: [{ fileGroupId: usersGroup, path: 'users.csv' }] },
    },
  ],
  createOnboardEvent: [
    { identity: { firstName: 'Jane', lastName: 'Smith', supervisorId: directoryIdentity }, effectiveDate: '2035-03-15' },
  ],
  createRoleTransitionEvent: [
    { identityId: directoryIdentity, effectiveDate: '2035-06-01', identity: { supervisorId: directoryIdentity } },
  ],
  createToken: [{ name: 'Nightly', projectKey: 'default', environmentKey: 'production' }],
  createAccessKey: [{ name: 'Nightly', projectKey: 'default', environmentKey: 'production' }],
};

export type Media = { example?: unknown; examples?: Record<string, { value?: unknown }>; schema?: unknown };
const operationOf = ({ path, method }: ExampleRequest) =>
  (definition.paths as Record<string, Record<string, { requestBody?: { content?: Record<string, Media> } }>>)[path]?.[method];
export const mediaOf = (call: ExampleRequest): Media | undefined => operationOf(call)?.requestBody?.content?.[call.mediaType as string];

function bodiesOf(call: ExampleRequest): unknown[] {
  if (call.body === undefined) return [undefined];
  const { example, examples = {} } = mediaOf(call) ?? {};
  const values = [call.body, example, ...Object.values(examples).map(({ value }) => value), ...(moreBodies[call.operationId] ?? [])];
  return [...new Map(values.filter((value) => value !== undefined).map((value) => [JSON.stringify(value), value])).values()];
}

/** Orders operations so that each still finds the objects of its example: those that read, create, change and delete, then the end of all tokens. */
function turnOf({ method, operationId, path }: ExampleRequest): number {
  if (operationId === 'revokeAllTokens') return Number.MAX_SAFE_INTEGER;
  // Later calls would be in the log.
  if (path.startsWith('/api/logs')) return -1;
  if (method !== 'delete') return ['get', 'post', 'put', 'patch'].indexOf(method);
  // The path of a part of an object is longer than the path of the object. Roles end with the membership.
  return operationId === 'unassignRole' ? 1000 : 2000 - path.length;
}

/** Returns all operations that need a credential. */
export async function securedOperations(): Promise<SecuredOperation[]> {
  const calls = (await exampleRequestsOf(readDocument())).filter(({ isUnsecured }) => !isUnsecured);
  return calls
    .map((call) => ({
      ...call,
      bodies: bodiesOf(call),
      optionalQuery: Object.fromEntries(
        call.parameters
          .filter((parameter) => parameter.in === 'query' && !parameter.required && parameter.example !== undefined)
          .map(({ name, example }) => [name, String(example)]),
      ),
      takesHeader: call.parameters.some(({ name }) => name === environmentHeader),
      isOfEnvironment: call.parameters.some(({ name }) => [environmentHeader, 'environmentKey'].includes(name)),
      takesIdempotencyKey: call.parameters.some(({ name }) => name === 'Idempotency-Key'),
    }))
    .sort((one, other) => turnOf(one) - turnOf(other));
}

const levelKeys = ['organizationKey', 'projectKey', 'environmentKey'] as const;
export const levelIds = { organizationKey: 'organizationId', projectKey: 'projectId', environmentKey: 'environmentId' } as const;
export const isLevelKey = (name: string): name is (typeof levelKeys)[number] => levelKeys.includes(name as never);

/** Translates every text in a value, also the names of members. A member that names a level gets the key of the twin. */
function translated<Value>(value: Value, twin: Twin): Value {
  if (typeof value === 'string') return twin.translate(value) as Value;
  if (Array.isArray(value)) return value.map((item) => translated(item, twin)) as Value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isLevelKey(name) ? twin[name] : translated(member, twin)]),
  ) as Value;
}

export const requestFor = (operation: SecuredOperation, twin: Twin, body = operation.bodies[0]): TwinRequest => ({
  pathValues: translated(operation.pathValues, twin),
  query: translated(operation.query, twin),
  headers: {},
  body: translated(body, twin),
  files: Object.fromEntries(Object.entries(operation.files).map(([name, file]) => [twin.translate(name), file])),
});

/** Returns the names of path parameters that have a fixed list of values. */
export const enumNames = (operation: SecuredOperation) =>
  operation.parameters.filter((parameter) => parameter.in === 'path' && parameter.schema?.enum).map(({ name }) => name);
