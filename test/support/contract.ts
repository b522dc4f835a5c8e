import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { inject } from 'vitest';
import { readContract } from '../../server/contract/contract.ts';
import { type ContractOperation, ContractRouter } from '../../server/contract/contract-router.ts';
import { recordIssuedSecrets } from './secrets-search.ts';

interface DeclaredResponse {
  headers?: Record<string, { required?: boolean; schema: object }>;
  content?: Record<string, { schema: object }>;
}

export const { definition } = await readContract();
export const router = new ContractRouter(definition);
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addFormat('binary', true);
const validators = new WeakMap<object, ValidateFunction>();
const errorSchema = definition.components?.schemas?.Error as object;

function schemaErrors(schema: object, value: unknown): string[] {
  let validate = validators.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`);
}

const isJson = (mediaType: string) => mediaType === 'application/json' || mediaType.endsWith('+json');
const declaredResponses = (operation: ContractOperation) => operation.responses as Record<string, DeclaredResponse>;

/** All operations of the contract. */
export const operations = router.getOperations();

/**
 * Checks a response against `openapi.yaml`: status, media type, body and headers must be as declared. Throws an error that lists all differences.
 *
 * Records the pair of operation and status for the coverage check at the end of the run. `counts: false` skips this, for responses of the mock,
 * because they do not cover the server.
 */
export async function assertMatchesContract(method: string, path: string, response: Response, { counts = true } = {}): Promise<void> {
  const found = router.matchPath(path);
  const operation = found?.operations.get(method === 'HEAD' ? 'get' : method.toLowerCase());
  const text = await response.clone().text();
  const mediaType = (response.headers.get('content-type') ?? '').split(';')[0] as string;
  recordIssuedSecrets(text);
  const faults: string[] = [];
  if (!/^[0-9a-f]{32}$/.test(response.headers.get('x-correlation-id') ?? '')) faults.push('no X-Correlation-Id');
  if (mediaType === 'application/json' && response.status >= 400) {
    const body = text === '' ? undefined : JSON.parse(text);
    if (body && body.correlationId !== response.headers.get('x-correlation-id'))
      faults.push('the correlation ids in body and header differ');
    if (!operation && body) faults.push(...schemaErrors(errorSchema, body));
  }
  if (operation) {
    const declared = declaredResponses(operation)[response.status];
    if (!declared) faults.push(`status ${response.status} is not declared`);
    else {
      for (const [name, { schema }] of Object.entries(declared.headers ?? {})) {
        const value = response.headers.get(name);
        if (value === null) faults.push(`header ${name} is missing`);
        else if ((schema as { type?: string }).type !== 'integer') faults.push(...schemaErrors(schema, value));
      }
      const content = declared.content?.[mediaType];
      if (declared.content && !content) faults.push(`media type ${mediaType} is not declared`);
      if (!declared.content && text !== '') faults.push('the response has a body, but none is declared');
      if (content && method !== 'HEAD') faults.push(...schemaErrors(content.schema, isJson(mediaType) ? JSON.parse(text) : text));
    }
    if (counts) appendFileSync(join(inject('coverageFolder'), String(process.pid)), `${operation.operationId} ${response.status}\n`);
  }
  if (faults.length > 0)
    throw new Error(
      `The response ${response.status} of ${method} ${path} violates the contract: ${faults.join('; ')}\n${text.slice(0, 2000)}`,
    );
}

/** Works like `fetch`, but throws for a response that the contract does not describe. The generated client of tests uses it. */
export const contractFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const response = await fetch(request);
  await assertMatchesContract(request.method, new URL(request.url).pathname, response);
  return response;
};
