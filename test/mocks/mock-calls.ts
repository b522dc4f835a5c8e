import type { Error as ErrorBody } from '../../generated/types.gen.ts';
import type { Mock } from '../../mocks/start.ts';
import { bodyTypeOf, isUpload, newUploadBody, type Operation } from '../support/call-operation.ts';
import { assertMatchesContract } from '../support/contract.ts';
import { multipartType } from '../support/raw-http.ts';

export const bearer = { Authorization: 'Bearer any' };
const json = 'application/json';

/** Calls the mock. What it answers is held against the contract, and never counts as an answer of the server. */
export async function callMock(mock: Mock, path: string, init: RequestInit = {}) {
  const answer = await fetch(mock.url + path, init);
  await assertMatchesContract(init.method ?? 'GET', path.split('?')[0] as string, answer, { counts: false });
  const text = await answer.text();
  const isJson = /^application\/([\w.-]+\+)?json/.test(answer.headers.get('content-type') ?? '') && text !== '';
  const body = isJson ? JSON.parse(text) : undefined;
  return { status: answer.status, text, body, error: body as ErrorBody, header: (name: string) => answer.headers.get(name) };
}

const values: Record<string, string> = { projectKey: 'default', environmentKey: 'production', stage: 'Approval' };
/** `listApplicationRecords` is the one operation that must be told by its query what to answer. */
const query = ({ operationId }: Operation) => (operationId === 'listApplicationRecords' ? '?rows=users' : '');
export const pathOf = (operation: Operation) =>
  operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? idFor(operation, name)) + query(operation);

type Parameter = { name: string; in: string; required?: boolean; schema?: { maxLength?: number } };
const parametersOf = ({ parameters = [] }: Operation) => parameters as Parameter[];
/** A call is named by 32 hexadecimal digits, everything else by a GUID. */
const idFor = (operation: Operation, name: string) => {
  const parameter = parametersOf(operation).find((one) => one.in === 'path' && one.name === name);
  return parameter?.schema?.maxLength === 32 ? '019c7a5be0f17b3a9c4d5e6f7a8b9c0d' : '3fa85f64-5717-4562-b3fc-2c963f66afa6';
};
export const requiredHeaders = (operation: Operation): Record<string, string> =>
  Object.fromEntries(
    parametersOf(operation)
      .filter((one) => one.in === 'header' && one.required)
      .map(({ name }) => [name, 'any']),
  );

type Content = Record<string, { examples?: Record<string, { value: unknown }> }>;
const exampleBody = ({ requestBody }: Operation) =>
  Object.values((requestBody as { content: Content }).content[json]?.examples ?? {})[0]?.value;

/** A request that the contract allows: to the paths of things that need not exist, with the contract's own body. */
export function rightRequest(operation: Operation, headers: Record<string, string> = {}): RequestInit {
  const type = bodyTypeOf(operation);
  return {
    method: operation.method.toUpperCase(),
    headers: {
      ...bearer,
      ...requiredHeaders(operation),
      ...(type && { 'Content-Type': isUpload(operation) ? multipartType : type }),
      ...headers,
    },
    ...(type && { body: isUpload(operation) ? new Uint8Array(newUploadBody(1)) : JSON.stringify(exampleBody(operation)) }),
  };
}
