// Made by `npm run generate` from openapi.yaml. Never edit.

import { client } from './client.gen.ts';
import { type Client, type ClientMeta, formDataBodySerializer, type Options as Options2, type RequestResult, type TDataShape } from './client/index.ts';
import type { AddTenantUserData, AddTenantUserErrors, AddTenantUserResponses, AssignRoleData, AssignRoleErrors, AssignRoleResponses, CancelAccessRequestData, CancelAccessRequestErrors, CancelAccessRequestResponses, CancelApplicationImportData, CancelApplicationImportErrors, CancelApplicationImportResponses, CancelPersonnelEventData, CancelPersonnelEventErrors, CancelPersonnelEventResponses, CommentAccessRequestData, CommentAccessRequestErrors, CommentAccessRequestResponses, CommentPersonnelEventData, CommentPersonnelEventErrors, CommentPersonnelEventResponses, CompleteAccessRequestData, CompleteAccessRequestErrors, CompleteAccessRequestResponses, CompleteStageData, CompleteStageErrors, CompleteStageResponses, CreateAccessKeyData, CreateAccessKeyErrors, CreateAccessKeyResponses, CreateAccessTokenData, CreateAccessTokenErrors, CreateAccessTokenResponses, CreateApplicationData, CreateApplicationErrors, CreateApplicationResponses, CreateEnvironmentData, CreateEnvironmentErrors, CreateEnvironmentResponses, CreateLeaveOfAbsenceEventData, CreateLeaveOfAbsenceEventErrors, CreateLeaveOfAbsenceEventResponses, CreateOffboardEventData, CreateOffboardEventErrors, CreateOffboardEventResponses, CreateOnboardEventData, CreateOnboardEventErrors, CreateOnboardEventResponses, CreateOrganizationData, CreateOrganizationErrors, CreateOrganizationResponses, CreateProjectData, CreateProjectErrors, CreateProjectResponses, CreateRoleTransitionEventData, CreateRoleTransitionEventErrors, CreateRoleTransitionEventResponses, CreateTenantData, CreateTenantErrors, CreateTenantResponses, CreateTokenData, CreateTokenErrors, CreateTokenResponses, CreateUserData, CreateUserErrors, CreateUserResponses, DeleteAccessKeyData, DeleteAccessKeyErrors, DeleteAccessKeyResponses, DeleteTenantData, DeleteTenantErrors, DeleteTenantResponses, DeleteTokenData, DeleteTokenErrors, DeleteTokenResponses, DeleteUserData, DeleteUserErrors, DeleteUserResponses, DownloadImportFileData, DownloadImportFileErrors, DownloadImportFileResponses, DownloadImportLogData, DownloadImportLogErrors, DownloadImportLogResponses, GetAccessKeyData, GetAccessKeyErrors, GetAccessKeyResponses, GetAccessRequestData, GetAccessRequestErrors, GetAccessRequestResponses, GetApplicationData, GetApplicationErrors, GetApplicationImportData, GetApplicationImportErrors, GetApplicationImportResponses, GetApplicationResponses, GetContractJsonData, GetContractJsonErrors, GetContractJsonResponses, GetContractYamlData, GetContractYamlErrors, GetContractYamlResponses, GetCurrentTokenData, GetCurrentTokenErrors, GetCurrentTokenResponses, GetDocsContractData, GetDocsContractErrors, GetDocsContractResponses, GetDocsData, GetDocsErrors, GetDocsResponses, GetDocsScriptData, GetDocsScriptErrors, GetDocsScriptResponses, GetEnvironmentData, GetEnvironmentErrors, GetEnvironmentResponses, GetHealthData, GetHealthErrors, GetHealthResponses, GetIdentityData, GetIdentityErrors, GetIdentityResponses, GetLogData, GetLogErrors, GetLogResponses, GetOrganizationData, GetOrganizationErrors, GetOrganizationResponses, GetPersonnelEventData, GetPersonnelEventErrors, GetPersonnelEventResponses, GetProjectData, GetProjectErrors, GetProjectResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, GetSettingsData, GetSettingsErrors, GetSettingsResponses, GetTenantData, GetTenantErrors, GetTenantResponses, GetTokenData, GetTokenErrors, GetTokenResponses, GetUserData, GetUserErrors, GetUserResponses, ListAccessKeysData, ListAccessKeysErrors, ListAccessKeysResponses, ListAccessRequestsData, ListAccessRequestsErrors, ListAccessRequestsResponses, ListApplicationImportsData, ListApplicationImportsErrors, ListApplicationImportsResponses, ListApplicationRecordsData, ListApplicationRecordsErrors, ListApplicationRecordsResponses, ListApplicationsData, ListApplicationsErrors, ListApplicationsResponses, ListEnvironmentsData, ListEnvironmentsErrors, ListEnvironmentsResponses, ListIdentitiesData, ListIdentitiesErrors, ListIdentitiesResponses, ListLogsData, ListLogsErrors, ListLogsResponses, ListOrganizationsData, ListOrganizationsErrors, ListOrganizationsResponses, ListPersonnelEventsData, ListPersonnelEventsErrors, ListPersonnelEventsResponses, ListProjectsData, ListProjectsErrors, ListProjectsResponses, ListTenantsData, ListTenantsErrors, ListTenantsResponses, ListTenantUsersData, ListTenantUsersErrors, ListTenantUsersResponses, ListTokenSafetyData, ListTokenSafetyErrors, ListTokenSafetyResponses, ListTokensData, ListTokensErrors, ListTokensResponses, ListUsersData, ListUsersErrors, ListUsersResponses, RefreshAccessTokenData, RefreshAccessTokenErrors, RefreshAccessTokenResponses, RemoveTenantUserData, RemoveTenantUserErrors, RemoveTenantUserResponses, ReplaceTenantData, ReplaceTenantErrors, ReplaceTenantResponses, ReplaceUserData, ReplaceUserErrors, ReplaceUserResponses, ResolveAccessRequestData, ResolveAccessRequestErrors, ResolveAccessRequestResponses, RevealTokenData, RevealTokenErrors, RevealTokenResponses, RevokeAllTokensData, RevokeAllTokensErrors, RevokeAllTokensResponses, RotateTokenData, RotateTokenErrors, RotateTokenResponses, StageApplicationImportData, StageApplicationImportErrors, StageApplicationImportResponses, UnassignRoleData, UnassignRoleErrors, UnassignRoleResponses, UpdateAccessKeyData, UpdateAccessKeyErrors, UpdateAccessKeyResponses, UpdateApplicationData, UpdateApplicationErrors, UpdateApplicationResponses, UpdatePersonnelEventData, UpdatePersonnelEventErrors, UpdatePersonnelEventResponses, UpdateSettingsData, UpdateSettingsErrors, UpdateSettingsResponses, UpdateTenantData, UpdateTenantErrors, UpdateTenantResponses, UpdateTokenData, UpdateTokenErrors, UpdateTokenResponses, UpdateUserData, UpdateUserErrors, UpdateUserResponses, UploadApplicationImportData, UploadApplicationImportErrors, UploadApplicationImportResponses } from './types.gen.ts';

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
 * Returns all applications, including archived ones, ordered by name. Upper case sorts before lower case: `B` before `a`.
 *
 */
export const listApplications = <ThrowOnError extends boolean = false>(options?: Options<ListApplicationsData, ThrowOnError>): RequestResult<ListApplicationsResponses, ListApplicationsErrors, ThrowOnError> => (options?.client ?? client).get<ListApplicationsResponses, ListApplicationsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/applications',
    ...options
});

/**
 * Create an application
 *
 * An application without a connector accepts no files. An application with a connector but without an import schedule accepts uploads
 * only. The caller may choose the ids of the file groups, so that scripts know them before the application exists.
 *
 */
export const createApplication = <ThrowOnError extends boolean = false>(options: Options<CreateApplicationData, ThrowOnError>): RequestResult<CreateApplicationResponses, CreateApplicationErrors, ThrowOnError> => (options.client ?? client).post<CreateApplicationResponses, CreateApplicationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
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
 * Returns the application with its connector, import schedule, last import and record counts.
 */
export const getApplication = <ThrowOnError extends boolean = false>(options: Options<GetApplicationData, ThrowOnError>): RequestResult<GetApplicationResponses, GetApplicationErrors, ThrowOnError> => (options.client ?? client).get<GetApplicationResponses, GetApplicationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/applications/{id}',
    ...options
});

/**
 * Change an application
 *
 * Fields in the request replace the stored values completely. Other fields do not change. `null` removes a connector, a schedule or a
 * limit. Gatehouse refuses to remove a file group that the import schedule names, unless the same request changes the schedule. An
 * archived application accepts no new imports. Imports that are already pending are still built.
 *
 */
export const updateApplication = <ThrowOnError extends boolean = false>(options: Options<UpdateApplicationData, ThrowOnError>): RequestResult<UpdateApplicationResponses, UpdateApplicationErrors, ThrowOnError> => (options.client ?? client).patch<UpdateApplicationResponses, UpdateApplicationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/applications/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List the records of an application
 *
 * Returns the records of the last finished import, ordered by key. Upper case sorts before lower case: `B` before `a`. All records of
 * a page are of one import, even while the next import is being built. The key of a privilege is a JSON text:
 * `["userKey","groupKey","name"]`.
 *
 */
export const listApplicationRecords = <ThrowOnError extends boolean = false>(options: Options<ListApplicationRecordsData, ThrowOnError>): RequestResult<ListApplicationRecordsResponses, ListApplicationRecordsErrors, ThrowOnError> => (options.client ?? client).get<ListApplicationRecordsResponses, ListApplicationRecordsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/applications/{id}/records',
    ...options
});

/**
 * List imports
 *
 * Returns imports ordered by build start, newest first. Pending imports come before all others, the last one staged first.
 */
export const listApplicationImports = <ThrowOnError extends boolean = false>(options?: Options<ListApplicationImportsData, ThrowOnError>): RequestResult<ListApplicationImportsResponses, ListApplicationImportsErrors, ThrowOnError> => (options?.client ?? client).get<ListApplicationImportsResponses, ListApplicationImportsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/application-imports',
    ...options
});

/**
 * Stage an import
 *
 * Creates a pending import and responds immediately. A worker builds the import in the background. The request sends no files: the
 * import schedule of the application names them. Poll the import until its status is `Finished`, `Failed` or `Canceled`. Imports of
 * one application are built one after another. Organizations are served in turn, and inside an organization its environments:
 * neither many imports nor many environments of one delay those of another.
 *
 * An environment can have 1,000 imports that have not ended, unless the operator sets another limit. Beyond it the request returns
 * 429 with `Retry-After`.
 *
 */
export const stageApplicationImport = <ThrowOnError extends boolean = false>(options: Options<StageApplicationImportData, ThrowOnError>): RequestResult<StageApplicationImportResponses, StageApplicationImportErrors, ThrowOnError> => (options.client ?? client).post<StageApplicationImportResponses, StageApplicationImportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
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
 * Send the files as `multipart/form-data`, one part for each file. The name of a part is the id of a file group of the application's
 * connector. All required file groups must be present, and no file may be empty. Send `applicationId` as a form field or as a query
 * parameter. Gatehouse stores either all files and a pending import, or nothing. An error response tells the reason. If the
 * environment has too many imports that have not ended, the request returns 429 with `Retry-After` and stores no file.
 *
 * The import replaces all records of each kind (users, groups, privileges, identities) for which it has a file. Records of other
 * kinds do not change.
 *
 */
export const uploadApplicationImport = <ThrowOnError extends boolean = false>(options: Options<UploadApplicationImportData, ThrowOnError>): RequestResult<UploadApplicationImportResponses, UploadApplicationImportErrors, ThrowOnError> => (options.client ?? client).post<UploadApplicationImportResponses, UploadApplicationImportErrors, ThrowOnError>({
    ...formDataBodySerializer,
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
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
 * Requests that a pending or running import stops. The response has the status `Canceling`. The status becomes `Canceled` as soon as
 * the build has deleted its work. The records of the application do not change. The request returns 409 if the records of the import
 * are already in place and only the sync of identities is still running.
 *
 */
export const cancelApplicationImport = <ThrowOnError extends boolean = false>(options: Options<CancelApplicationImportData, ThrowOnError>): RequestResult<CancelApplicationImportResponses, CancelApplicationImportErrors, ThrowOnError> => (options.client ?? client).post<CancelApplicationImportResponses, CancelApplicationImportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
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
 * Returns the import with its files, its log and, after it has finished, its metrics. Poll it until `buildEnd` is set.
 */
export const getApplicationImport = <ThrowOnError extends boolean = false>(options: Options<GetApplicationImportData, ThrowOnError>): RequestResult<GetApplicationImportResponses, GetApplicationImportErrors, ThrowOnError> => (options.client ?? client).get<GetApplicationImportResponses, GetApplicationImportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/application-imports/{id}',
    ...options
});

/**
 * Download an import's log
 *
 * Returns the log as plain text, or 404 before the first line is logged.
 */
export const downloadImportLog = <ThrowOnError extends boolean = false>(options: Options<DownloadImportLogData, ThrowOnError>): RequestResult<DownloadImportLogResponses, DownloadImportLogErrors, ThrowOnError> => (options.client ?? client).get<DownloadImportLogResponses, DownloadImportLogErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/application-imports/{id}/log',
    ...options
});

/**
 * Download a file of an import
 *
 * Returns the file exactly as it was imported, or 404 if it is no longer stored. The permission to download covers everything in the
 * file, including data of people.
 *
 */
export const downloadImportFile = <ThrowOnError extends boolean = false>(options: Options<DownloadImportFileData, ThrowOnError>): RequestResult<DownloadImportFileResponses, DownloadImportFileErrors, ThrowOnError> => (options.client ?? client).get<DownloadImportFileResponses, DownloadImportFileErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/application-imports/{id}/files/{fileId}',
    ...options
});

/**
 * List identities
 *
 * Returns identities of every status, ordered by last name and first name. Case and accents do not matter. All filters that are given
 * apply together.
 *
 * `search` finds identities whose first name, last name or e-mail address starts with the text, or whose whole name starts with it,
 * written as `Sarah Chen` or `Chen, Sarah`. A search that matches more than 1,000 identities is refused. Use more letters.
 *
 */
export const listIdentities = <ThrowOnError extends boolean = false>(options?: Options<ListIdentitiesData, ThrowOnError>): RequestResult<ListIdentitiesResponses, ListIdentitiesErrors, ThrowOnError> => (options?.client ?? client).get<ListIdentitiesResponses, ListIdentitiesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/identities',
    ...options
});

/**
 * Get an identity
 *
 * Returns the identity as its directory and the personnel events have set it.
 */
export const getIdentity = <ThrowOnError extends boolean = false>(options: Options<GetIdentityData, ThrowOnError>): RequestResult<GetIdentityResponses, GetIdentityErrors, ThrowOnError> => (options.client ?? client).get<GetIdentityResponses, GetIdentityErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/identities/{id}',
    ...options
});

/**
 * List personnel events
 *
 * Returns events ordered by effective date, latest first, and by number, highest first. All filters that are given apply together.
 *
 */
export const listPersonnelEvents = <ThrowOnError extends boolean = false>(options?: Options<ListPersonnelEventsData, ThrowOnError>): RequestResult<ListPersonnelEventsResponses, ListPersonnelEventsErrors, ThrowOnError> => (options?.client ?? client).get<ListPersonnelEventsResponses, ListPersonnelEventsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events',
    ...options
});

/**
 * Onboard a person
 *
 * Records that a person starts. Gatehouse creates the identity when the stage `Approval` is completed. If a directory has imported an
 * active identity with this e-mail address before that, the event uses this identity. Until then, `affectedIdentity` is null and
 * `requestedIdentity` has the data of the request. The approval also creates an access request `Add` for each application with
 * `isGrantedAtOnboarding`.
 *
 * Stages: `Approval`, `Provision`, `Verification`.
 *
 */
export const createOnboardEvent = <ThrowOnError extends boolean = false>(options: Options<CreateOnboardEventData, ThrowOnError>): RequestResult<CreateOnboardEventResponses, CreateOnboardEventErrors, ThrowOnError> => (options.client ?? client).post<CreateOnboardEventResponses, CreateOnboardEventErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events/onboard',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Offboard a person
 *
 * Records that a person leaves. The approval creates an access request `Remove` for each imported account of the identity in
 * applications that are not archived. An account belongs to the identity if its employee number is the key of the identity in its
 * directory, or if its e-mail address is that of the identity and of no other identity. On the effective date, Gatehouse adds
 * requests for accounts that were imported later, and cancels the other unfinished events of the identity. When all requests are
 * done, the identity is `Disabled`.
 *
 * Stages: `Approval`, `Provision`, `Verification`.
 *
 */
export const createOffboardEvent = <ThrowOnError extends boolean = false>(options: Options<CreateOffboardEventData, ThrowOnError>): RequestResult<CreateOffboardEventResponses, CreateOffboardEventErrors, ThrowOnError> => (options.client ?? client).post<CreateOffboardEventResponses, CreateOffboardEventErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events/offboard',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Change a person's role
 *
 * Records that a person changes role. The fields of `identity` in the request are the changes; `null` clears a field. Gatehouse
 * changes the identity when the event is approved and the effective date has come. The approval creates an access request `Change`
 * for each account of the identity. With `endDate`, the person keeps the old access until that date: a second request `Change` for
 * each account, in the stage `Removal`, ends it.
 *
 * Stages: `Approval`, `Provision`, `Removal` (with `endDate` only), `Verification`.
 *
 */
export const createRoleTransitionEvent = <ThrowOnError extends boolean = false>(options: Options<CreateRoleTransitionEventData, ThrowOnError>): RequestResult<CreateRoleTransitionEventResponses, CreateRoleTransitionEventErrors, ThrowOnError> => (options.client ?? client).post<CreateRoleTransitionEventResponses, CreateRoleTransitionEventErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events/role-transition',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Record a leave of absence
 *
 * Records that a person is absent for a time. The approval creates an access request `Suspend` and an access request `Restore` for
 * each account of the identity. The stage `Removal` restores access. Without `endDate`, this stage is snoozed until
 * `updatePersonnelEvent` sets the return date.
 *
 * Stages: `Approval`, `Provision`, `Removal`.
 *
 */
export const createLeaveOfAbsenceEvent = <ThrowOnError extends boolean = false>(options: Options<CreateLeaveOfAbsenceEventData, ThrowOnError>): RequestResult<CreateLeaveOfAbsenceEventResponses, CreateLeaveOfAbsenceEventErrors, ThrowOnError> => (options.client ?? client).post<CreateLeaveOfAbsenceEventResponses, CreateLeaveOfAbsenceEventErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events/leave-of-absence',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get a personnel event
 *
 * Returns the event with its stages, and with one page of its activity and of its comments.
 */
export const getPersonnelEvent = <ThrowOnError extends boolean = false>(options: Options<GetPersonnelEventData, ThrowOnError>): RequestResult<GetPersonnelEventResponses, GetPersonnelEventErrors, ThrowOnError> => (options.client ?? client).get<GetPersonnelEventResponses, GetPersonnelEventErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events/{id}',
    ...options
});

/**
 * Set the return date of a leave
 *
 * Sets the date of the stage `Removal`, which restores access. A date ends a snooze or moves a scheduled stage. `null` snoozes the
 * stage until the date is known. If the date has already come, the stage opens as soon as the suspensions are done. The request
 * returns 409 if the stage is already open, and 422 if the event is not a leave.
 *
 */
export const updatePersonnelEvent = <ThrowOnError extends boolean = false>(options: Options<UpdatePersonnelEventData, ThrowOnError>): RequestResult<UpdatePersonnelEventResponses, UpdatePersonnelEventErrors, ThrowOnError> => (options.client ?? client).patch<UpdatePersonnelEventResponses, UpdatePersonnelEventErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Complete a stage
 *
 * Completing `Approval` approves the event and starts the work that follows. Completing `Verification` confirms that the work is
 * done. `Provision` and `Removal` complete automatically when their access requests are completed or canceled. If two requests
 * complete a stage at the same moment, one succeeds and the other returns 409. The request also returns 409 if the stage is not open,
 * for the approval of anything but an offboarding for a person who is being offboarded, and for an approval if the person has more
 * than 1,000 accounts or if these together have more than 20,000 privileges or 8 MiB of them.
 *
 */
export const completeStage = <ThrowOnError extends boolean = false>(options: Options<CompleteStageData, ThrowOnError>): RequestResult<CompleteStageResponses, CompleteStageErrors, ThrowOnError> => (options.client ?? client).post<CompleteStageResponses, CompleteStageErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events/{id}/stages/{stage}/complete',
    ...options
});

/**
 * Cancel a personnel event
 *
 * Cancels the event with its stages and access requests. Completed stages and requests do not change. If the canceled onboarding
 * created an identity, the identity becomes `Disabled`, unless a directory has imported it since. The request returns 409 for an
 * event that has ended, for a leave that has suspended access (set its return date instead, so that access is restored), and for an
 * offboarding that has ended such a leave.
 *
 */
export const cancelPersonnelEvent = <ThrowOnError extends boolean = false>(options: Options<CancelPersonnelEventData, ThrowOnError>): RequestResult<CancelPersonnelEventResponses, CancelPersonnelEventErrors, ThrowOnError> => (options.client ?? client).post<CancelPersonnelEventResponses, CancelPersonnelEventErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events/{id}/cancel',
    ...options
});

/**
 * Comment on a personnel event
 *
 * Adds a comment, also to an event that has ended. An event can have 1,000 comments; more return 409.
 */
export const commentPersonnelEvent = <ThrowOnError extends boolean = false>(options: Options<CommentPersonnelEventData, ThrowOnError>): RequestResult<CommentPersonnelEventResponses, CommentPersonnelEventErrors, ThrowOnError> => (options.client ?? client).post<CommentPersonnelEventResponses, CommentPersonnelEventErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events/{id}/comments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List access requests
 *
 * Returns access requests ordered by creation date, newest first. All filters that are given apply together.
 */
export const listAccessRequests = <ThrowOnError extends boolean = false>(options?: Options<ListAccessRequestsData, ThrowOnError>): RequestResult<ListAccessRequestsResponses, ListAccessRequestsErrors, ThrowOnError> => (options?.client ?? client).get<ListAccessRequestsResponses, ListAccessRequestsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-requests',
    ...options
});

/**
 * Get an access request
 *
 * Returns the request with the privileges that the account had when the request was created, one page of its activity and of its
 * comments, the responses that it needs and its related items.
 *
 */
export const getAccessRequest = <ThrowOnError extends boolean = false>(options: Options<GetAccessRequestData, ThrowOnError>): RequestResult<GetAccessRequestResponses, GetAccessRequestErrors, ThrowOnError> => (options.client ?? client).get<GetAccessRequestResponses, GetAccessRequestErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-requests/{id}',
    ...options
});

/**
 * Resolve an access request
 *
 * Records that the access was changed as requested. Somebody can verify the change before the request is completed. The request
 * returns 409 unless the access request is `Open`.
 *
 */
export const resolveAccessRequest = <ThrowOnError extends boolean = false>(options: Options<ResolveAccessRequestData, ThrowOnError>): RequestResult<ResolveAccessRequestResponses, ResolveAccessRequestErrors, ThrowOnError> => (options.client ?? client).post<ResolveAccessRequestResponses, ResolveAccessRequestErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-requests/{id}/resolve',
    ...options
});

/**
 * Complete an access request
 *
 * Completes a request that is `Resolved`, or `Open` if nobody verifies it. The last request of a stage completes the stage and starts
 * the work that follows. The request returns 409 in every other status.
 *
 */
export const completeAccessRequest = <ThrowOnError extends boolean = false>(options: Options<CompleteAccessRequestData, ThrowOnError>): RequestResult<CompleteAccessRequestResponses, CompleteAccessRequestErrors, ThrowOnError> => (options.client ?? client).post<CompleteAccessRequestResponses, CompleteAccessRequestErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-requests/{id}/complete',
    ...options
});

/**
 * Cancel an access request
 *
 * Cancels the request. The access does not change, and the stage continues without this request. A request that has ended returns
 * 409.
 *
 */
export const cancelAccessRequest = <ThrowOnError extends boolean = false>(options: Options<CancelAccessRequestData, ThrowOnError>): RequestResult<CancelAccessRequestResponses, CancelAccessRequestErrors, ThrowOnError> => (options.client ?? client).post<CancelAccessRequestResponses, CancelAccessRequestErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-requests/{id}/cancel',
    ...options
});

/**
 * Comment on an access request
 *
 * Adds a comment, also to an access request that has ended. An access request can have 1,000 comments; more return 409.
 */
export const commentAccessRequest = <ThrowOnError extends boolean = false>(options: Options<CommentAccessRequestData, ThrowOnError>): RequestResult<CommentAccessRequestResponses, CommentAccessRequestErrors, ThrowOnError> => (options.client ?? client).post<CommentAccessRequestResponses, CommentAccessRequestErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-requests/{id}/comments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List users
 *
 * Returns the users of the environment, ordered by key. Of each user, the response has at most the first 100 `associated_tenants` and
 * the first 100 `roles`, both in the order of tenants; a tenant after those has no `roles` here. `getUser` returns all.
 *
 */
export const listUsers = <ThrowOnError extends boolean = false>(options: Options<ListUsersData, ThrowOnError>): RequestResult<ListUsersResponses, ListUsersErrors, ThrowOnError> => (options.client ?? client).get<ListUsersResponses, ListUsersErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users',
    ...options
});

/**
 * Create a user
 *
 * Creates a user, or returns 409 if the key exists. `replaceUser` creates or replaces a user.
 */
export const createUser = <ThrowOnError extends boolean = false>(options: Options<CreateUserData, ThrowOnError>): RequestResult<CreateUserResponses, CreateUserErrors, ThrowOnError> => (options.client ?? client).post<CreateUserResponses, CreateUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete a user
 *
 * Deletes the user, its roles and its memberships in tenants.
 */
export const deleteUser = <ThrowOnError extends boolean = false>(options: Options<DeleteUserData, ThrowOnError>): RequestResult<DeleteUserResponses, DeleteUserErrors, ThrowOnError> => (options.client ?? client).delete<DeleteUserResponses, DeleteUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}',
    ...options
});

/**
 * Get a user
 *
 * Returns the user with all its tenants and roles.
 */
export const getUser = <ThrowOnError extends boolean = false>(options: Options<GetUserData, ThrowOnError>): RequestResult<GetUserResponses, GetUserErrors, ThrowOnError> => (options.client ?? client).get<GetUserResponses, GetUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}',
    ...options
});

/**
 * Change a user
 *
 * Fields in the request replace the stored values completely, including `attributes`. Other fields do not change.
 */
export const updateUser = <ThrowOnError extends boolean = false>(options: Options<UpdateUserData, ThrowOnError>): RequestResult<UpdateUserResponses, UpdateUserErrors, ThrowOnError> => (options.client ?? client).patch<UpdateUserResponses, UpdateUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Create or replace a user
 *
 * Creates the user with the key in the path (201), or replaces an existing user (200). Fields that are missing in the request are
 * reset. `role_assignments` replaces the roles of the user; the user stays a member of its tenants. Without `role_assignments`, the
 * roles do not change. A new key must not look like a GUID.
 *
 */
export const replaceUser = <ThrowOnError extends boolean = false>(options: Options<ReplaceUserData, ThrowOnError>): RequestResult<ReplaceUserResponses, ReplaceUserErrors, ThrowOnError> => (options.client ?? client).put<ReplaceUserResponses, ReplaceUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Unassign a role from a user in a tenant
 *
 * Removes a role. The user stays a member of the tenant. The request returns 404 if the user does not have the role.
 */
export const unassignRole = <ThrowOnError extends boolean = false>(options: Options<UnassignRoleData, ThrowOnError>): RequestResult<UnassignRoleResponses, UnassignRoleErrors, ThrowOnError> => (options.client ?? client).delete<UnassignRoleResponses, UnassignRoleErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}/roles',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Assign a role to a user in a tenant
 *
 * Assigns a role. The user becomes a member of the tenant if necessary. Assigning a role that the user already has is not an error.
 *
 */
export const assignRole = <ThrowOnError extends boolean = false>(options: Options<AssignRoleData, ThrowOnError>): RequestResult<AssignRoleResponses, AssignRoleErrors, ThrowOnError> => (options.client ?? client).post<AssignRoleResponses, AssignRoleErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}/roles',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List tenants
 *
 * Returns the tenants of the environment, ordered by key: as a list, or with counts if `include_total_count=true`.
 */
export const listTenants = <ThrowOnError extends boolean = false>(options: Options<ListTenantsData, ThrowOnError>): RequestResult<ListTenantsResponses, ListTenantsErrors, ThrowOnError> => (options.client ?? client).get<ListTenantsResponses, ListTenantsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants',
    ...options
});

/**
 * Create a tenant
 *
 * Creates a tenant (201). If the key exists, the response has the existing tenant, unchanged (200).
 */
export const createTenant = <ThrowOnError extends boolean = false>(options: Options<CreateTenantData, ThrowOnError>): RequestResult<CreateTenantResponses, CreateTenantErrors, ThrowOnError> => (options.client ?? client).post<CreateTenantResponses, CreateTenantErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete a tenant
 *
 * Deletes the tenant, the memberships in it and the roles in it. The users are not deleted. If the tenant has many members, their
 * `updated_at` changes some time after the response.
 *
 */
export const deleteTenant = <ThrowOnError extends boolean = false>(options: Options<DeleteTenantData, ThrowOnError>): RequestResult<DeleteTenantResponses, DeleteTenantErrors, ThrowOnError> => (options.client ?? client).delete<DeleteTenantResponses, DeleteTenantErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}',
    ...options
});

/**
 * Get a tenant
 *
 * Returns the tenant.
 */
export const getTenant = <ThrowOnError extends boolean = false>(options: Options<GetTenantData, ThrowOnError>): RequestResult<GetTenantResponses, GetTenantErrors, ThrowOnError> => (options.client ?? client).get<GetTenantResponses, GetTenantErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}',
    ...options
});

/**
 * Change a tenant
 *
 * Fields in the request replace the stored values completely, including `attributes`. Other fields do not change.
 */
export const updateTenant = <ThrowOnError extends boolean = false>(options: Options<UpdateTenantData, ThrowOnError>): RequestResult<UpdateTenantResponses, UpdateTenantErrors, ThrowOnError> => (options.client ?? client).patch<UpdateTenantResponses, UpdateTenantErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Create or replace a tenant
 *
 * Creates the tenant with the key in the path (201), or replaces an existing tenant (200). Fields that are missing in the request are
 * reset. A new key must not look like a GUID.
 *
 */
export const replaceTenant = <ThrowOnError extends boolean = false>(options: Options<ReplaceTenantData, ThrowOnError>): RequestResult<ReplaceTenantResponses, ReplaceTenantErrors, ThrowOnError> => (options.client ?? client).put<ReplaceTenantResponses, ReplaceTenantErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List the users of a tenant
 *
 * Returns the members of the tenant, ordered by key. Of each user, the response has at most the first 100 `associated_tenants` and
 * the first 100 `roles`, both in the order of tenants; a tenant after those has no `roles` here. `getUser` returns all.
 *
 */
export const listTenantUsers = <ThrowOnError extends boolean = false>(options: Options<ListTenantUsersData, ThrowOnError>): RequestResult<ListTenantUsersResponses, ListTenantUsersErrors, ThrowOnError> => (options.client ?? client).get<ListTenantUsersResponses, ListTenantUsersErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users',
    ...options
});

/**
 * Add a user to a tenant
 *
 * Adds an existing user (200), or creates a user that does not exist and adds it (201). An existing user does not change, except for
 * the roles in the request. A new key must not look like a GUID.
 *
 */
export const addTenantUser = <ThrowOnError extends boolean = false>(options: Options<AddTenantUserData, ThrowOnError>): RequestResult<AddTenantUserResponses, AddTenantUserErrors, ThrowOnError> => (options.client ?? client).post<AddTenantUserResponses, AddTenantUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Remove a user from a tenant
 *
 * Removes the user and its roles from the tenant. The user is not deleted. The request returns 404 if the user is not a member.
 *
 */
export const removeTenantUser = <ThrowOnError extends boolean = false>(options: Options<RemoveTenantUserData, ThrowOnError>): RequestResult<RemoveTenantUserResponses, RemoveTenantUserErrors, ThrowOnError> => (options.client ?? client).delete<RemoveTenantUserResponses, RemoveTenantUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users/{userId}',
    ...options
});

/**
 * Get the settings
 *
 * Returns the settings of the organization.
 */
export const getSettings = <ThrowOnError extends boolean = false>(options?: Options<GetSettingsData, ThrowOnError>): RequestResult<GetSettingsResponses, GetSettingsErrors, ThrowOnError> => (options?.client ?? client).get<GetSettingsResponses, GetSettingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/settings',
    ...options
});

/**
 * Change the settings
 *
 * Fields in the request change; other fields do not change. A name enables a custom field. `null` disables it and permanently deletes
 * its values in personnel events.
 *
 */
export const updateSettings = <ThrowOnError extends boolean = false>(options: Options<UpdateSettingsData, ThrowOnError>): RequestResult<UpdateSettingsResponses, UpdateSettingsErrors, ThrowOnError> => (options.client ?? client).patch<UpdateSettingsResponses, UpdateSettingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/settings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List tokens
 *
 * Returns all tokens within the caller's scope, ordered by name. Secrets are not shown. `secretStart` helps to recognize a token.
 *
 */
export const listTokens = <ThrowOnError extends boolean = false>(options?: Options<ListTokensData, ThrowOnError>): RequestResult<ListTokensResponses, ListTokensErrors, ThrowOnError> => (options?.client ?? client).get<ListTokensResponses, ListTokensErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens',
    ...options
});

/**
 * Create a token
 *
 * The response has the secret of the token. It is shown only once, unless the token `isRevealable`. Without a project and an
 * environment, the token has the scope of the caller. If `permissions` is missing or null, it may do everything that its access level
 * allows. A token never has more scope or permissions than its creator. The 403 response names the missing permission. A caller that
 * expires must send an `expirationDate` that is not later than its own. The request returns 409 if the organization already has as
 * many tokens and access keys as the server allows.
 *
 */
export const createToken = <ThrowOnError extends boolean = false>(options: Options<CreateTokenData, ThrowOnError>): RequestResult<CreateTokenResponses, CreateTokenErrors, ThrowOnError> => (options.client ?? client).post<CreateTokenResponses, CreateTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get the caller's own token or access key
 *
 * Returns the caller's credential. No permission is needed. For an access token, it returns the access key.
 */
export const getCurrentToken = <ThrowOnError extends boolean = false>(options?: Options<GetCurrentTokenData, ThrowOnError>): RequestResult<GetCurrentTokenResponses, GetCurrentTokenErrors, ThrowOnError> => (options?.client ?? client).get<GetCurrentTokenResponses, GetCurrentTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/current',
    ...options
});

/**
 * Delete a token
 *
 * Every server process refuses the token from the next request on. A token may delete itself.
 * With `alsoDeleteCreated`, either everything is deleted or nothing: the request returns 403 if one of the credentials has more
 * permissions than the caller, and 409 if the caller is one of those created.
 *
 */
export const deleteToken = <ThrowOnError extends boolean = false>(options: Options<DeleteTokenData, ThrowOnError>): RequestResult<DeleteTokenResponses, DeleteTokenErrors, ThrowOnError> => (options.client ?? client).delete<DeleteTokenResponses, DeleteTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/{id}',
    ...options
});

/**
 * Get a token
 *
 * Returns the token with its permissions, without its secret.
 */
export const getToken = <ThrowOnError extends boolean = false>(options: Options<GetTokenData, ThrowOnError>): RequestResult<GetTokenResponses, GetTokenErrors, ThrowOnError> => (options.client ?? client).get<GetTokenResponses, GetTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/{id}',
    ...options
});

/**
 * Change a token
 *
 * Changes the name, expiration, access level or permissions of the token, or disables it. An `expirationDate` of `null` means that
 * the token never expires. A new date makes an expired token valid again. The request returns 403 if the token has, or would have,
 * more permissions than the caller. A caller that expires can only rename and disable a token that ends later, or give it an
 * `expirationDate` that is not later than its own. This applies to the caller's own token too.
 *
 */
export const updateToken = <ThrowOnError extends boolean = false>(options: Options<UpdateTokenData, ThrowOnError>): RequestResult<UpdateTokenResponses, UpdateTokenErrors, ThrowOnError> => (options.client ?? client).patch<UpdateTokenResponses, UpdateTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List tokens with safety findings
 *
 * Returns valid tokens with at least one finding, ordered by name: `Never used`, `Idle` (not used for 90 days), `Never expires`,
 * `Unrestricted` (an administrator's token whose permissions are not limited), or `Creator deleted` (the token or access key that
 * created it was deleted without `alsoDeleteCreated`). Access keys are not included; each tells `isCreatorDeleted` itself.
 *
 */
export const listTokenSafety = <ThrowOnError extends boolean = false>(options?: Options<ListTokenSafetyData, ThrowOnError>): RequestResult<ListTokenSafetyResponses, ListTokenSafetyErrors, ThrowOnError> => (options?.client ?? client).get<ListTokenSafetyResponses, ListTokenSafetyErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/safety',
    ...options
});

/**
 * Revoke all tokens and access keys
 *
 * Permanently deletes every token and every access key within the caller's scope. This cannot be undone. A dry run only counts them.
 * The caller's own credential is deleted too if `keepsCaller` is false. If nobody is left who can create tokens, the operator of the
 * server creates one with the command `token`.
 *
 */
export const revokeAllTokens = <ThrowOnError extends boolean = false>(options: Options<RevokeAllTokensData, ThrowOnError>): RequestResult<RevokeAllTokensResponses, RevokeAllTokensErrors, ThrowOnError> => (options.client ?? client).post<RevokeAllTokensResponses, RevokeAllTokensErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/revoke-all',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Rotate the secret of a token
 *
 * The response has the new secret. Earlier secrets stay valid for the grace period; with 0 they end immediately. A second rotation
 * ends the earlier secrets sooner if its grace period ends sooner. Nothing else of the token changes, including its expiration.
 * A token has at most 100 secrets whose grace period has not ended: then the request returns 409, except with 0.
 *
 */
export const rotateToken = <ThrowOnError extends boolean = false>(options: Options<RotateTokenData, ThrowOnError>): RequestResult<RotateTokenResponses, RotateTokenErrors, ThrowOnError> => (options.client ?? client).post<RotateTokenResponses, RotateTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/{id}/rotate',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Read a token's secret again
 *
 * Returns the secret of a token that was created with `isRevealable`. Other tokens return 422. The API log stores each call.
 *
 */
export const revealToken = <ThrowOnError extends boolean = false>(options: Options<RevealTokenData, ThrowOnError>): RequestResult<RevealTokenResponses, RevealTokenErrors, ThrowOnError> => (options.client ?? client).post<RevealTokenResponses, RevealTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/{id}/reveal',
    ...options
});

/**
 * List access keys
 *
 * Returns all access keys within the caller's scope, ordered by name.
 */
export const listAccessKeys = <ThrowOnError extends boolean = false>(options?: Options<ListAccessKeysData, ThrowOnError>): RequestResult<ListAccessKeysResponses, ListAccessKeysErrors, ThrowOnError> => (options?.client ?? client).get<ListAccessKeysResponses, ListAccessKeysErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-keys',
    ...options
});

/**
 * Create an access key
 *
 * The response has the secret, which is shown only once and never sent again. A caller proves with an HMAC that it has the secret,
 * and gets a short-lived access token (`createAccessToken`). A caller that expires must send an `expirationDate` that is not later
 * than its own. The request returns 409 if the organization already has as many tokens and access keys as the server allows.
 *
 */
export const createAccessKey = <ThrowOnError extends boolean = false>(options: Options<CreateAccessKeyData, ThrowOnError>): RequestResult<CreateAccessKeyResponses, CreateAccessKeyErrors, ThrowOnError> => (options.client ?? client).post<CreateAccessKeyResponses, CreateAccessKeyErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-keys',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete an access key
 *
 * Deletes the access key with its access tokens and refresh tokens. Every server process refuses them from the next request on.
 * With `alsoDeleteCreated`, either everything is deleted or nothing: the request returns 403 if one of the credentials has more
 * permissions than the caller, and 409 if the caller is one of those created.
 *
 */
export const deleteAccessKey = <ThrowOnError extends boolean = false>(options: Options<DeleteAccessKeyData, ThrowOnError>): RequestResult<DeleteAccessKeyResponses, DeleteAccessKeyErrors, ThrowOnError> => (options.client ?? client).delete<DeleteAccessKeyResponses, DeleteAccessKeyErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-keys/{id}',
    ...options
});

/**
 * Get an access key
 *
 * Returns the access key without its secret. Nobody can read the secret again.
 */
export const getAccessKey = <ThrowOnError extends boolean = false>(options: Options<GetAccessKeyData, ThrowOnError>): RequestResult<GetAccessKeyResponses, GetAccessKeyErrors, ThrowOnError> => (options.client ?? client).get<GetAccessKeyResponses, GetAccessKeyErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-keys/{id}',
    ...options
});

/**
 * Change an access key
 *
 * Changes the name, expiration, access level or permissions of the access key, or disables it. Access tokens of a disabled or expired
 * key are refused from the next request on. A caller that expires can only rename and disable a key that ends later, or give it an
 * `expirationDate` that is not later than its own.
 *
 */
export const updateAccessKey = <ThrowOnError extends boolean = false>(options: Options<UpdateAccessKeyData, ThrowOnError>): RequestResult<UpdateAccessKeyResponses, UpdateAccessKeyErrors, ThrowOnError> => (options.client ?? client).patch<UpdateAccessKeyResponses, UpdateAccessKeyErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-keys/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Exchange an access key for an access token
 *
 * The caller proves that it has the secret without sending it. `x-hash` is the HMAC-SHA256 of `content`, with the secret as the key,
 * in hexadecimal digits or base64. `content` must be `<Unix seconds>.<nonce>`: the time may differ by at most five minutes, and each
 * nonce is accepted once. For a key without replay protection, it can be any text.
 *
 * CONTENT="$(date +%s).$(openssl rand -hex 16)"
 * HASH=$(printf %s "$CONTENT" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/.* //')
 *
 * Send the access token as `x-access-token: …` or as `Authorization: Bearer …`. It is valid for one hour, but not longer than the
 * key, and has the permissions of the key.
 *
 */
export const createAccessToken = <ThrowOnError extends boolean = false>(options: Options<CreateAccessTokenData, ThrowOnError>): RequestResult<CreateAccessTokenResponses, CreateAccessTokenErrors, ThrowOnError> => (options.client ?? client).post<CreateAccessTokenResponses, CreateAccessTokenErrors, ThrowOnError>({
    url: '/api/v2/auth/client_token',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Exchange a refresh token for the next access token
 *
 * A refresh token is valid for one day, but not longer than the key, and works once. If it is used twice, it may have been stolen:
 * all access tokens and refresh tokens of the same exchange become invalid. If a response was lost, call `createAccessToken` again.
 * Call it also after 1,000 refreshes within a day: the next one returns 401.
 *
 */
export const refreshAccessToken = <ThrowOnError extends boolean = false>(options: Options<RefreshAccessTokenData, ThrowOnError>): RequestResult<RefreshAccessTokenResponses, RefreshAccessTokenErrors, ThrowOnError> => (options.client ?? client).post<RefreshAccessTokenResponses, RefreshAccessTokenErrors, ThrowOnError>({
    url: '/api/v2/auth/refresh_token',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List organizations
 *
 * Returns the caller's organization. A caller of the hosting organization, which was created at the first start of the server, gets
 * all organizations, ordered by key.
 *
 */
export const listOrganizations = <ThrowOnError extends boolean = false>(options?: Options<ListOrganizationsData, ThrowOnError>): RequestResult<ListOrganizationsResponses, ListOrganizationsErrors, ThrowOnError> => (options?.client ?? client).get<ListOrganizationsResponses, ListOrganizationsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/orgs',
    ...options
});

/**
 * Create an organization
 *
 * Creates an organization with a project `default`, whose environment `production` is the default environment, and an administrator
 * token. The response shows the secret of this token only once. Only callers of the hosting organization that do not expire may
 * create organizations, because the administrator token does not expire either. The response is 409 if the key is taken, or if the
 * operator reserved the shared directory of the server for one organization.
 *
 */
export const createOrganization = <ThrowOnError extends boolean = false>(options: Options<CreateOrganizationData, ThrowOnError>): RequestResult<CreateOrganizationResponses, CreateOrganizationErrors, ThrowOnError> => (options.client ?? client).post<CreateOrganizationResponses, CreateOrganizationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/orgs',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get an organization
 *
 * Returns the caller's organization. A caller of the hosting organization may get any organization.
 */
export const getOrganization = <ThrowOnError extends boolean = false>(options: Options<GetOrganizationData, ThrowOnError>): RequestResult<GetOrganizationResponses, GetOrganizationErrors, ThrowOnError> => (options.client ?? client).get<GetOrganizationResponses, GetOrganizationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/orgs/{organizationKey}',
    ...options
});

/**
 * List projects
 *
 * Returns the projects within the caller's scope, ordered by key.
 */
export const listProjects = <ThrowOnError extends boolean = false>(options?: Options<ListProjectsData, ThrowOnError>): RequestResult<ListProjectsResponses, ListProjectsErrors, ThrowOnError> => (options?.client ?? client).get<ListProjectsResponses, ListProjectsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/projects',
    ...options
});

/**
 * Create a project
 *
 * Creates a project with the environments `development` and `production`. The caller's token must have the level `Organization`.
 * An organization can have 1,000 projects, unless the operator sets another limit. Beyond it the request returns 409.
 *
 */
export const createProject = <ThrowOnError extends boolean = false>(options: Options<CreateProjectData, ThrowOnError>): RequestResult<CreateProjectResponses, CreateProjectErrors, ThrowOnError> => (options.client ?? client).post<CreateProjectResponses, CreateProjectErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/projects',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get a project
 *
 * Returns the project with this key or id.
 */
export const getProject = <ThrowOnError extends boolean = false>(options: Options<GetProjectData, ThrowOnError>): RequestResult<GetProjectResponses, GetProjectErrors, ThrowOnError> => (options.client ?? client).get<GetProjectResponses, GetProjectErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/projects/{projectKey}',
    ...options
});

/**
 * List environments
 *
 * Returns the environments of the project within the caller's scope, ordered by key.
 */
export const listEnvironments = <ThrowOnError extends boolean = false>(options: Options<ListEnvironmentsData, ThrowOnError>): RequestResult<ListEnvironmentsResponses, ListEnvironmentsErrors, ThrowOnError> => (options.client ?? client).get<ListEnvironmentsResponses, ListEnvironmentsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/projects/{projectKey}/envs',
    ...options
});

/**
 * Create an environment
 *
 * Creates an empty environment. A token with the level `Environment` may not create one. A project can have 100 environments,
 * unless the operator sets another limit. Beyond it the request returns 409.
 *
 */
export const createEnvironment = <ThrowOnError extends boolean = false>(options: Options<CreateEnvironmentData, ThrowOnError>): RequestResult<CreateEnvironmentResponses, CreateEnvironmentErrors, ThrowOnError> => (options.client ?? client).post<CreateEnvironmentResponses, CreateEnvironmentErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/projects/{projectKey}/envs',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get an environment
 *
 * Returns the environment with this key or id.
 */
export const getEnvironment = <ThrowOnError extends boolean = false>(options: Options<GetEnvironmentData, ThrowOnError>): RequestResult<GetEnvironmentResponses, GetEnvironmentErrors, ThrowOnError> => (options.client ?? client).get<GetEnvironmentResponses, GetEnvironmentErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/projects/{projectKey}/envs/{environmentKey}',
    ...options
});

/**
 * List calls
 *
 * Returns every call to a path that requires a token, including refused calls, newest first. All filters that are given apply
 * together. For the next page, send `nextBefore` as `before` until `nextBefore` is null. The server reads at most 5,000 calls that do
 * not match the filters for one page, so a page can have few or no calls.
 *
 * Calls of unknown callers are in the log of the hosting organization, which was created at the first start of the server. They have
 * no bodies of requests and only the beginning of long responses, and the oldest are deleted beyond 500,000. In each minute, each
 * process of the server stores a limited number of them one by one. It counts the others together, for each address and status: then
 * `callCount` is more than 1, and grows for some seconds after the last call. In the same way it counts calls that are over the
 * request limit of a token, and calls with an expired or disabled credential.
 *
 */
export const listLogs = <ThrowOnError extends boolean = false>(options?: Options<ListLogsData, ThrowOnError>): RequestResult<ListLogsResponses, ListLogsErrors, ThrowOnError> => (options?.client ?? client).get<ListLogsResponses, ListLogsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/logs',
    ...options
});

/**
 * Get a call with its request and its response
 *
 * Bodies are stored up to 64 KB; the rest is cut off. Values with the name of a secret, and all texts that look like a secret, are
 * `[redacted]`. For an upload, the log has the names, sizes and hashes of the files. The body is null if it was not read because the
 * call was refused, if it could not be read, or if the caller is unknown. While a disk of the server is too full, calls are stored
 * without bodies (`isCut` is true), and with 300 characters of the path and of the query. A caller with permissions gets `query`,
 * `request` and `response` only if it may read all fields of everything that responses of the logged operation can contain.
 *
 */
export const getLog = <ThrowOnError extends boolean = false>(options: Options<GetLogData, ThrowOnError>): RequestResult<GetLogResponses, GetLogErrors, ThrowOnError> => (options.client ?? client).get<GetLogResponses, GetLogErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/logs/{id}',
    ...options
});

/**
 * Check that the process is running
 *
 * Responds as long as the process runs. It does not use the database.
 */
export const getHealth = <ThrowOnError extends boolean = false>(options?: Options<GetHealthData, ThrowOnError>): RequestResult<GetHealthResponses, GetHealthErrors, ThrowOnError> => (options?.client ?? client).get<GetHealthResponses, GetHealthErrors, ThrowOnError>({ url: '/healthz', ...options });

/**
 * Check that the process can serve requests
 *
 * Checks that the database responds and that its tables match this version. Returns 503 also if calls cannot be stored in the API
 * log, if a disk has less free space than the reserve for calls of known callers, and while the server stops. The message tells the
 * reason. When it ends, the server is ready again without a restart.
 *
 */
export const getReadiness = <ThrowOnError extends boolean = false>(options?: Options<GetReadinessData, ThrowOnError>): RequestResult<GetReadinessResponses, GetReadinessErrors, ThrowOnError> => (options?.client ?? client).get<GetReadinessResponses, GetReadinessErrors, ThrowOnError>({ url: '/readyz', ...options });

/**
 * Read this contract as a web page
 *
 * Returns a page that shows the contract of this server. The page loads nothing from other servers.
 *
 * The response is compressed as `Accept-Encoding` allows, with brotli or gzip. With the `ETag` as `If-None-Match` it is 304.
 *
 */
export const getDocs = <ThrowOnError extends boolean = false>(options?: Options<GetDocsData, ThrowOnError>): RequestResult<GetDocsResponses, GetDocsErrors, ThrowOnError> => (options?.client ?? client).get<GetDocsResponses, GetDocsErrors, ThrowOnError>({ url: '/docs', ...options });

/**
 * Get this contract with code samples
 *
 * Returns the contract as JSON. Each operation has samples in curl, PowerShell, Python and TypeScript (`x-codeSamples`).
 *
 * The response is compressed as `Accept-Encoding` allows, with brotli or gzip. With the `ETag` as `If-None-Match` it is 304.
 *
 */
export const getDocsContract = <ThrowOnError extends boolean = false>(options?: Options<GetDocsContractData, ThrowOnError>): RequestResult<GetDocsContractResponses, GetDocsContractErrors, ThrowOnError> => (options?.client ?? client).get<GetDocsContractResponses, GetDocsContractErrors, ThrowOnError>({ url: '/docs/openapi.json', ...options });

/**
 * Get the script of the web page
 *
 * Returns Redoc, unchanged.
 *
 * The response is compressed as `Accept-Encoding` allows, with brotli or gzip. With the `ETag` as `If-None-Match` it is 304.
 *
 */
export const getDocsScript = <ThrowOnError extends boolean = false>(options?: Options<GetDocsScriptData, ThrowOnError>): RequestResult<GetDocsScriptResponses, GetDocsScriptErrors, ThrowOnError> => (options?.client ?? client).get<GetDocsScriptResponses, GetDocsScriptErrors, ThrowOnError>({ url: '/docs/redoc.js', ...options });

/**
 * Get this contract as YAML
 *
 * Returns the file that the server was started with.
 *
 * The response is compressed as `Accept-Encoding` allows, with brotli or gzip. With the `ETag` as `If-None-Match` it is 304.
 *
 */
export const getContractYaml = <ThrowOnError extends boolean = false>(options?: Options<GetContractYamlData, ThrowOnError>): RequestResult<GetContractYamlResponses, GetContractYamlErrors, ThrowOnError> => (options?.client ?? client).get<GetContractYamlResponses, GetContractYamlErrors, ThrowOnError>({ url: '/openapi.yaml', ...options });

/**
 * Get this contract as JSON
 *
 * Returns the same contract for tools that read JSON only.
 *
 * The response is compressed as `Accept-Encoding` allows, with brotli or gzip. With the `ETag` as `If-None-Match` it is 304.
 *
 */
export const getContractJson = <ThrowOnError extends boolean = false>(options?: Options<GetContractJsonData, ThrowOnError>): RequestResult<GetContractJsonResponses, GetContractJsonErrors, ThrowOnError> => (options?.client ?? client).get<GetContractJsonResponses, GetContractJsonErrors, ThrowOnError>({ url: '/openapi.json', ...options });
