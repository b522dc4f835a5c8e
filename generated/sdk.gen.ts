// Made by `npm run generate` from openapi.yaml. Never edit.

import { client } from './client.gen.ts';
import { type Client, type ClientMeta, formDataBodySerializer, type Options as Options2, type RequestResult, type TDataShape } from './client/index.ts';
import type { CancelApplicationImportData, CancelApplicationImportErrors, CancelApplicationImportResponses, CreateApplicationData, CreateApplicationErrors, CreateApplicationResponses, CreateTokenData, CreateTokenErrors, CreateTokenResponses, DeleteTokenData, DeleteTokenErrors, DeleteTokenResponses, DownloadImportFileData, DownloadImportFileErrors, DownloadImportFileResponses, DownloadImportLogData, DownloadImportLogErrors, DownloadImportLogResponses, GetApplicationData, GetApplicationErrors, GetApplicationImportData, GetApplicationImportErrors, GetApplicationImportResponses, GetApplicationResponses, GetContractJsonData, GetContractJsonErrors, GetContractJsonResponses, GetContractYamlData, GetContractYamlErrors, GetContractYamlResponses, GetCurrentTokenData, GetCurrentTokenErrors, GetCurrentTokenResponses, GetHealthData, GetHealthErrors, GetHealthResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, GetTokenData, GetTokenErrors, GetTokenResponses, ListApplicationImportsData, ListApplicationImportsErrors, ListApplicationImportsResponses, ListApplicationRecordsData, ListApplicationRecordsErrors, ListApplicationRecordsResponses, ListApplicationsData, ListApplicationsErrors, ListApplicationsResponses, ListTokensData, ListTokensErrors, ListTokensResponses, StageApplicationImportData, StageApplicationImportErrors, StageApplicationImportResponses, UpdateApplicationData, UpdateApplicationErrors, UpdateApplicationResponses, UpdateTokenData, UpdateTokenErrors, UpdateTokenResponses, UploadApplicationImportData, UploadApplicationImportErrors, UploadApplicationImportResponses } from './types.gen.ts';

export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: keyof ClientMeta extends never ? Record<string, unknown> : ClientMeta;
};

/**
 * List applications
 *
 * All applications, archived ones too, ordered by name, character by character (`B` comes before `a`).
 */
export const listApplications = <ThrowOnError extends boolean = false>(options?: Options<ListApplicationsData, ThrowOnError>): RequestResult<ListApplicationsResponses, ListApplicationsErrors, ThrowOnError> => (options?.client ?? client).get<ListApplicationsResponses, ListApplicationsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/applications',
    ...options
});

/**
 * Create an application
 *
 * An application without a connector takes no files yet; a connector without an import schedule takes uploads only.
 * A file group may be given its id by the caller, so that scripts can name it before the application exists.
 *
 */
export const createApplication = <ThrowOnError extends boolean = false>(options: Options<CreateApplicationData, ThrowOnError>): RequestResult<CreateApplicationResponses, CreateApplicationErrors, ThrowOnError> => (options.client ?? client).post<CreateApplicationResponses, CreateApplicationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/applications',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get an application
 *
 * The application with its connector, its import schedule, its last import and how many records it holds.
 */
export const getApplication = <ThrowOnError extends boolean = false>(options: Options<GetApplicationData, ThrowOnError>): RequestResult<GetApplicationResponses, GetApplicationErrors, ThrowOnError> => (options.client ?? client).get<GetApplicationResponses, GetApplicationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/applications/{id}',
    ...options
});

/**
 * Change an application
 *
 * Members that are given replace what was there, whole; members left out stay. `null` removes a connector, a schedule or a limit.
 * A connector that loses a file group which the schedule names is refused unless the schedule is changed in the same call.
 * An archived application takes no new imports; imports already staged are still built.
 *
 */
export const updateApplication = <ThrowOnError extends boolean = false>(options: Options<UpdateApplicationData, ThrowOnError>): RequestResult<UpdateApplicationResponses, UpdateApplicationErrors, ThrowOnError> => (options.client ?? client).patch<UpdateApplicationResponses, UpdateApplicationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/applications/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List what an application holds
 *
 * The records of the last finished import, ordered by key, character by character (`B` comes before `a`). A page is of one import, never a
 * mixture, even while the next is being built. The key of a privilege is a JSON text, `["userKey","groupKey","name"]`.
 *
 */
export const listApplicationRecords = <ThrowOnError extends boolean = false>(options: Options<ListApplicationRecordsData, ThrowOnError>): RequestResult<ListApplicationRecordsResponses, ListApplicationRecordsErrors, ThrowOnError> => (options.client ?? client).get<ListApplicationRecordsResponses, ListApplicationRecordsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/applications/{id}/records',
    ...options
});

/**
 * List imports
 *
 * Ordered by build start, newest first. Imports that wait to be built come before all others, the last one staged on top.
 */
export const listApplicationImports = <ThrowOnError extends boolean = false>(options?: Options<ListApplicationImportsData, ThrowOnError>): RequestResult<ListApplicationImportsResponses, ListApplicationImportsErrors, ThrowOnError> => (options?.client ?? client).get<ListApplicationImportsResponses, ListApplicationImportsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/application-imports',
    ...options
});

/**
 * Stage an import
 *
 * Records a pending import and answers at once; it is built in the background. No files are sent: the application's import schedule says
 * where they are. Poll the import until it is `Finished`, `Failed` or `Canceled`. Imports of one application are built one after another.
 *
 */
export const stageApplicationImport = <ThrowOnError extends boolean = false>(options: Options<StageApplicationImportData, ThrowOnError>): RequestResult<StageApplicationImportResponses, StageApplicationImportErrors, ThrowOnError> => (options.client ?? client).post<StageApplicationImportResponses, StageApplicationImportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/application-imports/stage',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Upload an import
 *
 * Files come as `multipart/form-data`, one part a file; the part's name is the id of a file group of the application's connector. All required
 * file groups must be there, and no file may be empty. `applicationId` is a form field or a query parameter. Either all files are kept and
 * the import is pending, or none is and the answer says why.
 *
 * A kind of rows of which a file comes is replaced whole by what the files of this import bring; a kind of which none comes stays as it is.
 *
 */
export const uploadApplicationImport = <ThrowOnError extends boolean = false>(options: Options<UploadApplicationImportData, ThrowOnError>): RequestResult<UploadApplicationImportResponses, UploadApplicationImportErrors, ThrowOnError> => (options.client ?? client).post<UploadApplicationImportResponses, UploadApplicationImportErrors, ThrowOnError>({
    ...formDataBodySerializer,
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/application-imports/upload',
    ...options,
    headers: {
        'Content-Type': null,
        ...options.headers
    }
});

/**
 * Cancel an import
 *
 * Asks for a pending or running import to stop. The answer says `Canceling`; the import is `Canceled` as soon as its build has put its work
 * away. What the application held before stays.
 *
 */
export const cancelApplicationImport = <ThrowOnError extends boolean = false>(options: Options<CancelApplicationImportData, ThrowOnError>): RequestResult<CancelApplicationImportResponses, CancelApplicationImportErrors, ThrowOnError> => (options.client ?? client).post<CancelApplicationImportResponses, CancelApplicationImportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/application-imports/cancel',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get an import
 *
 * The import with its files, its log and, once finished, its metrics. Poll it until `buildEnd` is set.
 */
export const getApplicationImport = <ThrowOnError extends boolean = false>(options: Options<GetApplicationImportData, ThrowOnError>): RequestResult<GetApplicationImportResponses, GetApplicationImportErrors, ThrowOnError> => (options.client ?? client).get<GetApplicationImportResponses, GetApplicationImportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/application-imports/{id}',
    ...options
});

/**
 * Download an import's log
 *
 * The log as plain text. 404 while nothing has been logged yet.
 */
export const downloadImportLog = <ThrowOnError extends boolean = false>(options: Options<DownloadImportLogData, ThrowOnError>): RequestResult<DownloadImportLogResponses, DownloadImportLogErrors, ThrowOnError> => (options.client ?? client).get<DownloadImportLogResponses, DownloadImportLogErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/application-imports/{id}/log',
    ...options
});

/**
 * Download a file of an import
 *
 * The file byte for byte as it was imported. 404 once it is no longer kept.
 */
export const downloadImportFile = <ThrowOnError extends boolean = false>(options: Options<DownloadImportFileData, ThrowOnError>): RequestResult<DownloadImportFileResponses, DownloadImportFileErrors, ThrowOnError> => (options.client ?? client).get<DownloadImportFileResponses, DownloadImportFileErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/application-imports/{id}/files/{fileId}',
    ...options
});

/**
 * List tokens
 *
 * All tokens, ordered by name. Secrets are never shown again; `secretStart` tells tokens apart.
 */
export const listTokens = <ThrowOnError extends boolean = false>(options?: Options<ListTokensData, ThrowOnError>): RequestResult<ListTokensResponses, ListTokensErrors, ThrowOnError> => (options?.client ?? client).get<ListTokensResponses, ListTokensErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/tokens',
    ...options
});

/**
 * Create a token
 *
 * The answer holds the token's secret, this once. A lost secret can't be read again; delete the token and create another.
 */
export const createToken = <ThrowOnError extends boolean = false>(options: Options<CreateTokenData, ThrowOnError>): RequestResult<CreateTokenResponses, CreateTokenErrors, ThrowOnError> => (options.client ?? client).post<CreateTokenResponses, CreateTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/tokens',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get the token that is calling
 *
 * Any token may read itself.
 */
export const getCurrentToken = <ThrowOnError extends boolean = false>(options?: Options<GetCurrentTokenData, ThrowOnError>): RequestResult<GetCurrentTokenResponses, GetCurrentTokenErrors, ThrowOnError> => (options?.client ?? client).get<GetCurrentTokenResponses, GetCurrentTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/tokens/current',
    ...options
});

/**
 * Delete a token
 *
 * Whoever uses it is refused from the next request on, by every server process. A token may delete itself.
 */
export const deleteToken = <ThrowOnError extends boolean = false>(options: Options<DeleteTokenData, ThrowOnError>): RequestResult<DeleteTokenResponses, DeleteTokenErrors, ThrowOnError> => (options.client ?? client).delete<DeleteTokenResponses, DeleteTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/tokens/{id}',
    ...options
});

/**
 * Get a token
 *
 * The token without its secret, which nobody can read again.
 */
export const getToken = <ThrowOnError extends boolean = false>(options: Options<GetTokenData, ThrowOnError>): RequestResult<GetTokenResponses, GetTokenErrors, ThrowOnError> => (options.client ?? client).get<GetTokenResponses, GetTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/tokens/{id}',
    ...options
});

/**
 * Change a token
 *
 * Its name or its expiration. `null` lets it never expire; a new date gives an expired token its life back.
 */
export const updateToken = <ThrowOnError extends boolean = false>(options: Options<UpdateTokenData, ThrowOnError>): RequestResult<UpdateTokenResponses, UpdateTokenErrors, ThrowOnError> => (options.client ?? client).patch<UpdateTokenResponses, UpdateTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/tokens/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Is the process alive
 *
 * Answers as long as the process does; the database is not asked.
 */
export const getHealth = <ThrowOnError extends boolean = false>(options?: Options<GetHealthData, ThrowOnError>): RequestResult<GetHealthResponses, GetHealthErrors, ThrowOnError> => (options?.client ?? client).get<GetHealthResponses, GetHealthErrors, ThrowOnError>({ url: '/healthz', ...options });

/**
 * Can the process do its work
 *
 * Asks the database, and whether its tables are those this version needs. 503 while stopping, too.
 */
export const getReadiness = <ThrowOnError extends boolean = false>(options?: Options<GetReadinessData, ThrowOnError>): RequestResult<GetReadinessResponses, GetReadinessErrors, ThrowOnError> => (options?.client ?? client).get<GetReadinessResponses, GetReadinessErrors, ThrowOnError>({ url: '/readyz', ...options });

/**
 * This contract as YAML
 *
 * The very file that the server was started with.
 */
export const getContractYaml = <ThrowOnError extends boolean = false>(options?: Options<GetContractYamlData, ThrowOnError>): RequestResult<GetContractYamlResponses, GetContractYamlErrors, ThrowOnError> => (options?.client ?? client).get<GetContractYamlResponses, GetContractYamlErrors, ThrowOnError>({ url: '/openapi.yaml', ...options });

/**
 * This contract as JSON
 *
 * The same contract for tools that read JSON only.
 */
export const getContractJson = <ThrowOnError extends boolean = false>(options?: Options<GetContractJsonData, ThrowOnError>): RequestResult<GetContractJsonResponses, GetContractJsonErrors, ThrowOnError> => (options?.client ?? client).get<GetContractJsonResponses, GetContractJsonErrors, ThrowOnError>({ url: '/openapi.json', ...options });
