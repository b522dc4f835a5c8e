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

export const getHealth: Handler<GetHealthData, GetHealthResponses> = async () => ({ status: 200, body: { status: 'ok' } });

export const getReadiness: Handler<GetReadinessData, GetReadinessResponses> = async (
  _request,
  { db, isStopping, diskShortage, logFault },
) => {
  if (isStopping()) throw unavailable('The server is stopping');
  const shortage = diskShortage();
  if (shortage) throw unavailable(shortage);
  const migrated = await isMigrated(db).catch((error: unknown) => {
    throw unavailable("The database can't be queried; try again", error);
  });
  if (!migrated) throw unavailable('The database is not migrated to this version; restart the server to migrate it');
  const fault = await logFault();
  if (fault) throw unavailable(fault);
  return { status: 200, body: { status: 'ok' } };
};

/** The status that the generated types leave out. */
type NotModified = { 304: undefined };

export const getContractYaml: Handler<GetContractYamlData, GetContractYamlResponses & NotModified> = ({ headers }, { documents }) =>
  documents.yaml(headers);

export const getContractJson: Handler<GetContractJsonData, GetContractJsonResponses & NotModified> = ({ headers }, { documents }) =>
  documents.json(headers);

export const getDocs: Handler<GetDocsData, GetDocsResponses & NotModified> = ({ headers }, { documents }) => documents.page(headers);

export const getDocsContract: Handler<GetDocsContractData, GetDocsContractResponses & NotModified> = ({ headers }, { documents }) =>
  documents.withSamples(headers);

export const getDocsScript: Handler<GetDocsScriptData, GetDocsScriptResponses & NotModified> = ({ headers }, { documents }) =>
  documents.script(headers);
