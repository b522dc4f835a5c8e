// Made by `npm run generate` from openapi.yaml. Never edit.

export type ClientOptions = {
    baseUrl: `${string}://{host}` | (string & {});
};

export type Id = string;

export type CorrelationId = string;

export type Instant = string;

export type NullableInstant = string | null;

export type Count = number;

/**
 * Not blank, no control characters
 */
export type Name = string;

export type Error = {
    /**
     * A code for programs
     */
    error: 'validation_error' | 'unauthorized' | 'forbidden' | 'not_found' | 'method_not_allowed' | 'request_timeout' | 'conflict' | 'payload_too_large' | 'unsupported_media_type' | 'unprocessable_entity' | 'too_many_requests' | 'header_fields_too_large' | 'server_error' | 'creation_failed' | 'unavailable';
    /**
     * A sentence for people
     */
    message: string;
    correlationId: CorrelationId;
    /**
     * One entry a field, where fields are at fault
     */
    errors?: Array<FieldError>;
};

export type FieldError = {
    /**
     * The field as the request names it, dotted where it is nested
     */
    field: string;
    message: string;
};

export type Health = {
    status: 'ok';
};

export type Priority = 'None' | 'Low' | 'Moderate' | 'High' | 'Critical';

/**
 * What a row of a file is
 */
export type RowsKind = 'users' | 'groups' | 'privileges' | 'identities';

export type ApplicationSummary = {
    id: Id;
    kind: 'Application';
    name: Name;
    priority: Priority;
    isArchived: boolean;
    /**
     * When its data last came in; null before the first finished import
     */
    lastUpdated: NullableInstant;
};

export type Application = {
    id: Id;
    kind: 'Application';
    name: Name;
    priority: Priority;
    isArchived: boolean;
    /**
     * When its data last came in; null before the first finished import
     */
    lastUpdated: NullableInstant;
    changeLimitPercent: ChangeLimitPercent;
    connector: Connector | null;
    importSchedule: ImportSchedule | null;
    /**
     * The newest import, of whatever status; `recordCounts` and `lastUpdated` tell of the last finished one
     */
    lastImport: LastImport | null;
    recordCounts: RecordCounts;
};

/**
 * How many records the application holds since its last finished import
 */
export type RecordCounts = {
    users: Count;
    groups: Count;
    privileges: Count;
    identities: Count;
};

export type LastImport = {
    id: Id;
    kind: 'Application Import';
    /**
     * Counts up over all applications
     */
    number: number;
    type: 'Scheduled' | 'Manual' | 'API';
    status: ImportStatus;
    buildStart: NullableInstant;
    buildEnd: NullableInstant;
};

/**
 * A build that adds, changes and removes more than this share of the records there were fails and changes nothing; null sets no limit. The first
 * import of an application is never held back.
 *
 */
export type ChangeLimitPercent = number | null;

export type Connector = {
    name: Name;
    version: string | null;
    isFileBased: true;
    fileGroups: Array<FileGroup>;
};

export type FileGroup = {
    id: Id;
    name: Name;
    rows: RowsKind;
    isRequired: boolean;
    delimiter: Delimiter;
    columns: Columns;
};

export type ConnectorInput = {
    name: Name;
    version?: string | null;
    fileGroups: Array<FileGroupInput>;
};

export type FileGroupInput = {
    /**
     * Made by the server where it is left out
     */
    id?: Id;
    name: Name;
    rows: RowsKind;
    isRequired?: boolean;
    delimiter?: Delimiter;
    columns: Columns;
};

/**
 * What separates the columns
 */
export type Delimiter = ',' | ';' | '\t' | '|';

/**
 * Which field is in which column: our field's name to the header of the file's column, in any case. A file may have other columns and any order.
 *
 * | rows | fields that must be mapped | others |
 * |---|---|---|
 * | `users` | `key` | `name`, `emailAddress`, `employeeNumber`, `status`, `description`, `lastLoginDate` |
 * | `groups` | `key` | `name`, `description` |
 * | `privileges` | `name`, and `userKey` or `groupKey` or both | `value`, `description` |
 * | `identities` | `key` | `firstName`, `lastName`, `emailAddress`, `type`, `title`, `company`, `division`, `department`, `office`, `supervisorKey`, `createdDate`, `updatedDate`, `status` |
 *
 * Every row needs a value in `key` (in `name` and in one of `userKey` and `groupKey` for a privilege); two rows with the same key are one row and one rejection.
 *
 */
export type Columns = {
    [key: string]: string;
};

export type ImportSchedule = {
    cron: Cron;
    timeZone: TimeZone;
    /**
     * When the schedule stages the next import by itself; null without `cron` and for an archived application
     */
    nextRunDate: NullableInstant;
    files: Array<ScheduledFile>;
};

export type ImportScheduleInput = {
    cron?: Cron;
    timeZone?: TimeZone;
    /**
     * A path for every required file group of the connector
     */
    files: Array<ScheduledFile>;
};

/**
 * When to stage by itself, as five cron fields (minute, hour, day, month, weekday); null only stages when asked to
 */
export type Cron = string | null;

/**
 * The IANA time zone in which `cron` is meant
 */
export type TimeZone = string;

export type ScheduledFile = {
    fileGroupId: Id;
    /**
     * Where the file is, from the server's shared directory on; `..`, absolute paths and links out of it are refused
     */
    path: string;
};

export type ApplicationCreate = {
    name: Name;
    priority?: Priority;
    isArchived?: boolean;
    changeLimitPercent?: ChangeLimitPercent;
    connector?: ConnectorInput | null;
    importSchedule?: ImportScheduleInput | null;
};

export type ApplicationUpdate = {
    name?: Name;
    priority?: Priority;
    isArchived?: boolean;
    changeLimitPercent?: ChangeLimitPercent;
    connector?: ConnectorInput | null;
    importSchedule?: ImportScheduleInput | null;
};

export type ApplicationPage = {
    items: Array<ApplicationSummary>;
    totalCount: Count;
    page: number;
    pageSize: number;
    totalPages: Count;
};

export type ApplicationRecord = {
    key: string;
    /**
     * The mapped fields that are not empty
     */
    attributes: {
        [key: string]: string;
    };
};

export type ApplicationRecordPage = {
    items: Array<ApplicationRecord>;
    totalCount: Count;
    page: number;
    pageSize: number;
    totalPages: Count;
};

export type ImportStatus = 'Pending' | 'Running' | 'Finished' | 'Failed' | 'Canceled' | 'Canceling';

export type ApplicationImportSummary = {
    id: Id;
    kind: 'Application Import';
    /**
     * Counts up over all applications
     */
    number: number;
    type: 'Scheduled' | 'Manual' | 'API';
    status: ImportStatus;
    buildStart: NullableInstant;
    buildEnd: NullableInstant;
    application: ApplicationSummary;
};

export type ApplicationImport = {
    id: Id;
    kind: 'Application Import';
    /**
     * Counts up over all applications
     */
    number: number;
    type: 'Scheduled' | 'Manual' | 'API';
    status: ImportStatus;
    buildStart: NullableInstant;
    buildEnd: NullableInstant;
    /**
     * `API Token - ` and the name of the token, or `Schedule`
     */
    createdBy: string;
    /**
     * What the build did, in words
     */
    log: string | null;
    files: Array<ImportFile>;
    /**
     * Null unless `status` is `Finished`
     */
    metrics: ImportMetrics | null;
    application: ApplicationSummary;
};

export type ImportFile = {
    id: Id;
    fileGroupId: Id;
    fileGroup: Name;
    /**
     * The file's own name
     */
    name: string;
};

export type ImportMetrics = {
    users: RowCounts;
    groups: RowCounts;
    privileges: RowCounts;
    identities: RowCounts;
    durationMs: Count;
};

/**
 * `read` = `added` + `changed` + `unchanged` + `rejected`; `removed` were there before and are no longer
 */
export type RowCounts = {
    read: Count;
    added: Count;
    changed: Count;
    removed: Count;
    unchanged: Count;
    rejected: Count;
};

export type ApplicationImportPage = {
    items: Array<ApplicationImportSummary>;
    totalCount: Count;
    page: number;
    pageSize: number;
    totalPages: Count;
};

export type ApplicationImportStage = {
    applicationId: Id;
};

export type ApplicationImportCancel = {
    applicationImportId: Id;
};

export type ApplicationImportUpload = {
    applicationId?: Id;
    [key: string]: Blob | File | Id | undefined;
};

/**
 * `Administrator` may do all, `Write` all but tokens, `Read` may read and download
 */
export type AccessLevel = 'Administrator' | 'Write' | 'Read';

export type Token = {
    id: Id;
    kind: 'API Token';
    name: TokenName;
    /**
     * How much of the organization it reaches
     */
    level: 'Organization' | 'Project' | 'Environment';
    accessLevel: AccessLevel;
    status: 'Active' | 'Expired' | 'Disabled';
    /**
     * How the secret begins
     */
    secretStart: string;
    createdDate: Instant;
    createdBy: string;
    expirationDate: NullableInstant;
    /**
     * When it last authenticated a request, a few seconds late at most; null if never
     */
    lastUsedDate: NullableInstant;
};

export type CreatedToken = {
    id: Id;
    kind: 'API Token';
    name: TokenName;
    /**
     * How much of the organization it reaches
     */
    level: 'Organization' | 'Project' | 'Environment';
    accessLevel: AccessLevel;
    status: 'Active' | 'Expired' | 'Disabled';
    /**
     * How the secret begins
     */
    secretStart: string;
    createdDate: Instant;
    createdBy: string;
    expirationDate: NullableInstant;
    /**
     * When it last authenticated a request, a few seconds late at most; null if never
     */
    lastUsedDate: NullableInstant;
    /**
     * Shown this once
     */
    secret: string;
};

export type TokenName = string;

/**
 * An ISO 8601 date (that day's beginning, UTC) or instant, later than now; null never expires
 */
export type ExpirationInput = string | string | null;

export type TokenCreate = {
    name: TokenName;
    accessLevel?: AccessLevel;
    expirationDate?: ExpirationInput;
};

export type TokenUpdate = {
    name?: TokenName;
    expirationDate?: ExpirationInput;
};

export type TokenPage = {
    items: Array<Token>;
    totalCount: Count;
    page: number;
    pageSize: number;
    totalPages: Count;
};

/**
 * Which page of 50, from 1
 */
export type Page = number;

/**
 * The id
 */
export type Id2 = Id;

export type ListApplicationsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Which page of 50, from 1
         */
        page?: number;
    };
    url: '/api/applications';
};

export type ListApplicationsErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type ListApplicationsError = ListApplicationsErrors[keyof ListApplicationsErrors];

export type ListApplicationsResponses = {
    /**
     * A page of applications
     */
    200: ApplicationPage;
};

export type ListApplicationsResponse = ListApplicationsResponses[keyof ListApplicationsResponses];

export type CreateApplicationData = {
    body: ApplicationCreate;
    path?: never;
    query?: never;
    url: '/api/applications';
};

export type CreateApplicationErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is good, but may not do this; the message names the right that is missing
     */
    403: Error;
    /**
     * The body is larger than the server takes
     */
    413: Error;
    /**
     * The body is not of the media type that this operation reads
     */
    415: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type CreateApplicationError = CreateApplicationErrors[keyof CreateApplicationErrors];

export type CreateApplicationResponses = {
    /**
     * The application as created
     */
    201: Application;
};

export type CreateApplicationResponse = CreateApplicationResponses[keyof CreateApplicationResponses];

export type GetApplicationData = {
    body?: never;
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/applications/{id}';
};

export type GetApplicationErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * There is no such thing, or not for this token
     */
    404: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type GetApplicationError = GetApplicationErrors[keyof GetApplicationErrors];

export type GetApplicationResponses = {
    /**
     * The application
     */
    200: Application;
};

export type GetApplicationResponse = GetApplicationResponses[keyof GetApplicationResponses];

export type UpdateApplicationData = {
    body: ApplicationUpdate;
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/applications/{id}';
};

export type UpdateApplicationErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is good, but may not do this; the message names the right that is missing
     */
    403: Error;
    /**
     * There is no such thing, or not for this token
     */
    404: Error;
    /**
     * The body is larger than the server takes
     */
    413: Error;
    /**
     * The body is not of the media type that this operation reads
     */
    415: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type UpdateApplicationError = UpdateApplicationErrors[keyof UpdateApplicationErrors];

export type UpdateApplicationResponses = {
    /**
     * The application as it is now
     */
    200: Application;
};

export type UpdateApplicationResponse = UpdateApplicationResponses[keyof UpdateApplicationResponses];

export type ListApplicationRecordsData = {
    body?: never;
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query: {
        /**
         * Which records
         */
        rows: RowsKind;
        /**
         * Start behind this key, and count `page` from there. Reads any depth at the same cost, where `page` alone costs more the deeper it goes.
         * `totalCount` and `totalPages` still tell of all records.
         *
         */
        after?: string;
        /**
         * Which page of 50, from 1
         */
        page?: number;
    };
    url: '/api/applications/{id}/records';
};

export type ListApplicationRecordsErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * There is no such thing, or not for this token
     */
    404: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type ListApplicationRecordsError = ListApplicationRecordsErrors[keyof ListApplicationRecordsErrors];

export type ListApplicationRecordsResponses = {
    /**
     * A page of records
     */
    200: ApplicationRecordPage;
};

export type ListApplicationRecordsResponse = ListApplicationRecordsResponses[keyof ListApplicationRecordsResponses];

export type ListApplicationImportsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Which page of 50, from 1
         */
        page?: number;
        /**
         * Only imports of this application
         */
        applicationId?: Id;
    };
    url: '/api/application-imports';
};

export type ListApplicationImportsErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type ListApplicationImportsError = ListApplicationImportsErrors[keyof ListApplicationImportsErrors];

export type ListApplicationImportsResponses = {
    /**
     * A page of imports
     */
    200: ApplicationImportPage;
};

export type ListApplicationImportsResponse = ListApplicationImportsResponses[keyof ListApplicationImportsResponses];

export type StageApplicationImportData = {
    body: ApplicationImportStage;
    path?: never;
    query?: never;
    url: '/api/application-imports/stage';
};

export type StageApplicationImportErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is good, but may not do this; the message names the right that is missing
     */
    403: Error;
    /**
     * The body is larger than the server takes
     */
    413: Error;
    /**
     * The body is not of the media type that this operation reads
     */
    415: Error;
    /**
     * The request is right, but something it needs is not there
     */
    422: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type StageApplicationImportError = StageApplicationImportErrors[keyof StageApplicationImportErrors];

export type StageApplicationImportResponses = {
    /**
     * The pending import
     */
    201: ApplicationImport;
};

export type StageApplicationImportResponse = StageApplicationImportResponses[keyof StageApplicationImportResponses];

export type UploadApplicationImportData = {
    body: ApplicationImportUpload;
    path?: never;
    query?: {
        /**
         * The application, where it is not sent as a form field
         */
        applicationId?: Id;
    };
    url: '/api/application-imports/upload';
};

export type UploadApplicationImportErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is good, but may not do this; the message names the right that is missing
     */
    403: Error;
    /**
     * The body is larger than the server takes
     */
    413: Error;
    /**
     * The body is not of the media type that this operation reads
     */
    415: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type UploadApplicationImportError = UploadApplicationImportErrors[keyof UploadApplicationImportErrors];

export type UploadApplicationImportResponses = {
    /**
     * The pending import
     */
    201: ApplicationImport;
};

export type UploadApplicationImportResponse = UploadApplicationImportResponses[keyof UploadApplicationImportResponses];

export type CancelApplicationImportData = {
    body: ApplicationImportCancel;
    path?: never;
    query?: never;
    url: '/api/application-imports/cancel';
};

export type CancelApplicationImportErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is good, but may not do this; the message names the right that is missing
     */
    403: Error;
    /**
     * There is no such thing, or not for this token
     */
    404: Error;
    /**
     * It is in a state in which this can't be done
     */
    409: Error;
    /**
     * The body is larger than the server takes
     */
    413: Error;
    /**
     * The body is not of the media type that this operation reads
     */
    415: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type CancelApplicationImportError = CancelApplicationImportErrors[keyof CancelApplicationImportErrors];

export type CancelApplicationImportResponses = {
    /**
     * The import, being canceled
     */
    200: ApplicationImport;
};

export type CancelApplicationImportResponse = CancelApplicationImportResponses[keyof CancelApplicationImportResponses];

export type GetApplicationImportData = {
    body?: never;
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/application-imports/{id}';
};

export type GetApplicationImportErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * There is no such thing, or not for this token
     */
    404: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type GetApplicationImportError = GetApplicationImportErrors[keyof GetApplicationImportErrors];

export type GetApplicationImportResponses = {
    /**
     * The import
     */
    200: ApplicationImport;
};

export type GetApplicationImportResponse = GetApplicationImportResponses[keyof GetApplicationImportResponses];

export type DownloadImportLogData = {
    body?: never;
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/application-imports/{id}/log';
};

export type DownloadImportLogErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * There is no such thing, or not for this token
     */
    404: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type DownloadImportLogError = DownloadImportLogErrors[keyof DownloadImportLogErrors];

export type DownloadImportLogResponses = {
    /**
     * The log
     */
    200: string;
};

export type DownloadImportLogResponse = DownloadImportLogResponses[keyof DownloadImportLogResponses];

export type DownloadImportFileData = {
    body?: never;
    path: {
        /**
         * The id
         */
        id: Id;
        /**
         * The file's id
         */
        fileId: Id;
    };
    query?: never;
    url: '/api/application-imports/{id}/files/{fileId}';
};

export type DownloadImportFileErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * There is no such thing, or not for this token
     */
    404: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type DownloadImportFileError = DownloadImportFileErrors[keyof DownloadImportFileErrors];

export type DownloadImportFileResponses = {
    /**
     * The file
     */
    200: string;
};

export type DownloadImportFileResponse = DownloadImportFileResponses[keyof DownloadImportFileResponses];

export type ListTokensData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Which page of 50, from 1
         */
        page?: number;
    };
    url: '/api/tokens';
};

export type ListTokensErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is good, but may not do this; the message names the right that is missing
     */
    403: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type ListTokensError = ListTokensErrors[keyof ListTokensErrors];

export type ListTokensResponses = {
    /**
     * A page of tokens
     */
    200: TokenPage;
};

export type ListTokensResponse = ListTokensResponses[keyof ListTokensResponses];

export type CreateTokenData = {
    body: TokenCreate;
    path?: never;
    query?: never;
    url: '/api/tokens';
};

export type CreateTokenErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is good, but may not do this; the message names the right that is missing
     */
    403: Error;
    /**
     * The body is larger than the server takes
     */
    413: Error;
    /**
     * The body is not of the media type that this operation reads
     */
    415: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type CreateTokenError = CreateTokenErrors[keyof CreateTokenErrors];

export type CreateTokenResponses = {
    /**
     * The token and its secret
     */
    201: CreatedToken;
};

export type CreateTokenResponse = CreateTokenResponses[keyof CreateTokenResponses];

export type GetCurrentTokenData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/tokens/current';
};

export type GetCurrentTokenErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type GetCurrentTokenError = GetCurrentTokenErrors[keyof GetCurrentTokenErrors];

export type GetCurrentTokenResponses = {
    /**
     * The token
     */
    200: Token;
};

export type GetCurrentTokenResponse = GetCurrentTokenResponses[keyof GetCurrentTokenResponses];

export type DeleteTokenData = {
    body?: never;
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/tokens/{id}';
};

export type DeleteTokenErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is good, but may not do this; the message names the right that is missing
     */
    403: Error;
    /**
     * There is no such thing, or not for this token
     */
    404: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type DeleteTokenError = DeleteTokenErrors[keyof DeleteTokenErrors];

export type DeleteTokenResponses = {
    /**
     * It is gone
     */
    204: void;
};

export type DeleteTokenResponse = DeleteTokenResponses[keyof DeleteTokenResponses];

export type GetTokenData = {
    body?: never;
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/tokens/{id}';
};

export type GetTokenErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is good, but may not do this; the message names the right that is missing
     */
    403: Error;
    /**
     * There is no such thing, or not for this token
     */
    404: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type GetTokenError = GetTokenErrors[keyof GetTokenErrors];

export type GetTokenResponses = {
    /**
     * The token
     */
    200: Token;
};

export type GetTokenResponse = GetTokenResponses[keyof GetTokenResponses];

export type UpdateTokenData = {
    body: TokenUpdate;
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/tokens/{id}';
};

export type UpdateTokenErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is good, but may not do this; the message names the right that is missing
     */
    403: Error;
    /**
     * There is no such thing, or not for this token
     */
    404: Error;
    /**
     * The body is larger than the server takes
     */
    413: Error;
    /**
     * The body is not of the media type that this operation reads
     */
    415: Error;
    /**
     * Over the rate limit
     */
    429: Error;
    /**
     * The server failed; nothing was half done
     */
    500: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type UpdateTokenError = UpdateTokenErrors[keyof UpdateTokenErrors];

export type UpdateTokenResponses = {
    /**
     * The token as it is now
     */
    200: Token;
};

export type UpdateTokenResponse = UpdateTokenResponses[keyof UpdateTokenResponses];

export type GetHealthData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/healthz';
};

export type GetHealthErrors = {
    /**
     * The request has a query parameter or is malformed in another way
     */
    400: Error;
};

export type GetHealthError = GetHealthErrors[keyof GetHealthErrors];

export type GetHealthResponses = {
    /**
     * Alive
     */
    200: Health;
};

export type GetHealthResponse = GetHealthResponses[keyof GetHealthResponses];

export type GetReadinessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/readyz';
};

export type GetReadinessErrors = {
    /**
     * The request has a query parameter or is malformed in another way
     */
    400: Error;
    /**
     * The database can't be reached, or the server is stopping; nothing was half done
     */
    503: Error;
};

export type GetReadinessError = GetReadinessErrors[keyof GetReadinessErrors];

export type GetReadinessResponses = {
    /**
     * Ready
     */
    200: Health;
};

export type GetReadinessResponse = GetReadinessResponses[keyof GetReadinessResponses];

export type GetContractYamlData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/openapi.yaml';
};

export type GetContractYamlErrors = {
    /**
     * The request has a query parameter or is malformed in another way
     */
    400: Error;
};

export type GetContractYamlError = GetContractYamlErrors[keyof GetContractYamlErrors];

export type GetContractYamlResponses = {
    /**
     * The contract
     */
    200: string;
};

export type GetContractYamlResponse = GetContractYamlResponses[keyof GetContractYamlResponses];

export type GetContractJsonData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/openapi.json';
};

export type GetContractJsonErrors = {
    /**
     * The request has a query parameter or is malformed in another way
     */
    400: Error;
};

export type GetContractJsonError = GetContractJsonErrors[keyof GetContractJsonErrors];

export type GetContractJsonResponses = {
    /**
     * The contract
     */
    200: {
        [key: string]: unknown;
    };
};

export type GetContractJsonResponse = GetContractJsonResponses[keyof GetContractJsonResponses];
