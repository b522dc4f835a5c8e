import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Context } from '../handler.ts';
import type { Contract } from './contract.ts';
import { docsPage, docsSecurityPolicy } from './docs-page.ts';
import { createStaticDocument } from './static-document.ts';

/** Written by `npm run generate`. */
const contractWithSamples = new URL('../../generated/openapi-with-samples.json', import.meta.url);
const script = fileURLToPath(import.meta.resolve('redoc/bundles/redoc.standalone.js'));
const json = { 'Content-Type': 'application/json; charset=utf-8' };

/** Creates the documents that the server shows without a token. */
export const createContractDocuments = (contract: Pick<Contract, 'yaml' | 'json'>): Context['documents'] => ({
  yaml: createStaticDocument(async () => contract.yaml, { 'Content-Type': 'application/yaml; charset=utf-8' }),
  json: createStaticDocument(async () => contract.json, json),
  withSamples: createStaticDocument(() => readFile(contractWithSamples), json),
  page: createStaticDocument(async () => docsPage, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': docsSecurityPolicy,
  }),
  script: createStaticDocument(() => readFile(script), {
    'Content-Type': 'text/javascript; charset=utf-8',
    cacheControl: 'public, max-age=86400',
  }),
});
