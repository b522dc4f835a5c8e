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
const router = new ContractRouter(definition);
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addFormat('binary', true);
const validators = new WeakMap<object, ValidateFunction>();
const errorSchema = definition.components?.schemas?.Error as object;

function complaintsAbout(schema: object, value: unknown): string[] {
  let validate = validators.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`);
}

const isJson = (mediaType: string) => mediaType === 'application/json' || mediaType.endsWith('+json');
const declaredResponses = (operation: ContractOperation) => operation.responses as Record<string, DeclaredResponse>;

/** Every (operationId, status) pair that the contract declares. */
export const declaredPairs = (): string[] =>
  router
    .getOperations()
    .flatMap((operation) => Object.keys(declaredResponses(operation)).map((status) => `${operation.operationId} ${status}`));

export const operations = router.getOperations();

/**
 * Holds an answer against `openapi.yaml`: declared status, declared media type, valid body, all declared headers. Throws with all that is wrong,
 * and notes the pair of operation and status for the coverage check at the end of the run, unless it `counts` not: the mock's answers cover no server.
 */
export async function assertMatchesContract(method: string, path: string, answer: Response, { counts = true } = {}): Promise<void> {
  const found = router.matchPath(path);
  const operation = found?.operations.get(method === 'HEAD' ? 'get' : method.toLowerCase());
  const text = await answer.clone().text();
  const mediaType = (answer.headers.get('content-type') ?? '').split(';')[0] as string;
  recordIssuedSecrets(text);
  const faults: string[] = [];
  if (!/^[0-9a-f]{32}$/.test(answer.headers.get('x-correlation-id') ?? '')) faults.push('no X-Correlation-Id');
  if (mediaType === 'application/json' && answer.status >= 400) {
    const body = text === '' ? undefined : JSON.parse(text);
    if (body && body.correlationId !== answer.headers.get('x-correlation-id')) faults.push('two correlation ids');
    if (!operation && body) faults.push(...complaintsAbout(errorSchema, body));
  }
  if (operation) {
    const declared = declaredResponses(operation)[answer.status];
    if (!declared) faults.push(`status ${answer.status} is not declared`);
    else {
      for (const [name, { schema }] of Object.entries(declared.headers ?? {})) {
        const value = answer.headers.get(name);
        if (value === null) faults.push(`header ${name} is missing`);
        else if ((schema as { type?: string }).type !== 'integer') faults.push(...complaintsAbout(schema, value));
      }
      const content = declared.content?.[mediaType];
      if (declared.content && !content) faults.push(`media type ${mediaType} is not declared`);
      if (!declared.content && text !== '') faults.push('a body where none is declared');
      if (content && method !== 'HEAD') faults.push(...complaintsAbout(content.schema, isJson(mediaType) ? JSON.parse(text) : text));
    }
    if (counts) appendFileSync(join(inject('coverageFolder'), String(process.pid)), `${operation.operationId} ${answer.status}\n`);
  }
  if (faults.length > 0)
    throw new Error(`${method} ${path} answered ${answer.status} against the contract: ${faults.join('; ')}\n${text.slice(0, 2000)}`);
}

/** `fetch` for tests, the generated client's too: no answer passes that the contract does not describe. */
export const contractFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const answer = await fetch(request);
  await assertMatchesContract(request.method, new URL(request.url).pathname, answer);
  return answer;
};
