import { readFile } from 'node:fs/promises';
import type {
  GetContractJsonData,
  GetContractJsonResponses,
  GetContractYamlData,
  GetContractYamlResponses,
  GetDocsContractData,
  GetDocsContractResponses,
  GetDocsData,
  GetDocsResponses,
  GetDocsScriptData,
  GetDocsScriptResponses,
  GetHealthData,
  GetHealthResponses,
  GetReadinessData,
  GetReadinessResponses,
} from '../../../generated/types.gen.ts';
import { unavailable } from '../../common/errors.ts';
import { isMigrated } from '../../database/migrate.ts';
import type { Handler } from '../../handler.ts';
import { contractWithSamples, docsPage, docsScript, docsSecurityPolicy } from '../docs-page.ts';

export const getHealth: Handler<GetHealthData, GetHealthResponses> = async () => ({ status: 200, body: { status: 'ok' } });

export const getReadiness: Handler<GetReadinessData, GetReadinessResponses> = async (_request, { db, isStopping }) => {
  if (isStopping()) throw unavailable('The server is stopping');
  const migrated = await isMigrated(db).catch((error: unknown) => {
    throw unavailable("The database can't be queried; try again", error);
  });
  if (!migrated) throw unavailable('The database is not migrated to this version; restart the server to migrate it');
  return { status: 200, body: { status: 'ok' } };
};

export const getContractYaml: Handler<GetContractYamlData, GetContractYamlResponses> = async (_request, { contract }) => ({
  status: 200,
  body: contract.yaml,
  headers: { 'Content-Type': 'application/yaml; charset=utf-8' },
});

export const getContractJson: Handler<GetContractJsonData, GetContractJsonResponses> = async (_request, { contract }) => ({
  status: 200,
  body: JSON.parse(contract.json),
});

export const getDocs: Handler<GetDocsData, GetDocsResponses> = async () => ({
  status: 200,
  body: docsPage,
  headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': docsSecurityPolicy },
});

export const getDocsContract: Handler<GetDocsContractData, GetDocsContractResponses> = async () => ({
  status: 200,
  body: JSON.parse(await readFile(contractWithSamples, 'utf8')),
});

export const getDocsScript: Handler<GetDocsScriptData, GetDocsScriptResponses> = async () => ({
  status: 200,
  body: docsScript(),
  headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'public, max-age=86400' },
});
