import { randomUUID } from 'node:crypto';
import type { Error as ErrorBody } from '../../generated/types.gen.ts';
import { contractFetch, operations } from './contract.ts';
import { multipart, multipartType } from './raw-http.ts';
import type { TestServer } from './server.ts';

export type Operation = (typeof operations)[number] & { 'x-permission'?: { resource: string; action: string } };
export const isSecured = (operation: Operation) => (operation.security ?? []).length > 0;
export const securedOperations: Operation[] = operations.filter(isSecured);
export const bodyTypeOf = ({ requestBody }: Operation) => Object.keys((requestBody as { content?: object } | undefined)?.content ?? {})[0];
/** All that read a body, those that authenticate by it too. */
export const operationsWithBody = operations
  .filter((operation) => isSecured(operation) || 'x-authenticates' in operation)
  .filter(bodyTypeOf) as Operation[];
export const isUpload = (operation: Operation) => bodyTypeOf(operation) === 'multipart/form-data';

export const newUploadBody = (bytes: number) => multipart({ name: randomUUID(), fileName: 'users.csv', content: Buffer.alloc(bytes, 'x') });
export interface OperationCall {
  secret?: string;
  query?: string;
  body?: string | Buffer | ReadableStream | undefined;
  headers?: Record<string, string>;
}

/** The first of the values that a parameter of the path may have, where the contract names them. */
const oneOf = ({ parameters = [] }: Operation, name: string): string | undefined =>
  (parameters as { name: string; schema: { enum?: string[] } }[]).find((parameter) => parameter.name === name)?.schema.enum?.[0];

/** Calls an operation on things that do not exist, with a body that says little: enough to see who is let in, and how far. */
export async function callOperation(
  server: TestServer,
  operation: Operation,
  { secret, query = '', headers = {}, ...rest }: OperationCall,
) {
  const type = bodyTypeOf(operation);
  const body = 'body' in rest ? rest.body : type && (isUpload(operation) ? newUploadBody(1) : '{}');
  const answer = await contractFetch(
    `${server.url}${operation.path.replace(/\{(\w+)\}/g, (_, name) => oneOf(operation, name) ?? randomUUID())}${query}`,
    {
      method: operation.method.toUpperCase(),
      headers: {
        ...(secret !== undefined && { Authorization: `Bearer ${secret}` }),
        ...(type && body !== undefined && { 'Content-Type': isUpload(operation) ? multipartType : type }),
        ...headers,
      },
      ...(body !== undefined && { body: body as BodyInit, duplex: 'half' }),
    },
  );
  const text = await answer.text();
  const error = answer.status >= 400 ? (JSON.parse(text) as ErrorBody) : undefined;
  return { status: answer.status, text, error, header: (name: string) => answer.headers.get(name) };
}
