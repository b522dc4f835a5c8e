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
 * All applications, archived ones too, ordered by name, character by character (`B` comes before `a`).
 */
export const listApplications = <ThrowOnError extends boolean = false>(options?: Options<ListApplicationsData, ThrowOnError>): RequestResult<ListApplicationsResponses, ListApplicationsErrors, ThrowOnError> => (options?.client ?? client).get<ListApplicationsResponses, ListApplicationsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
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
 * The application with its connector, its import schedule, its last import and how many records it holds.
 */
export const getApplication = <ThrowOnError extends boolean = false>(options: Options<GetApplicationData, ThrowOnError>): RequestResult<GetApplicationResponses, GetApplicationErrors, ThrowOnError> => (options.client ?? client).get<GetApplicationResponses, GetApplicationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
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
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
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
 * The records of the last finished import, ordered by key, character by character (`B` comes before `a`). A page is of one
 * import, never a mixture, even while the next is being built. The key of a privilege is a JSON text,
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
 * Ordered by build start, newest first. Imports that wait to be built come before all others, the last one staged on top.
 */
export const listApplicationImports = <ThrowOnError extends boolean = false>(options?: Options<ListApplicationImportsData, ThrowOnError>): RequestResult<ListApplicationImportsResponses, ListApplicationImportsErrors, ThrowOnError> => (options?.client ?? client).get<ListApplicationImportsResponses, ListApplicationImportsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/application-imports',
    ...options
});

/**
 * Stage an import
 *
 * Records a pending import and answers at once; it is built in the background. No files are sent: the application's import
 * schedule says where they are. Poll the import until it is `Finished`, `Failed` or `Canceled`. Imports of one application are
 * built one after another.
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
 * Files come as `multipart/form-data`, one part a file; the part's name is the id of a file group of the application's
 * connector. All required file groups must be there, and no file may be empty. `applicationId` is a form field or a query
 * parameter. Either all files are kept and the import is pending, or none is and the answer says why.
 *
 * A kind of rows of which a file comes is replaced whole by what the files of this import bring; a kind of which none comes
 * stays as it is.
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
 * Asks for a pending or running import to stop; one whose records are in place already, and which only brings identities up to
 * date, is 409. The answer says `Canceling`; the import is `Canceled` as soon as its build has put its work away. What the
 * application held before stays.
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
 * The import with its files, its log and, once finished, its metrics. Poll it until `buildEnd` is set.
 */
export const getApplicationImport = <ThrowOnError extends boolean = false>(options: Options<GetApplicationImportData, ThrowOnError>): RequestResult<GetApplicationImportResponses, GetApplicationImportErrors, ThrowOnError> => (options.client ?? client).get<GetApplicationImportResponses, GetApplicationImportErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/application-imports/{id}',
    ...options
});

/**
 * Download an import's log
 *
 * The log as plain text. 404 while nothing has been logged yet.
 */
export const downloadImportLog = <ThrowOnError extends boolean = false>(options: Options<DownloadImportLogData, ThrowOnError>): RequestResult<DownloadImportLogResponses, DownloadImportLogErrors, ThrowOnError> => (options.client ?? client).get<DownloadImportLogResponses, DownloadImportLogErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/application-imports/{id}/log',
    ...options
});

/**
 * Download a file of an import
 *
 * The file byte for byte as it was imported. 404 once it is no longer kept.
 */
export const downloadImportFile = <ThrowOnError extends boolean = false>(options: Options<DownloadImportFileData, ThrowOnError>): RequestResult<DownloadImportFileResponses, DownloadImportFileErrors, ThrowOnError> => (options.client ?? client).get<DownloadImportFileResponses, DownloadImportFileErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/application-imports/{id}/files/{fileId}',
    ...options
});

/**
 * List identities
 *
 * All identities of whatever status, ordered by last name, then first name; case and accents do not count. The filters are combined.
 *
 * `search` finds what begins with the text: a first name, a last name, an e-mail address, or a whole name as `Sarah Chen` or
 * `Chen, Sarah`. A search that matches more than 1,000 identities is refused: add letters.
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
 * The identity as the directory and the personnel events have made it.
 */
export const getIdentity = <ThrowOnError extends boolean = false>(options: Options<GetIdentityData, ThrowOnError>): RequestResult<GetIdentityResponses, GetIdentityErrors, ThrowOnError> => (options.client ?? client).get<GetIdentityResponses, GetIdentityErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/identities/{id}',
    ...options
});

/**
 * List personnel events
 *
 * Ordered by effective date, latest first; those of one date by number, highest first. The filters are combined.
 */
export const listPersonnelEvents = <ThrowOnError extends boolean = false>(options?: Options<ListPersonnelEventsData, ThrowOnError>): RequestResult<ListPersonnelEventsResponses, ListPersonnelEventsErrors, ThrowOnError> => (options?.client ?? client).get<ListPersonnelEventsResponses, ListPersonnelEventsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events',
    ...options
});

/**
 * Onboard a person
 *
 * Records that somebody begins. The identity is made when the stage `Approval` is completed, unless a directory has brought an
 * active one with this e-mail address in the meantime, which it then is; until then `affectedIdentity` is null and
 * `requestedIdentity` says what it will be. Approval also makes an access request `Add` for each application with
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
 * Records that somebody leaves. Approval makes an access request `Remove` for each account of the identity that imports have
 * brought: the users whose employee number is the identity's key in its directory, or whose e-mail address is the identity's
 * (but none with the address of somebody else), in applications that are not archived. When the effective date comes, accounts
 * that imports have brought since are added, and the other unfinished events of the identity are canceled. When all requests
 * are done, the identity is `Disabled`.
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
 * Records a change of position. Members of `identity` that are sent are what changes, `null` empties one; the identity changes
 * when the effective date comes and the event is approved. Approval makes an access request `Change` for each account of the
 * identity. With `endDate` the old access is kept until then: a second `Change` for each account, in the stage `Removal`, ends
 * it.
 *
 * Stages: `Approval`, `Provision`, with `endDate` also `Removal`, and `Verification`.
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
 * Records that somebody is away for a time. Approval makes an access request `Suspend` and an access request `Restore` for
 * each account of the identity. Without `endDate` the stage `Removal`, which restores, is snoozed until `updatePersonnelEvent`
 * tells the return date.
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
 * The event with its stages, all that was done about it and the comments.
 */
export const getPersonnelEvent = <ThrowOnError extends boolean = false>(options: Options<GetPersonnelEventData, ThrowOnError>): RequestResult<GetPersonnelEventResponses, GetPersonnelEventErrors, ThrowOnError> => (options.client ?? client).get<GetPersonnelEventResponses, GetPersonnelEventErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/personnel-events/{id}',
    ...options
});

/**
 * Set the return date of a leave
 *
 * Wakes a leave's snoozed stage `Removal` for that date, moves one that is scheduled, or, with `null`, snoozes it until the
 * date is known. A date that has come opens it as soon as the suspensions are done. 409 once the stage is open; 422 for events
 * that are no leave.
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
 * Approves an event (`Approval`), with all that follows from it, or confirms that it is done (`Verification`). `Provision` and
 * `Removal` complete by themselves when their access requests are completed or canceled. Of two calls at the same moment one
 * completes the stage and the other is 409, as is a call for a stage whose turn it is not, and the approval of anything but an
 * offboarding for somebody who is being offboarded.
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
 * Cancels the event, its stages and its access requests, but for what is completed, which stays. The identity that a canceled
 * onboarding had made is `Disabled`, unless a directory has brought it by now. 409 for an event that has ended, for a leave
 * that has suspended access (set its return date, so that it is restored), and for an offboarding that has ended such a leave.
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
 * At any time, also after it has ended. An event takes 1,000 comments; then 409.
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
 * Ordered by when they were made, newest first. The filters are combined.
 */
export const listAccessRequests = <ThrowOnError extends boolean = false>(options?: Options<ListAccessRequestsData, ThrowOnError>): RequestResult<ListAccessRequestsResponses, ListAccessRequestsErrors, ThrowOnError> => (options?.client ?? client).get<ListAccessRequestsResponses, ListAccessRequestsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-requests',
    ...options
});

/**
 * Get an access request
 *
 * The request with the privileges that the account had when it was made, all that was done about it, the comments, the
 * responses it needs and what it belongs to.
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
 * Says that the access was changed as requested; somebody may verify it before it is completed. 409 unless it is `Open`.
 */
export const resolveAccessRequest = <ThrowOnError extends boolean = false>(options: Options<ResolveAccessRequestData, ThrowOnError>): RequestResult<ResolveAccessRequestResponses, ResolveAccessRequestErrors, ThrowOnError> => (options.client ?? client).post<ResolveAccessRequestResponses, ResolveAccessRequestErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-requests/{id}/resolve',
    ...options
});

/**
 * Complete an access request
 *
 * Ends a request that is `Resolved`, or `Open` where nobody verifies. The last request of a stage completes the stage, and
 * with it whatever follows. 409 in every other status.
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
 * The access stays as it is, and the stage goes on without this request. 409 for a request that has ended.
 */
export const cancelAccessRequest = <ThrowOnError extends boolean = false>(options: Options<CancelAccessRequestData, ThrowOnError>): RequestResult<CancelAccessRequestResponses, CancelAccessRequestErrors, ThrowOnError> => (options.client ?? client).post<CancelAccessRequestResponses, CancelAccessRequestErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-requests/{id}/cancel',
    ...options
});

/**
 * Comment on an access request
 *
 * At any time, also after it has ended. A request takes 1,000 comments; then 409.
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
 * The users of an environment, ordered by key.
 */
export const listUsers = <ThrowOnError extends boolean = false>(options: Options<ListUsersData, ThrowOnError>): RequestResult<ListUsersResponses, ListUsersErrors, ThrowOnError> => (options.client ?? client).get<ListUsersResponses, ListUsersErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users',
    ...options
});

/**
 * Create a user
 *
 * 409 when the key is taken; `replaceUser` creates or replaces.
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
 * The user, its roles and its place in tenants are gone.
 */
export const deleteUser = <ThrowOnError extends boolean = false>(options: Options<DeleteUserData, ThrowOnError>): RequestResult<DeleteUserResponses, DeleteUserErrors, ThrowOnError> => (options.client ?? client).delete<DeleteUserResponses, DeleteUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}',
    ...options
});

/**
 * Get a user
 *
 * The user with its tenants and roles.
 */
export const getUser = <ThrowOnError extends boolean = false>(options: Options<GetUserData, ThrowOnError>): RequestResult<GetUserResponses, GetUserErrors, ThrowOnError> => (options.client ?? client).get<GetUserResponses, GetUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}',
    ...options
});

/**
 * Change a user
 *
 * Members that are given are overwritten whole, `attributes` too; others stay.
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
 * Members left out are reset. `role_assignments`, where it is given, replaces the roles, and the user stays a member of its
 * tenants; left out, they stay. A user that does not exist is created with the key in the path.
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
 * Take a role in a tenant from a user
 *
 * The user stays a member of the tenant. 404 for a role that it does not have.
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
 * Give a user a role in a tenant
 *
 * The user becomes a member of the tenant if it is none. A role it has already is no mistake.
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
 * The tenants of an environment, ordered by key; as a bare list, or in an envelope with `include_total_count=true`.
 */
export const listTenants = <ThrowOnError extends boolean = false>(options: Options<ListTenantsData, ThrowOnError>): RequestResult<ListTenantsResponses, ListTenantsErrors, ThrowOnError> => (options.client ?? client).get<ListTenantsResponses, ListTenantsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants',
    ...options
});

/**
 * Create a tenant
 *
 * A tenant that exists is answered as it is, with 200 and unchanged.
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
 * The tenant, its members' places in it and their roles in it are gone; the users stay.
 */
export const deleteTenant = <ThrowOnError extends boolean = false>(options: Options<DeleteTenantData, ThrowOnError>): RequestResult<DeleteTenantResponses, DeleteTenantErrors, ThrowOnError> => (options.client ?? client).delete<DeleteTenantResponses, DeleteTenantErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}',
    ...options
});

/**
 * Get a tenant
 *
 * The tenant.
 */
export const getTenant = <ThrowOnError extends boolean = false>(options: Options<GetTenantData, ThrowOnError>): RequestResult<GetTenantResponses, GetTenantErrors, ThrowOnError> => (options.client ?? client).get<GetTenantResponses, GetTenantErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}',
    ...options
});

/**
 * Change a tenant
 *
 * Members that are given are overwritten whole, `attributes` too; others stay.
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
 * Members left out are reset. A tenant that does not exist is created with the key in the path.
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
 * The members of a tenant, ordered by key.
 */
export const listTenantUsers = <ThrowOnError extends boolean = false>(options: Options<ListTenantUsersData, ThrowOnError>): RequestResult<ListTenantUsersResponses, ListTenantUsersErrors, ThrowOnError> => (options.client ?? client).get<ListTenantUsersResponses, ListTenantUsersErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users',
    ...options
});

/**
 * Add a user to a tenant
 *
 * A user that does not exist is created; one that exists joins unchanged, but for the roles that are given.
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
 * Takes the user's roles in the tenant, too. The user itself stays. 404 for one that is no member.
 */
export const removeTenantUser = <ThrowOnError extends boolean = false>(options: Options<RemoveTenantUserData, ThrowOnError>): RequestResult<RemoveTenantUserResponses, RemoveTenantUserErrors, ThrowOnError> => (options.client ?? client).delete<RemoveTenantUserResponses, RemoveTenantUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users/{userId}',
    ...options
});

/**
 * Get the settings
 *
 * What the organization has set.
 */
export const getSettings = <ThrowOnError extends boolean = false>(options?: Options<GetSettingsData, ThrowOnError>): RequestResult<GetSettingsResponses, GetSettingsErrors, ThrowOnError> => (options?.client ?? client).get<GetSettingsResponses, GetSettingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/settings',
    ...options
});

/**
 * Change the settings
 *
 * Members that are given change, others stay. A custom field is switched on by giving it a name, and off with `null`, which
 * deletes for good what personnel events have said of it.
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
 * All tokens that the caller's level reaches, ordered by name. Secrets are not shown; `secretStart` tells tokens apart.
 */
export const listTokens = <ThrowOnError extends boolean = false>(options?: Options<ListTokensData, ThrowOnError>): RequestResult<ListTokensResponses, ListTokensErrors, ThrowOnError> => (options?.client ?? client).get<ListTokensResponses, ListTokensErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens',
    ...options
});

/**
 * Create a token
 *
 * The answer holds the token's secret, this once, unless it `isRevealable`. Without a project and an environment it is of the
 * caller's own level; without permissions it may do what its access level may. No token gets more than its creator has: 403
 * says what it would be.
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
 * Get the token or access key that is calling
 *
 * Any may read itself, whatever its rights; a call with an access token tells of the access key.
 */
export const getCurrentToken = <ThrowOnError extends boolean = false>(options?: Options<GetCurrentTokenData, ThrowOnError>): RequestResult<GetCurrentTokenResponses, GetCurrentTokenErrors, ThrowOnError> => (options?.client ?? client).get<GetCurrentTokenResponses, GetCurrentTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/current',
    ...options
});

/**
 * Delete a token
 *
 * Whoever uses it is refused from the next request on, by every server process. A token may delete itself.
 */
export const deleteToken = <ThrowOnError extends boolean = false>(options: Options<DeleteTokenData, ThrowOnError>): RequestResult<DeleteTokenResponses, DeleteTokenErrors, ThrowOnError> => (options.client ?? client).delete<DeleteTokenResponses, DeleteTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/{id}',
    ...options
});

/**
 * Get a token
 *
 * The token with its rights and fields, without its secret.
 */
export const getToken = <ThrowOnError extends boolean = false>(options: Options<GetTokenData, ThrowOnError>): RequestResult<GetTokenResponses, GetTokenErrors, ThrowOnError> => (options.client ?? client).get<GetTokenResponses, GetTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/{id}',
    ...options
});

/**
 * Change a token
 *
 * Its name, its expiration, whether it is disabled, its rights. An `expirationDate` of `null` lets it never expire; a new date
 * gives an expired token its life back. A token that has more than the caller has, or would have, is refused with 403.
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
 * List tokens that deserve a second look
 *
 * Tokens that can still be used, with what speaks against each: `Never used`, `Idle` (not used for 90 days), `Never expires`,
 * `Unrestricted` (an administrator's without permissions). Ordered by name. Access keys are not among them.
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
 * Deletes every token and every access key that the caller's level reaches, at once and for good; nothing brings them back. A
 * dry run only counts. Without the caller's own, which `keepsCaller: false` includes, nobody may be left to create new ones:
 * whoever runs the server does so with the `token` command.
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
 * Give a token a new secret
 *
 * The answer holds the new secret. Secrets there were before go on for the grace period, and not at all if it is 0; a second
 * rotation ends those of the first sooner if its grace period does. Everything else of the token stays, its expiration too.
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
 * Only a token that was created with `isRevealable` has a secret that can be read; 422 for any other. Each reveal is in the API log.
 */
export const revealToken = <ThrowOnError extends boolean = false>(options: Options<RevealTokenData, ThrowOnError>): RequestResult<RevealTokenResponses, RevealTokenErrors, ThrowOnError> => (options.client ?? client).post<RevealTokenResponses, RevealTokenErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/tokens/{id}/reveal',
    ...options
});

/**
 * List access keys
 *
 * All access keys that the caller's level reaches, ordered by name.
 */
export const listAccessKeys = <ThrowOnError extends boolean = false>(options?: Options<ListAccessKeysData, ThrowOnError>): RequestResult<ListAccessKeysResponses, ListAccessKeysErrors, ThrowOnError> => (options?.client ?? client).get<ListAccessKeysResponses, ListAccessKeysErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-keys',
    ...options
});

/**
 * Create an access key
 *
 * The answer holds the secret, this once. It never travels again: callers prove that they have it by an HMAC, and get a
 * short-lived access token for it (`createAccessToken`).
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
 * All its access tokens and refresh tokens end with it, from the next request on, on every server process.
 */
export const deleteAccessKey = <ThrowOnError extends boolean = false>(options: Options<DeleteAccessKeyData, ThrowOnError>): RequestResult<DeleteAccessKeyResponses, DeleteAccessKeyErrors, ThrowOnError> => (options.client ?? client).delete<DeleteAccessKeyResponses, DeleteAccessKeyErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-keys/{id}',
    ...options
});

/**
 * Get an access key
 *
 * The access key without its secret, which nobody can read again.
 */
export const getAccessKey = <ThrowOnError extends boolean = false>(options: Options<GetAccessKeyData, ThrowOnError>): RequestResult<GetAccessKeyResponses, GetAccessKeyErrors, ThrowOnError> => (options.client ?? client).get<GetAccessKeyResponses, GetAccessKeyErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/access-keys/{id}',
    ...options
});

/**
 * Change an access key
 *
 * Its name, its expiration, whether it is disabled, its rights. All access tokens of a disabled or expired key are refused from the next request on.
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
 * The caller proves that it has the secret, without sending it: `x-hash` is the HMAC-SHA256 of `content` with the secret as
 * key, in hexadecimal digits or base64. `content` is any text; for a key with replay protection it is `<Unix
 * seconds>.<nonce>`, at most five minutes off, each nonce once.
 *
 * CONTENT="$(date +%s).$(openssl rand -hex 16)"
 * HASH=$(printf %s "$CONTENT" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/.* //')
 *
 * The access token works as `x-access-token: …` and as `Authorization: Bearer …`, for an hour, with the rights of the key.
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
 * A refresh token works once, for a day. Whoever presents one a second time has it from somewhere else, or somebody else has:
 * all access tokens and refresh tokens that came from the same exchange end. Whoever lost an answer proves the secret again
 * with `createAccessToken`.
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
 * The caller's organization; for the one that hosts the server, which its first start made, all there are. Ordered by key.
 */
export const listOrganizations = <ThrowOnError extends boolean = false>(options?: Options<ListOrganizationsData, ThrowOnError>): RequestResult<ListOrganizationsResponses, ListOrganizationsErrors, ThrowOnError> => (options?.client ?? client).get<ListOrganizationsResponses, ListOrganizationsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/orgs',
    ...options
});

/**
 * Create an organization
 *
 * With a project `default`, whose environment `production` is the organization's default environment, and an administrator's
 * token, whose secret the answer holds, this once. Only the organization that hosts the server creates others.
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
 * The caller's own, or any for the organization that hosts the server.
 */
export const getOrganization = <ThrowOnError extends boolean = false>(options: Options<GetOrganizationData, ThrowOnError>): RequestResult<GetOrganizationResponses, GetOrganizationErrors, ThrowOnError> => (options.client ?? client).get<GetOrganizationResponses, GetOrganizationErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/orgs/{organizationKey}',
    ...options
});

/**
 * List projects
 *
 * The projects that the caller's level reaches, ordered by key.
 */
export const listProjects = <ThrowOnError extends boolean = false>(options?: Options<ListProjectsData, ThrowOnError>): RequestResult<ListProjectsResponses, ListProjectsErrors, ThrowOnError> => (options?.client ?? client).get<ListProjectsResponses, ListProjectsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/projects',
    ...options
});

/**
 * Create a project
 *
 * With environments `development` and `production`. Wants a token of the level Organization.
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
 * By key or id.
 */
export const getProject = <ThrowOnError extends boolean = false>(options: Options<GetProjectData, ThrowOnError>): RequestResult<GetProjectResponses, GetProjectErrors, ThrowOnError> => (options.client ?? client).get<GetProjectResponses, GetProjectErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/projects/{projectKey}',
    ...options
});

/**
 * List environments
 *
 * The project's environments that the caller's level reaches, ordered by key.
 */
export const listEnvironments = <ThrowOnError extends boolean = false>(options: Options<ListEnvironmentsData, ThrowOnError>): RequestResult<ListEnvironmentsResponses, ListEnvironmentsErrors, ThrowOnError> => (options.client ?? client).get<ListEnvironmentsResponses, ListEnvironmentsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/projects/{projectKey}/envs',
    ...options
});

/**
 * Create an environment
 *
 * Empty; nothing of the project's other environments is in it. A token of the level Environment creates none.
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
 * By keys or ids.
 */
export const getEnvironment = <ThrowOnError extends boolean = false>(options: Options<GetEnvironmentData, ThrowOnError>): RequestResult<GetEnvironmentResponses, GetEnvironmentErrors, ThrowOnError> => (options.client ?? client).get<GetEnvironmentResponses, GetEnvironmentErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/v2/projects/{projectKey}/envs/{environmentKey}',
    ...options
});

/**
 * List calls
 *
 * Every call to a path that wants a token, the refused ones too, newest first. The filters are combined. Ask on with `before`
 * as long as `nextBefore` is not null: a page ends after 5,000 calls that the filters leave out, and may then hold few or
 * none. Calls of nobody known are in the log of the organization that hosts the server, the one that its first start made.
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
 * Bodies are cut at 64 KB; members that hold secrets, and whatever looks like one of ours, are `[redacted]`. Of an upload
 * there are the names, sizes and hashes of its files. A body that was not read, because the call was refused before, or could
 * not be read, or that came from nobody known, is null. Whoever may read the log reads what all callers sent and were
 * answered, whatever else its permissions say.
 *
 */
export const getLog = <ThrowOnError extends boolean = false>(options: Options<GetLogData, ThrowOnError>): RequestResult<GetLogResponses, GetLogErrors, ThrowOnError> => (options.client ?? client).get<GetLogResponses, GetLogErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }, { name: 'x-access-token', type: 'apiKey' }],
    url: '/api/logs/{id}',
    ...options
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
 * This contract as a page to read
 *
 * Reads the contract of this server, and nothing from anywhere else.
 */
export const getDocs = <ThrowOnError extends boolean = false>(options?: Options<GetDocsData, ThrowOnError>): RequestResult<GetDocsResponses, GetDocsErrors, ThrowOnError> => (options?.client ?? client).get<GetDocsResponses, GetDocsErrors, ThrowOnError>({ url: '/docs', ...options });

/**
 * This contract with samples
 *
 * The contract as JSON, each operation with samples in curl, PowerShell, Python and TypeScript (`x-codeSamples`).
 */
export const getDocsContract = <ThrowOnError extends boolean = false>(options?: Options<GetDocsContractData, ThrowOnError>): RequestResult<GetDocsContractResponses, GetDocsContractErrors, ThrowOnError> => (options?.client ?? client).get<GetDocsContractResponses, GetDocsContractErrors, ThrowOnError>({ url: '/docs/openapi.json', ...options });

/**
 * The program of the page
 *
 * Redoc, as it is published.
 */
export const getDocsScript = <ThrowOnError extends boolean = false>(options?: Options<GetDocsScriptData, ThrowOnError>): RequestResult<GetDocsScriptResponses, GetDocsScriptErrors, ThrowOnError> => (options?.client ?? client).get<GetDocsScriptResponses, GetDocsScriptErrors, ThrowOnError>({ url: '/docs/redoc.js', ...options });

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
