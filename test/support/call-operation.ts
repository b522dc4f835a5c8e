import { randomUUID } from 'node:crypto';
import type { Error as ErrorBody } from '../../generated/types.gen.ts';
import { contractFetch, operations } from './contract.ts';
import { multipart, multipartType } from './raw-http.ts';
import type { TestServer } from './server.ts';

export type Operation = (typeof operations)[number] & { 'x-permission'?: { resource: string; action: string } };
/** True for an operation that requires a credential. */
export const isSecured = (operation: Operation) => (operation.security ?? []).length > 0;
export const securedOperations: Operation[] = operations.filter(isSecured);
/** Returns the media type of an operation's request body, or undefined if it has none. */
export const bodyTypeOf = ({ requestBody }: Operation) => Object.keys((requestBody as { content?: object } | undefined)?.content ?? {})[0];
/** All operations that read a body, including those that authenticate the caller by it. */
export const operationsWithBody = operations
  .filter((operation) => isSecured(operation) || 'x-authenticates' in operation)
  .filter(bodyTypeOf) as Operation[];
export const isUpload = (operation: Operation) => bodyTypeOf(operation) === 'multipart/form-data';

/** Returns a multipart body with one file of this many bytes. */
export const newUploadBody = (bytes: number) => multipart({ name: randomUUID(), fileName: 'users.csv', content: Buffer.alloc(bytes, 'x') });
export interface OperationCall {
  secret?: string;
  /** Path parameters; all others get a random id. */
  params?: Record<string, string>;
  query?: string;
  body?: string | Buffer | ReadableStream | undefined;
  headers?: Record<string, string>;
}

/** Returns the first value that the contract allows for a path parameter, or undefined if it allows any text. */
const firstEnumValueOf = ({ parameters = [] }: Operation, name: string): string | undefined =>
  (parameters as { name: string; schema: { enum?: string[] } }[]).find((parameter) => parameter.name === name)?.schema.enum?.[0];

/**
 * Calls an operation with random ids and a minimal body, to test authentication, authorization and limits.
 *
 * Returns the status, the body as text, the parsed error if there is one, and a function that reads a header.
 */
export async function callOperation(
  server: TestServer,
  operation: Operation,
  { secret, params = {}, query = '', headers = {}, ...rest }: OperationCall,
) {
  const type = bodyTypeOf(operation);
  const body = 'body' in rest ? rest.body : type && (isUpload(operation) ? newUploadBody(1) : '{}');
  const response = await contractFetch(
    `${server.url}${operation.path.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? firstEnumValueOf(operation, name) ?? randomUUID())}${query}`,
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
  const text = await response.text();
  const error = response.status >= 400 ? (JSON.parse(text) as ErrorBody) : undefined;
  return { status: response.status, text, error, header: (name: string) => response.headers.get(name) };
}
