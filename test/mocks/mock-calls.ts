import type { Error as ErrorBody } from '../../generated/types.gen.ts';
import type { Mock } from '../../mocks/start.ts';
import { bodyTypeOf, isUpload, newUploadBody, type Operation } from '../support/call-operation.ts';
import { assertMatchesContract } from '../support/contract.ts';
import { multipartType } from '../support/raw-http.ts';

export const bearer = { Authorization: 'Bearer any' };
const json = 'application/json';

/** Calls the mock and checks the response against the contract. The response does not count for the coverage of the server. */
export async function callMock(mock: Mock, path: string, init: RequestInit = {}) {
  const response = await fetch(mock.url + path, init);
  await assertMatchesContract(init.method ?? 'GET', path.split('?')[0] as string, response, { counts: false });
  const text = await response.text();
  const isJson = /^application\/([\w.-]+\+)?json/.test(response.headers.get('content-type') ?? '') && text !== '';
  const body = isJson ? JSON.parse(text) : undefined;
  return { status: response.status, text, body, error: body as ErrorBody, header: (name: string) => response.headers.get(name) };
}

const values: Record<string, string> = { projectKey: 'default', environmentKey: 'production', stage: 'Approval' };
/** Returns the required query. Only `listApplicationRecords` has a required query parameter. */
const query = ({ operationId }: Operation) => (operationId === 'listApplicationRecords' ? '?rows=users' : '');
export const pathOf = (operation: Operation) =>
  operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? idFor(operation, name)) + query(operation);

type Parameter = { name: string; in: string; required?: boolean; schema?: { maxLength?: number } };
const parametersOf = ({ parameters = [] }: Operation) => parameters as Parameter[];
/** Returns a well-formed id. The id of a call has 32 hexadecimal digits; all other ids are GUIDs. */
const idFor = (operation: Operation, name: string) => {
  const pathParameter = parametersOf(operation).find((parameter) => parameter.in === 'path' && parameter.name === name);
  return pathParameter?.schema?.maxLength === 32 ? '019c7a5be0f17b3a9c4d5e6f7a8b9c0d' : '3fa85f64-5717-4562-b3fc-2c963f66afa6';
};
export const requiredHeaders = (operation: Operation): Record<string, string> =>
  Object.fromEntries(
    parametersOf(operation)
      .filter((parameter) => parameter.in === 'header' && parameter.required)
      .map(({ name }) => [name, 'any']),
  );

type Content = Record<string, { examples?: Record<string, { value: unknown }> }>;
const exampleBody = ({ requestBody }: Operation) =>
  Object.values((requestBody as { content: Content }).content[json]?.examples ?? {})[0]?.value;

/** Returns a request that the contract allows, with the body from its examples. The ids in the path need not exist. */
export function validRequest(operation: Operation, headers: Record<string, string> = {}): RequestInit {
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
