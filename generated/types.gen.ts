// Made by `npm run generate` from openapi.yaml. Never edit.

export type ClientOptions = {
    baseUrl: 'http://127.0.0.1:8080' | (string & {});
};

export type Id = string;

export type CorrelationId = string;

export type Instant = string;

export type NullableInstant = string | null;

/**
 * Whether the token or access key that created this one was deleted while this one stayed
 */
export type IsCreatorDeleted = boolean;

/**
 * The last request that this credential, or one of its access tokens, authenticated; null if it was never used. The server stores it
 * every ten seconds and at an orderly stop, so the last uses before a crash can be missing.
 *
 */
export type LastUsedDate = string | null;

export type Count = number;

/**
 * Not blank, without control characters
 */
export type Name = string;

export type PageNumber = number;

export type PageSize = 50;

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
     * The wrong fields, one entry for each
     */
    errors?: Array<FieldError>;
};

export type FieldError = {
    /**
     * Name of the field as in the request; dots separate nested names
     */
    field: string;
    message: string;
};

export type Health = {
    status: 'ok';
};

export type Priority = 'None' | 'Low' | 'Moderate' | 'High' | 'Critical';

/**
 * The kind of records that the rows of a file describe
 */
export type RowsKind = 'users' | 'groups' | 'privileges' | 'identities';

export type ApplicationSummary = {
    id: Id;
    kind: 'Application';
    name: Name;
    priority: Priority;
    isArchived: boolean;
    /**
     * End of the last finished import; null without one
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
     * End of the last finished import; null without one
     */
    lastUpdated: NullableInstant;
    /**
     * Whether an approved onboarding creates a request `Add` for it
     */
    isGrantedAtOnboarding: boolean;
    changeLimitPercent: ChangeLimitPercent;
    connector: Connector | null;
    importSchedule: ImportSchedule | null;
    /**
     * The newest import, in any status; `recordCounts` and `lastUpdated` describe the last finished import
     */
    lastImport: LastImport | null;
    recordCounts: RecordCounts;
};

/**
 * Numbers of stored records, since the last finished import
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
     * Sequential number over all applications
     */
    number: number;
    type: 'Scheduled' | 'Manual' | 'API';
    status: ImportStatus;
    buildStart: NullableInstant;
    buildEnd: NullableInstant;
};

/**
 * Maximum share of records, in percent of the stored records, that a build may add, change and remove together. A build above the
 * limit fails and changes nothing. null means no limit. The limit does not apply to the first import of an application.
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
     * The server creates an id if this is missing
     */
    id?: Id;
    name: Name;
    rows: RowsKind;
    isRequired?: boolean;
    delimiter?: Delimiter;
    columns: Columns;
};

/**
 * The character between columns
 */
export type Delimiter = ',' | ';' | '\t' | '|';

/**
 * Maps the field names of Gatehouse to the column headers of the file. The case of headers does not matter. A file may have other
 * columns, and columns in any order.
 *
 * - `users`: `key` must be mapped; `name`, `emailAddress`, `employeeNumber`, `status`, `description` and `lastLoginDate` may be.
 * - `groups`: `key` must be mapped; `name` and `description` may be.
 * - `privileges`: `name` must be mapped, and `userKey` or `groupKey` or both; `value` and `description` may be.
 * - `identities`: `key` must be mapped; `firstName`, `lastName`, `emailAddress`, `type`, `title`, `company`, `division`,
 * `department`, `office`, `supervisorKey`, `createdDate`, `updatedDate` and `status` may be.
 *
 * The `status` of an identity means disabled if it is Disabled, Inactive, Terminated, Removed, Deleted, No, False or 0. Upper
 * and lower case do not matter. Every other value means active. Values of identities have at most 256 characters. The
 * `employeeNumber` and `emailAddress` of a user link it to an identity.
 *
 * Every row needs a value for `key`. The row of a privilege needs a value for `name`, and one for `userKey` or `groupKey`. If two
 * rows have the same key, one is imported and the other is rejected.
 *
 */
export type Columns = {
    [key: string]: string;
};

export type ImportSchedule = {
    cron: Cron;
    timeZone: TimeZone;
    /**
     * Next scheduled import; null if none is planned
     */
    nextRunDate: NullableInstant;
    files: Array<ScheduledFile>;
};

export type ImportScheduleInput = {
    cron?: Cron;
    timeZone?: TimeZone;
    /**
     * One path for each required file group of the connector
     */
    files: Array<ScheduledFile>;
};

/**
 * Five cron fields (minute, hour, day, month, weekday) that say when imports are staged automatically; null for no automatic imports
 *
 */
export type Cron = string | null;

/**
 * IANA time zone of `cron`
 */
export type TimeZone = string;

export type ScheduledFile = {
    fileGroupId: Id;
    /**
     * Path of the file, relative to the shared folder of the environment; `..`, absolute paths, links, control characters and names
     * that Windows reserves are refused
     *
     */
    path: string;
};

export type ApplicationCreate = {
    name: Name;
    priority?: Priority;
    isArchived?: boolean;
    /**
     * Whether an approved onboarding creates a request `Add` for it
     */
    isGrantedAtOnboarding?: boolean;
    changeLimitPercent?: ChangeLimitPercent;
    connector?: ConnectorInput | null;
    importSchedule?: ImportScheduleInput | null;
};

export type ApplicationUpdate = {
    name?: Name;
    priority?: Priority;
    isArchived?: boolean;
    /**
     * Whether an approved onboarding creates a request `Add` for it
     */
    isGrantedAtOnboarding?: boolean;
    changeLimitPercent?: ChangeLimitPercent;
    connector?: ConnectorInput | null;
    importSchedule?: ImportScheduleInput | null;
};

export type ApplicationPage = {
    items: Array<ApplicationSummary>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type ApplicationRecord = {
    key: string;
    /**
     * The mapped fields that have a value
     */
    attributes: {
        [key: string]: string;
    };
};

export type ApplicationRecordPage = {
    items: Array<ApplicationRecord>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type ImportStatus = 'Pending' | 'Running' | 'Finished' | 'Failed' | 'Canceled' | 'Canceling';

export type ApplicationImportSummary = {
    id: Id;
    kind: 'Application Import';
    /**
     * Sequential number over all applications
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
     * Sequential number over all applications
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
     * Text log of the build
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
     * Name of the file
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
 * `read` = `added` + `changed` + `unchanged` + `rejected`; `removed` counts records that the new files no longer have
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
    page: PageNumber;
    pageSize: PageSize;
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

export type IdentityType = 'Employee' | 'Service Account' | 'Vendor' | 'Shared' | 'Mailbox' | 'Client' | 'Temporary' | 'Administrator' | 'Auditor' | 'Unknown';

/**
 * `Disabled`: by its directory or by an offboarding. `Removed`: no longer in its directory, but still stored
 */
export type IdentityStatus = 'Active' | 'Disabled' | 'Removed';

/**
 * The status to filter by. Upper and lower case and white space do not matter: ` removed ` means `Removed`.
 */
export type IdentityStatusFilter = IdentityStatus | string | string | string;

export type NullableText = string | null;

export type Identity = {
    id: Id;
    kind: 'Identity';
    firstName: NullableText;
    lastName: NullableText;
    emailAddress: NullableText;
    type: IdentityType;
    title: NullableText;
    company: NullableText;
    division: NullableText;
    department: NullableText;
    office: NullableText;
    /**
     * In the format `Last, First`
     */
    supervisorName: string | null;
    /**
     * Date of creation in its directory
     */
    createdDate: NullableInstant;
    /**
     * Date of the last change in its directory
     */
    updatedDate: NullableInstant;
    /**
     * First import or onboarding of this identity
     */
    firstSeenDate: Instant;
    /**
     * End of its active status; null while it is active
     */
    inactivatedDate: NullableInstant;
    status: IdentityStatus;
};

export type NullableIdentity = Identity | null;

export type IdentityPage = {
    items: Array<Identity>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type PersonReference = {
    id: Id;
    name: string;
};

export type NullablePersonReference = PersonReference | null;

/**
 * - `Pending`: waits for approval or, after its date, for the stages before it
 * - `Scheduled`: waits for its date
 * - `Snoozed`: waits until its date is known
 * - `Open`: work to do
 * - `Resolved`: done, waits for verification
 * - `Completed`, `Canceled`: ended
 *
 */
export type WorkStatus = 'Pending' | 'Open' | 'Resolved' | 'Completed' | 'Canceled' | 'Scheduled' | 'Snoozed';

/**
 * The status to filter by. Upper and lower case and white space do not matter: `OPEN` means `Open`.
 */
export type WorkStatusFilter = WorkStatus | string | string | string | string | string | string | string;

export type PersonnelEventType = 'Onboard' | 'Offboard' | 'Role Transition' | 'Absence';

/**
 * The type to filter by. Upper and lower case and white space do not matter: `roletransition` means `Role Transition`.
 */
export type PersonnelEventTypeFilter = PersonnelEventType | string | string | string | string;

export type StageName = 'Approval' | 'Provision' | 'Removal' | 'Verification';

export type PersonnelEventSummary = {
    id: Id;
    kind: 'Personnel Event';
    /**
     * Sequential number over all events
     */
    number: number;
    type: PersonnelEventType;
    status: WorkStatus;
    /**
     * Its name starts with `API Token - `
     */
    reporter: PersonReference;
    assignee: NullablePersonReference;
    /**
     * Null until an onboarding is approved
     */
    affectedIdentity: NullableIdentity;
    /**
     * Effective date, or start of a leave
     */
    neededOn: Instant;
    /**
     * End of a leave or overlap; null without such a date
     */
    neededUntil: NullableInstant;
    /**
     * Time of completion or cancellation
     */
    completedOn: NullableInstant;
};

export type PersonnelEvent = {
    id: Id;
    kind: 'Personnel Event';
    /**
     * Sequential number over all events
     */
    number: number;
    type: PersonnelEventType;
    status: WorkStatus;
    /**
     * Its name starts with `API Token - `
     */
    reporter: PersonReference;
    assignee: NullablePersonReference;
    /**
     * Null until an onboarding is approved
     */
    affectedIdentity: NullableIdentity;
    /**
     * Effective date, or start of a leave
     */
    neededOn: Instant;
    /**
     * End of a leave or overlap; null without such a date
     */
    neededUntil: NullableInstant;
    /**
     * Time of completion or cancellation
     */
    completedOn: NullableInstant;
    stages: Array<Stage>;
    /**
     * Number of entries in all pages of `activity`
     */
    activityCount: HistoryCount;
    /**
     * The latest 50 entries of the history, oldest first, or those of `activityPage`
     */
    activity: Array<Activity>;
    /**
     * Number of comments in all pages of `comments`
     */
    commentCount: HistoryCount;
    /**
     * The latest 50 comments, oldest first, or those of `commentPage`
     */
    comments: Array<Comment>;
    /**
     * Requested values of the identity, named as in the request; null if the event requests none
     */
    requestedIdentity: RequestedIdentity | null;
};

export type Stage = {
    name: StageName;
    status: WorkStatus;
    /**
     * Due date; null for stages without a date
     */
    neededOn: NullableInstant;
    completedOn: NullableInstant;
};

export type HistoryCount = number;

export type Activity = {
    date: Instant;
    /**
     * `API Token - ` and the name of the token, or `Gatehouse` for automatic steps
     */
    user: string;
    description: string;
};

export type Comment = {
    id: Id;
    author: string;
    text: string;
    date: Instant;
};

export type CommentText = string;

export type CommentCreate = {
    text: CommentText;
};

/**
 * A comment on the event; Gatehouse ignores a blank one
 */
export type OptionalComment = string | null;

export type PersonnelEventPage = {
    items: Array<PersonnelEventSummary>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

/**
 * An ISO 8601 time, or a date: the start of that day in the time zone of the organization
 */
export type DateInput = string | string;

/**
 * An ISO 8601 time, or a date: the start of that day in the time zone of the organization
 */
export type NullableDateInput = string | string | null;

/**
 * Responses write `Service Account` with a space; requests write it without
 */
export type IdentityTypeInput = 'Employee' | 'ServiceAccount' | 'Vendor' | 'Shared' | 'Mailbox' | 'Client' | 'Temporary' | 'Administrator' | 'Auditor' | 'Unknown';

export type NameInput = string;

export type TextInput = string | null;

export type EmailInput = string | null;

/**
 * Accepted only if the settings name this custom field
 */
export type CustomFieldInput = string | null;

export type OnboardIdentity = {
    firstName: NameInput;
    lastName: NameInput;
    email?: EmailInput;
    /**
     * Id of the supervisor's identity
     */
    supervisorId?: Id | null;
    company?: TextInput;
    division?: TextInput;
    department?: string | null;
    office?: TextInput;
    title?: TextInput;
    identityType?: IdentityTypeInput;
    customField1?: CustomFieldInput;
    customField2?: CustomFieldInput;
    customField3?: CustomFieldInput;
    customField4?: CustomFieldInput;
    customField5?: CustomFieldInput;
    customField6?: CustomFieldInput;
    customField7?: CustomFieldInput;
    customField8?: CustomFieldInput;
    customField9?: CustomFieldInput;
};

/**
 * Only the fields that change; `null` clears a field
 */
export type TransitionIdentity = {
    firstName?: NameInput;
    lastName?: NameInput;
    email?: EmailInput;
    /**
     * Id of the supervisor's identity
     */
    supervisorId?: Id | null;
    company?: TextInput;
    division?: TextInput;
    department?: string | null;
    office?: TextInput;
    title?: TextInput;
    identityType?: IdentityTypeInput;
    customField1?: CustomFieldInput;
    customField2?: CustomFieldInput;
    customField3?: CustomFieldInput;
    customField4?: CustomFieldInput;
    customField5?: CustomFieldInput;
    customField6?: CustomFieldInput;
    customField7?: CustomFieldInput;
    customField8?: CustomFieldInput;
    customField9?: CustomFieldInput;
};

export type RequestedIdentity = {
    firstName?: NameInput;
    lastName?: NameInput;
    email?: EmailInput;
    /**
     * Id of the supervisor's identity
     */
    supervisorId?: Id | null;
    company?: TextInput;
    division?: TextInput;
    department?: string | null;
    office?: TextInput;
    title?: TextInput;
    identityType?: IdentityTypeInput;
    customField1?: CustomFieldInput;
    customField2?: CustomFieldInput;
    customField3?: CustomFieldInput;
    customField4?: CustomFieldInput;
    customField5?: CustomFieldInput;
    customField6?: CustomFieldInput;
    customField7?: CustomFieldInput;
    customField8?: CustomFieldInput;
    customField9?: CustomFieldInput;
};

export type OnboardEventCreate = {
    identity: OnboardIdentity;
    /**
     * Today or later, in the organization's time zone
     */
    effectiveDate: DateInput;
    comment?: OptionalComment;
};

export type OffboardEventCreate = {
    identityId: Id;
    /**
     * Today or later, in the organization's time zone
     */
    effectiveDate: DateInput;
    comment?: OptionalComment;
};

export type RoleTransitionEventCreate = {
    /**
     * An active identity
     */
    identityId: Id;
    /**
     * Today or later, in the organization's time zone
     */
    effectiveDate: DateInput;
    /**
     * End of the old access, later than the effective date
     */
    endDate?: NullableDateInput;
    identity?: TransitionIdentity;
    comment?: OptionalComment;
};

export type LeaveOfAbsenceEventCreate = {
    /**
     * An active identity
     */
    identityId: Id;
    /**
     * Today or later, in the organization's time zone
     */
    effectiveDate: DateInput;
    /**
     * The expected return, later than the effective date
     */
    endDate?: NullableDateInput;
    comment?: OptionalComment;
};

export type PersonnelEventUpdate = {
    /**
     * The expected return, later than the start of the leave
     */
    endDate: NullableDateInput;
};

/**
 * `Add` an account, `Change` its permissions, `Remove`, `Suspend` (disable) or `Restore` (enable) it
 */
export type AccessRequestAction = 'Add' | 'Change' | 'Remove' | 'Suspend' | 'Restore';

/**
 * The action to filter by. Upper and lower case and white space do not matter: `add` means `Add`.
 */
export type AccessRequestActionFilter = AccessRequestAction | string | string | string | string | string;

export type AccessRequestTarget = {
    type: 'User' | 'Group';
    /**
     * Key of the account in the application. For a new account: the e-mail address or the name
     */
    name: string;
    /**
     * Only if the target is a group
     */
    nomenclature?: string;
    affectedIdentity: NullableIdentity;
};

export type AccessRequestSummary = {
    id: Id;
    kind: 'Access Request';
    /**
     * Sequential number over all access requests
     */
    number: number;
    action: AccessRequestAction;
    status: WorkStatus;
    /**
     * Reporter of the personnel event
     */
    reporter: PersonReference;
    assignee: NullablePersonReference;
    target: AccessRequestTarget;
    application: ApplicationSummary;
    createdDate: Instant;
    /**
     * Due date; null while the request is snoozed
     */
    neededOn: NullableInstant;
    /**
     * Time of completion or cancellation
     */
    completedOn: NullableInstant;
};

export type AccessRequest = {
    id: Id;
    kind: 'Access Request';
    /**
     * Sequential number over all access requests
     */
    number: number;
    action: AccessRequestAction;
    status: WorkStatus;
    /**
     * Reporter of the personnel event
     */
    reporter: PersonReference;
    assignee: NullablePersonReference;
    target: AccessRequestTarget;
    application: ApplicationSummary;
    createdDate: Instant;
    /**
     * Due date; null while the request is snoozed
     */
    neededOn: NullableInstant;
    /**
     * Time of completion or cancellation
     */
    completedOn: NullableInstant;
    /**
     * Privileges of the account when the request was created: the first 1,000, and at most 256 KiB
     */
    privileges: Array<RequestedPrivilege>;
    /**
     * Number of entries in all pages of `activity`
     */
    activityCount: HistoryCount;
    /**
     * The latest 50 entries of the history, oldest first, or those of `activityPage`
     */
    activity: Array<Activity>;
    /**
     * Number of comments in all pages of `comments`
     */
    commentCount: HistoryCount;
    /**
     * The latest 50 comments, oldest first, or those of `commentPage`
     */
    comments: Array<Comment>;
    /**
     * Steps that complete the request
     */
    responses: Array<RequestResponse>;
    /**
     * Items that the request belongs to
     */
    relatedItems: Array<RelatedItem>;
};

export type RequestedPrivilege = {
    name: string;
    groupKey: string | null;
    value: string | null;
    description: string | null;
};

export type RequestResponse = {
    name: 'Provisioning' | 'Verification';
    status: WorkStatus;
    user: string | null;
    date: NullableInstant;
};

export type RelatedItem = {
    id: Id;
    kind: string;
    number: number;
};

export type AccessRequestPage = {
    items: Array<AccessRequestSummary>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

/**
 * Name of the custom field; null disables it
 */
export type CustomFieldName = string | null;

export type CustomFieldNames = {
    customField1?: CustomFieldName;
    customField2?: CustomFieldName;
    customField3?: CustomFieldName;
    customField4?: CustomFieldName;
    customField5?: CustomFieldName;
    customField6?: CustomFieldName;
    customField7?: CustomFieldName;
    customField8?: CustomFieldName;
    customField9?: CustomFieldName;
};

export type Settings = {
    /**
     * IANA time zone in which days start and end
     */
    timeZone: string;
    maxTokenLifetimeDays: MaxTokenLifetimeDays;
    customFields: {
        customField1: CustomFieldName;
        customField2: CustomFieldName;
        customField3: CustomFieldName;
        customField4: CustomFieldName;
        customField5: CustomFieldName;
        customField6: CustomFieldName;
        customField7: CustomFieldName;
        customField8: CustomFieldName;
        customField9: CustomFieldName;
    };
};

/**
 * Maximum lifetime of new tokens and access keys, in days; null for no limit. Existing credentials do not change.
 */
export type MaxTokenLifetimeDays = number | null;

export type SettingsUpdate = {
    /**
     * An IANA time zone, such as America/Chicago
     */
    timeZone?: string;
    maxTokenLifetimeDays?: MaxTokenLifetimeDays;
    customFields?: CustomFieldNames;
};

export type UserKey = string;

export type TenantKey = string;

export type RoleKey = string;

/**
 * A key, which must not look like a GUID
 */
export type NewUserKey = string;

/**
 * A key, which must not look like a GUID
 */
export type NewTenantKey = string;

/**
 * A key, which must not look like a GUID
 */
export type NewRoleKey = string;

/**
 * A key, which cannot be changed and must not look like a GUID
 */
export type NewLevelSlug = string;

/**
 * Any JSON object, up to 64 KiB and 20 levels deep, within the limits of a JSON body
 */
export type Attributes = {
    [key: string]: unknown;
};

export type User = {
    id: Id;
    key: UserKey;
    organization_id: Id;
    project_id: Id;
    environment_id: Id;
    created_at: Instant;
    updated_at: Instant;
    email: NullableText;
    first_name: NullableText;
    last_name: NullableText;
    attributes: Attributes;
    associated_tenants: Array<AssociatedTenant>;
    /**
     * The roles of `associated_tenants` as a flat list
     */
    roles: Array<{
        role: RoleKey;
        tenant: TenantKey;
    }>;
};

export type AssociatedTenant = {
    tenant: TenantKey;
    roles: Array<RoleKey>;
    status: 'active' | 'pending';
    /**
     * Always empty, because Gatehouse has no resource instances
     */
    resource_instance_roles: Array<{
        [key: string]: unknown;
    }>;
};

export type RoleAssignmentInput = {
    role: NewRoleKey;
    /**
     * Key or id of the tenant
     */
    tenant: string;
};

export type RoleRemoval = {
    role: RoleKey;
    /**
     * Key or id of the tenant
     */
    tenant: string;
};

export type RoleAssignment = {
    id: Id;
    user: UserKey;
    role: RoleKey;
    tenant: TenantKey;
    user_id: Id;
    tenant_id: Id;
    organization_id: Id;
    project_id: Id;
    environment_id: Id;
    created_at: Instant;
};

export type RoleAssignments = Array<RoleAssignmentInput>;

export type UserCreate = {
    key: NewUserKey;
    email?: EmailInput;
    first_name?: TextInput;
    last_name?: TextInput;
    attributes?: Attributes;
    role_assignments?: RoleAssignments;
};

export type TenantUserAdd = {
    /**
     * The key of a new user must not look like a GUID
     */
    key: UserKey;
    email?: EmailInput;
    first_name?: TextInput;
    last_name?: TextInput;
    attributes?: Attributes;
    role_assignments?: RoleAssignments;
};

export type UserReplace = {
    /**
     * Must equal the key in the path
     */
    key?: UserKey;
    email?: EmailInput;
    first_name?: TextInput;
    last_name?: TextInput;
    attributes?: Attributes;
    role_assignments?: RoleAssignments;
};

export type UserUpdate = {
    email?: EmailInput;
    first_name?: TextInput;
    last_name?: TextInput;
    attributes?: Attributes;
};

export type UserPage = {
    data: Array<User>;
    total_count: Count;
    page_count: Count;
};

export type Tenant = {
    id: Id;
    key: TenantKey;
    name: string;
    description: string | null;
    attributes: Attributes;
    organization_id: Id;
    project_id: Id;
    environment_id: Id;
    created_at: Instant;
    updated_at: Instant;
    /**
     * Last change of its members or roles; null if none
     */
    last_action_at: NullableInstant;
};

export type TenantCreate = {
    key: NewTenantKey;
    name: Name;
    description?: string | null;
    attributes?: Attributes;
};

export type TenantReplace = {
    /**
     * Must equal the key in the path
     */
    key?: TenantKey;
    name: Name;
    description?: string | null;
    attributes?: Attributes;
};

export type TenantUpdate = {
    name?: Name;
    description?: string | null;
    attributes?: Attributes;
};

export type TenantPage = {
    data: Array<Tenant>;
    total_count: Count;
    page_count: Count;
};

/**
 * `Administrator`: everything. `Write`: everything except tokens and settings. `Read`: read and download everything except these
 *
 */
export type AccessLevel = 'Administrator' | 'Write' | 'Read';

export type Token = {
    id: Id;
    kind: 'API Token';
    name: TokenName;
    level: Level;
    /**
     * Project that the credential is limited to
     */
    projectKey: string | null;
    /**
     * Environment that the credential is limited to
     */
    environmentKey: string | null;
    accessLevel: AccessLevel;
    permissions: Permissions;
    /**
     * Whether an administrator may read the secret again
     */
    isRevealable: boolean;
    status: 'Active' | 'Expired' | 'Disabled';
    /**
     * First characters of the secret
     */
    secretStart: string;
    createdDate: Instant;
    createdBy: string;
    isCreatorDeleted: IsCreatorDeleted;
    expirationDate: NullableInstant;
    lastUsedDate: LastUsedDate;
};

/**
 * The credential of a caller
 */
export type Credential = Token | AccessKey;

export type CreatedToken = {
    id: Id;
    kind: 'API Token';
    name: TokenName;
    level: Level;
    /**
     * Project that the credential is limited to
     */
    projectKey: string | null;
    /**
     * Environment that the credential is limited to
     */
    environmentKey: string | null;
    accessLevel: AccessLevel;
    permissions: Permissions;
    /**
     * Whether an administrator may read the secret again
     */
    isRevealable: boolean;
    status: 'Active' | 'Expired' | 'Disabled';
    /**
     * First characters of the secret
     */
    secretStart: string;
    createdDate: Instant;
    createdBy: string;
    isCreatorDeleted: IsCreatorDeleted;
    expirationDate: NullableInstant;
    lastUsedDate: LastUsedDate;
    /**
     * The secret, shown only once
     */
    secret: string;
};

/**
 * The scope of the credential
 */
export type Level = 'Organization' | 'Project' | 'Environment';

/**
 * The resource of an operation, as in its `x-permission`
 */
export type Resource = 'applications' | 'application-imports' | 'identities' | 'personnel-events' | 'access-requests' | 'users' | 'tenants' | 'settings' | 'tokens' | 'access-keys' | 'organizations' | 'projects' | 'logs';

export type Permission = {
    resource: Resource;
    action: 'create' | 'read' | 'update' | 'delete' | 'download';
    /**
     * Fields that responses may have or requests may send. Dots separate nested names: `application.name`. Responses always have
     * `id`, `kind` and `key`. Parts of another resource also need the permission to read it. null allows all fields.
     *
     */
    fields: Array<string> | null;
};

export type PermissionInput = {
    resource: Resource;
    action: 'create' | 'read' | 'update' | 'delete' | 'download';
    /**
     * Fields that responses may have or requests may send. Dots separate nested names: `application.name`. Responses always have
     * `id`, `kind` and `key`. Parts of another resource also need the permission to read it. null allows all fields.
     *
     */
    fields?: Array<string> | null;
};

/**
 * Permissions, never more than the access level allows; null for everything that it allows
 */
export type Permissions = Array<Permission> | null;

/**
 * Permissions, one for each resource and action, never more than the access level allows, 32,768 bytes of JSON at most; null for
 * everything that it allows
 *
 */
export type PermissionsInput = Array<PermissionInput> | null;

export type TokenName = string;

/**
 * An ISO 8601 time, or a date (the start of that day in UTC), later than now; null for no expiration
 */
export type ExpirationInput = string | string | null;

export type TokenCreate = {
    name: TokenName;
    accessLevel?: AccessLevel;
    projectKey?: LevelKey;
    environmentKey?: LevelKey;
    permissions?: PermissionsInput;
    expirationDate?: ExpirationInput;
    /**
     * Whether an administrator may read the secret again
     */
    isRevealable?: boolean;
};

/**
 * Key or id; an environment needs its project
 */
export type LevelKey = string;

export type TokenUpdate = {
    name?: TokenName;
    accessLevel?: AccessLevel;
    permissions?: PermissionsInput;
    expirationDate?: ExpirationInput;
    /**
     * Whether the credential is refused
     */
    isDisabled?: boolean;
};

export type TokenRotate = {
    /**
     * Hours for which earlier secrets stay valid
     */
    gracePeriodHours?: number;
};

export type RevealedSecret = {
    secret: string;
};

export type RevokeAll = {
    /**
     * Count only, delete nothing
     */
    isDryRun?: boolean;
    /**
     * Must be `REVOKE ALL`, unless this is a dry run
     */
    confirmation?: string;
    /**
     * Whether the caller's own credential is kept
     */
    keepsCaller?: boolean;
};

export type RevokedAll = {
    isDryRun: boolean;
    tokens: Count;
    accessKeys: Count;
};

export type SafetyFinding = 'Never used' | 'Idle' | 'Never expires' | 'Unrestricted' | 'Creator deleted';

export type TokenSafety = {
    token: Token;
    findings: Array<SafetyFinding>;
};

export type TokenSafetyPage = {
    items: Array<TokenSafety>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type TokenPage = {
    items: Array<Token>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type AccessKey = {
    id: Id;
    kind: 'Access Key';
    name: TokenName;
    /**
     * Id that callers send as `x-key`: `pak_` and letters and digits
     */
    accessKeyId: string;
    level: Level;
    /**
     * Project that the credential is limited to
     */
    projectKey: string | null;
    /**
     * Environment that the credential is limited to
     */
    environmentKey: string | null;
    accessLevel: AccessLevel;
    permissions: Permissions;
    /**
     * Whether `content` must be `<Unix seconds>.<nonce>`, each nonce once
     */
    isReplayProtected: boolean;
    status: 'Active' | 'Expired' | 'Disabled';
    createdDate: Instant;
    createdBy: string;
    isCreatorDeleted: IsCreatorDeleted;
    expirationDate: NullableInstant;
    lastUsedDate: LastUsedDate;
};

export type CreatedAccessKey = {
    id: Id;
    kind: 'Access Key';
    name: TokenName;
    /**
     * Id that callers send as `x-key`: `pak_` and letters and digits
     */
    accessKeyId: string;
    level: Level;
    /**
     * Project that the credential is limited to
     */
    projectKey: string | null;
    /**
     * Environment that the credential is limited to
     */
    environmentKey: string | null;
    accessLevel: AccessLevel;
    permissions: Permissions;
    /**
     * Whether `content` must be `<Unix seconds>.<nonce>`, each nonce once
     */
    isReplayProtected: boolean;
    status: 'Active' | 'Expired' | 'Disabled';
    createdDate: Instant;
    createdBy: string;
    isCreatorDeleted: IsCreatorDeleted;
    expirationDate: NullableInstant;
    lastUsedDate: LastUsedDate;
    /**
     * The secret, shown only once
     */
    secret: string;
};

export type AccessKeyPage = {
    items: Array<AccessKey>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type AccessKeyCreate = {
    name: TokenName;
    accessLevel?: AccessLevel;
    projectKey?: LevelKey;
    environmentKey?: LevelKey;
    permissions?: PermissionsInput;
    expirationDate?: ExpirationInput;
    /**
     * Whether `content` must be `<Unix seconds>.<nonce>`, with each nonce accepted once. If false, a recorded exchange can be
     * repeated.
     *
     */
    isReplayProtected?: boolean;
};

export type AccessKeyUpdate = {
    name?: TokenName;
    accessLevel?: AccessLevel;
    permissions?: PermissionsInput;
    expirationDate?: ExpirationInput;
    /**
     * Whether the credential is refused
     */
    isDisabled?: boolean;
};

export type AccessTokenCreate = {
    /**
     * Both values mean the same; Passportal clients send `docs_api`
     */
    scope: 'gatehouse_api' | 'docs_api';
    /**
     * The signed text, byte for byte
     */
    content: string;
};

export type AccessTokenRefresh = {
    refresh_token: string;
};

export type AccessToken = {
    success: true;
    access_token: string;
    refresh_token: string;
    /**
     * End of the access token, in Unix seconds
     */
    expiry_time: number;
};

export type Actor = {
    kind: 'API Token' | 'Access Key';
    id: Id;
    name: TokenName;
};

export type LoggedCall = {
    /**
     * Correlation id of the call
     */
    id: CorrelationId;
    kind: 'Logged Call';
    time: Instant;
    /**
     * The caller; null if unknown
     */
    actor: Actor | null;
    /**
     * operationId; null if the path does not have this method
     */
    operation: string | null;
    method: string;
    path: string;
    status: number;
    /**
     * Whether the status is below 400
     */
    success: boolean;
    /**
     * Calls for which this entry stands; the other fields are those of the first one
     */
    callCount: number;
    durationMs: Count;
    clientAddress: string;
    /**
     * Environment of the call; null if it had none
     */
    environmentId: Id | null;
};

export type LoggedCallDetail = {
    /**
     * Correlation id of the call
     */
    id: CorrelationId;
    kind: 'Logged Call';
    time: Instant;
    /**
     * The caller; null if unknown
     */
    actor: Actor | null;
    /**
     * operationId; null if the path does not have this method
     */
    operation: string | null;
    method: string;
    path: string;
    status: number;
    /**
     * Whether the status is below 400
     */
    success: boolean;
    /**
     * Calls for which this entry stands; the other fields are those of the first one
     */
    callCount: number;
    durationMs: Count;
    clientAddress: string;
    /**
     * Environment of the call; null if it had none
     */
    environmentId: Id | null;
    /**
     * Query string of the request
     */
    query: string;
    request: {
        /**
         * The body as text
         */
        body: string | null;
        /**
         * Whether the stored body is cut
         */
        isCut: boolean;
        files: Array<LoggedFile>;
    };
    response: {
        /**
         * The body as text
         */
        body: string | null;
        /**
         * Whether the stored body is cut
         */
        isCut: boolean;
    };
};

export type LoggedFile = {
    part: string;
    name: string;
    bytes: Count;
    sha256: string;
};

export type LoggedCallPage = {
    items: Array<LoggedCall>;
    /**
     * The value of `before` for the next page; null on the last page
     */
    nextBefore: CorrelationId | null;
};

/**
 * A key, which cannot be changed
 */
export type LevelSlug = string;

export type LevelName = string;

export type Organization = {
    id: Id;
    key: LevelSlug;
    name: LevelName;
    created_at: Instant;
};

export type CreatedOrganization = {
    id: Id;
    key: LevelSlug;
    name: LevelName;
    created_at: Instant;
    /**
     * Id of the administrator token
     */
    api_key_id: Id;
    /**
     * The secret, shown only once
     */
    api_key_secret: string;
};

export type OrganizationCreate = {
    key: NewLevelSlug;
    /**
     * Defaults to the key
     */
    name?: LevelName;
};

export type OrganizationPage = {
    data: Array<Organization>;
    total_count: Count;
    page_count: Count;
};

export type Project = {
    id: Id;
    organization_id: Id;
    key: LevelSlug;
    name: LevelName;
    created_at: Instant;
};

export type ProjectCreate = {
    key: NewLevelSlug;
    /**
     * Defaults to the key
     */
    name?: LevelName;
};

export type ProjectPage = {
    data: Array<Project>;
    total_count: Count;
    page_count: Count;
};

export type Environment = {
    id: Id;
    organization_id: Id;
    key: LevelSlug;
    name: LevelName;
    created_at: Instant;
    project_id: Id;
};

export type EnvironmentCreate = {
    key: NewLevelSlug;
    /**
     * Defaults to the key
     */
    name?: LevelName;
};

export type EnvironmentPage = {
    data: Array<Environment>;
    total_count: Count;
    page_count: Count;
};

export type ApplicationPagePartial = {
    items: Array<ApplicationSummaryPartial>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type ApplicationPartial = {
    id: Id;
    kind: 'Application';
    name?: Name;
    priority?: Priority;
    isArchived?: boolean;
    /**
     * End of the last finished import; null without one
     */
    lastUpdated?: NullableInstant;
    /**
     * Whether an approved onboarding creates a request `Add` for it
     */
    isGrantedAtOnboarding?: boolean;
    changeLimitPercent?: ChangeLimitPercent;
    connector?: ConnectorPartial | null;
    importSchedule?: ImportSchedulePartial | null;
    /**
     * The newest import, in any status; `recordCounts` and `lastUpdated` describe the last finished import
     */
    lastImport?: LastImportPartial | null;
    recordCounts?: RecordCountsPartial;
};

export type ApplicationRecordPagePartial = {
    items: Array<ApplicationRecordPartial>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type ApplicationImportPagePartial = {
    items: Array<ApplicationImportSummaryPartial>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type ApplicationImportPartial = {
    id: Id;
    kind: 'Application Import';
    /**
     * Sequential number over all applications
     */
    number?: number;
    type?: 'Scheduled' | 'Manual' | 'API';
    status?: ImportStatus;
    buildStart?: NullableInstant;
    buildEnd?: NullableInstant;
    /**
     * `API Token - ` and the name of the token, or `Schedule`
     */
    createdBy?: string;
    /**
     * Text log of the build
     */
    log?: string | null;
    files?: Array<ImportFilePartial>;
    /**
     * Null unless `status` is `Finished`
     */
    metrics?: ImportMetricsPartial | null;
    application?: ApplicationSummaryPartial;
};

export type IdentityPagePartial = {
    items: Array<IdentityPartial>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type IdentityPartial = {
    id: Id;
    kind: 'Identity';
    firstName?: NullableText;
    lastName?: NullableText;
    emailAddress?: NullableText;
    type?: IdentityType;
    title?: NullableText;
    company?: NullableText;
    division?: NullableText;
    department?: NullableText;
    office?: NullableText;
    /**
     * In the format `Last, First`
     */
    supervisorName?: string | null;
    /**
     * Date of creation in its directory
     */
    createdDate?: NullableInstant;
    /**
     * Date of the last change in its directory
     */
    updatedDate?: NullableInstant;
    /**
     * First import or onboarding of this identity
     */
    firstSeenDate?: Instant;
    /**
     * End of its active status; null while it is active
     */
    inactivatedDate?: NullableInstant;
    status?: IdentityStatus;
};

export type PersonnelEventPagePartial = {
    items: Array<PersonnelEventSummaryPartial>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type PersonnelEventPartial = {
    id: Id;
    kind: 'Personnel Event';
    /**
     * Sequential number over all events
     */
    number?: number;
    type?: PersonnelEventType;
    status?: WorkStatus;
    /**
     * Its name starts with `API Token - `
     */
    reporter?: PersonReferencePartial;
    assignee?: NullablePersonReferencePartial;
    /**
     * Null until an onboarding is approved
     */
    affectedIdentity?: NullableIdentityPartial;
    /**
     * Effective date, or start of a leave
     */
    neededOn?: Instant;
    /**
     * End of a leave or overlap; null without such a date
     */
    neededUntil?: NullableInstant;
    /**
     * Time of completion or cancellation
     */
    completedOn?: NullableInstant;
    stages?: Array<StagePartial>;
    /**
     * Number of entries in all pages of `activity`
     */
    activityCount?: HistoryCount;
    /**
     * The latest 50 entries of the history, oldest first, or those of `activityPage`
     */
    activity?: Array<ActivityPartial>;
    /**
     * Number of comments in all pages of `comments`
     */
    commentCount?: HistoryCount;
    /**
     * The latest 50 comments, oldest first, or those of `commentPage`
     */
    comments?: Array<CommentPartial>;
    /**
     * Requested values of the identity, named as in the request; null if the event requests none
     */
    requestedIdentity?: RequestedIdentity | null;
};

export type AccessRequestPagePartial = {
    items: Array<AccessRequestSummaryPartial>;
    totalCount: Count;
    page: PageNumber;
    pageSize: PageSize;
    totalPages: Count;
};

export type AccessRequestPartial = {
    id: Id;
    kind: 'Access Request';
    /**
     * Sequential number over all access requests
     */
    number?: number;
    action?: AccessRequestAction;
    status?: WorkStatus;
    /**
     * Reporter of the personnel event
     */
    reporter?: PersonReferencePartial;
    assignee?: NullablePersonReferencePartial;
    target?: AccessRequestTargetPartial;
    application?: ApplicationSummaryPartial;
    createdDate?: Instant;
    /**
     * Due date; null while the request is snoozed
     */
    neededOn?: NullableInstant;
    /**
     * Time of completion or cancellation
     */
    completedOn?: NullableInstant;
    /**
     * Privileges of the account when the request was created: the first 1,000, and at most 256 KiB
     */
    privileges?: Array<RequestedPrivilegePartial>;
    /**
     * Number of entries in all pages of `activity`
     */
    activityCount?: HistoryCount;
    /**
     * The latest 50 entries of the history, oldest first, or those of `activityPage`
     */
    activity?: Array<ActivityPartial>;
    /**
     * Number of comments in all pages of `comments`
     */
    commentCount?: HistoryCount;
    /**
     * The latest 50 comments, oldest first, or those of `commentPage`
     */
    comments?: Array<CommentPartial>;
    /**
     * Steps that complete the request
     */
    responses?: Array<RequestResponsePartial>;
    /**
     * Items that the request belongs to
     */
    relatedItems?: Array<RelatedItemPartial>;
};

export type RoleAssignmentPartial = {
    id: Id;
    user?: UserKey;
    role?: RoleKey;
    tenant?: TenantKey;
    user_id?: Id;
    tenant_id?: Id;
    organization_id?: Id;
    project_id?: Id;
    environment_id?: Id;
    created_at?: Instant;
};

export type TenantPartial = {
    id: Id;
    key: TenantKey;
    name?: string;
    description?: string | null;
    attributes?: Attributes;
    organization_id?: Id;
    project_id?: Id;
    environment_id?: Id;
    created_at?: Instant;
    updated_at?: Instant;
    /**
     * Last change of its members or roles; null if none
     */
    last_action_at?: NullableInstant;
};

export type TenantPagePartial = {
    data: Array<TenantPartial>;
    total_count: Count;
    page_count: Count;
};

export type SettingsPartial = {
    /**
     * IANA time zone in which days start and end
     */
    timeZone?: string;
    maxTokenLifetimeDays?: MaxTokenLifetimeDays;
    customFields?: {
        customField1?: CustomFieldName;
        customField2?: CustomFieldName;
        customField3?: CustomFieldName;
        customField4?: CustomFieldName;
        customField5?: CustomFieldName;
        customField6?: CustomFieldName;
        customField7?: CustomFieldName;
        customField8?: CustomFieldName;
        customField9?: CustomFieldName;
    };
};

export type CreatedTokenPartial = {
    id: Id;
    kind: 'API Token';
    name?: TokenName;
    level?: Level;
    /**
     * Project that the credential is limited to
     */
    projectKey?: string | null;
    /**
     * Environment that the credential is limited to
     */
    environmentKey?: string | null;
    accessLevel?: AccessLevel;
    permissions?: PermissionsPartial;
    /**
     * Whether an administrator may read the secret again
     */
    isRevealable?: boolean;
    status?: 'Active' | 'Expired' | 'Disabled';
    /**
     * First characters of the secret
     */
    secretStart?: string;
    createdDate?: Instant;
    createdBy?: string;
    isCreatorDeleted?: IsCreatorDeleted;
    expirationDate?: NullableInstant;
    lastUsedDate?: LastUsedDate;
    /**
     * The secret, shown only once
     */
    secret: string;
};

export type TokenPartial = {
    id: Id;
    kind: 'API Token';
    name?: TokenName;
    level?: Level;
    /**
     * Project that the credential is limited to
     */
    projectKey?: string | null;
    /**
     * Environment that the credential is limited to
     */
    environmentKey?: string | null;
    accessLevel?: AccessLevel;
    permissions?: PermissionsPartial;
    /**
     * Whether an administrator may read the secret again
     */
    isRevealable?: boolean;
    status?: 'Active' | 'Expired' | 'Disabled';
    /**
     * First characters of the secret
     */
    secretStart?: string;
    createdDate?: Instant;
    createdBy?: string;
    isCreatorDeleted?: IsCreatorDeleted;
    expirationDate?: NullableInstant;
    lastUsedDate?: LastUsedDate;
};

export type CreatedAccessKeyPartial = {
    id: Id;
    kind: 'Access Key';
    name?: TokenName;
    /**
     * Id that callers send as `x-key`: `pak_` and letters and digits
     */
    accessKeyId?: string;
    level?: Level;
    /**
     * Project that the credential is limited to
     */
    projectKey?: string | null;
    /**
     * Environment that the credential is limited to
     */
    environmentKey?: string | null;
    accessLevel?: AccessLevel;
    permissions?: PermissionsPartial;
    /**
     * Whether `content` must be `<Unix seconds>.<nonce>`, each nonce once
     */
    isReplayProtected?: boolean;
    status?: 'Active' | 'Expired' | 'Disabled';
    createdDate?: Instant;
    createdBy?: string;
    isCreatorDeleted?: IsCreatorDeleted;
    expirationDate?: NullableInstant;
    lastUsedDate?: LastUsedDate;
    /**
     * The secret, shown only once
     */
    secret: string;
};

export type LoggedCallDetailPartial = {
    /**
     * Correlation id of the call
     */
    id: CorrelationId;
    kind: 'Logged Call';
    time?: Instant;
    /**
     * The caller; null if unknown
     */
    actor?: ActorPartial | null;
    /**
     * operationId; null if the path does not have this method
     */
    operation?: string | null;
    method?: string;
    path?: string;
    status?: number;
    /**
     * Whether the status is below 400
     */
    success?: boolean;
    /**
     * Calls for which this entry stands; the other fields are those of the first one
     */
    callCount?: number;
    durationMs?: Count;
    clientAddress?: string;
    /**
     * Environment of the call; null if it had none
     */
    environmentId?: Id | null;
    /**
     * Query string of the request
     */
    query?: string;
    request?: {
        /**
         * The body as text
         */
        body?: string | null;
        /**
         * Whether the stored body is cut
         */
        isCut?: boolean;
        files?: Array<LoggedFilePartial>;
    };
    response?: {
        /**
         * The body as text
         */
        body?: string | null;
        /**
         * Whether the stored body is cut
         */
        isCut?: boolean;
    };
};

export type CommentPartial = {
    id: Id;
    author?: string;
    text?: string;
    date?: Instant;
};

export type UserPagePartial = {
    data: Array<UserPartial>;
    total_count: Count;
    page_count: Count;
};

export type UserPartial = {
    id: Id;
    key: UserKey;
    organization_id?: Id;
    project_id?: Id;
    environment_id?: Id;
    created_at?: Instant;
    updated_at?: Instant;
    email?: NullableText;
    first_name?: NullableText;
    last_name?: NullableText;
    attributes?: Attributes;
    associated_tenants?: Array<AssociatedTenantPartial>;
    /**
     * The roles of `associated_tenants` as a flat list
     */
    roles?: Array<{
        role?: RoleKey;
        tenant?: TenantKey;
    }>;
};

export type AccessKeyPartial = {
    id: Id;
    kind: 'Access Key';
    name?: TokenName;
    /**
     * Id that callers send as `x-key`: `pak_` and letters and digits
     */
    accessKeyId?: string;
    level?: Level;
    /**
     * Project that the credential is limited to
     */
    projectKey?: string | null;
    /**
     * Environment that the credential is limited to
     */
    environmentKey?: string | null;
    accessLevel?: AccessLevel;
    permissions?: PermissionsPartial;
    /**
     * Whether `content` must be `<Unix seconds>.<nonce>`, each nonce once
     */
    isReplayProtected?: boolean;
    status?: 'Active' | 'Expired' | 'Disabled';
    createdDate?: Instant;
    createdBy?: string;
    isCreatorDeleted?: IsCreatorDeleted;
    expirationDate?: NullableInstant;
    lastUsedDate?: LastUsedDate;
};

export type ProjectPartial = {
    id: Id;
    organization_id?: Id;
    key: LevelSlug;
    name?: LevelName;
    created_at?: Instant;
};

export type EnvironmentPartial = {
    id: Id;
    organization_id?: Id;
    key: LevelSlug;
    name?: LevelName;
    created_at?: Instant;
    project_id?: Id;
};

export type ApplicationSummaryPartial = {
    id: Id;
    kind: 'Application';
    name?: Name;
    priority?: Priority;
    isArchived?: boolean;
    /**
     * End of the last finished import; null without one
     */
    lastUpdated?: NullableInstant;
};

export type ConnectorPartial = {
    name?: Name;
    version?: string | null;
    isFileBased?: true;
    fileGroups?: Array<FileGroupPartial>;
};

export type ImportSchedulePartial = {
    cron?: Cron;
    timeZone?: TimeZone;
    /**
     * Next scheduled import; null if none is planned
     */
    nextRunDate?: NullableInstant;
    files?: Array<ScheduledFilePartial>;
};

export type LastImportPartial = {
    id: Id;
    kind: 'Application Import';
    /**
     * Sequential number over all applications
     */
    number?: number;
    type?: 'Scheduled' | 'Manual' | 'API';
    status?: ImportStatus;
    buildStart?: NullableInstant;
    buildEnd?: NullableInstant;
};

/**
 * Numbers of stored records, since the last finished import
 */
export type RecordCountsPartial = {
    users?: Count;
    groups?: Count;
    privileges?: Count;
    identities?: Count;
};

export type ApplicationRecordPartial = {
    key?: string;
    /**
     * The mapped fields that have a value
     */
    attributes?: {
        [key: string]: string;
    };
};

export type ApplicationImportSummaryPartial = {
    id: Id;
    kind: 'Application Import';
    /**
     * Sequential number over all applications
     */
    number?: number;
    type?: 'Scheduled' | 'Manual' | 'API';
    status?: ImportStatus;
    buildStart?: NullableInstant;
    buildEnd?: NullableInstant;
    application?: ApplicationSummaryPartial;
};

export type ImportFilePartial = {
    id: Id;
    fileGroupId?: Id;
    fileGroup?: Name;
    /**
     * Name of the file
     */
    name?: string;
};

export type ImportMetricsPartial = {
    users?: RowCountsPartial;
    groups?: RowCountsPartial;
    privileges?: RowCountsPartial;
    identities?: RowCountsPartial;
    durationMs?: Count;
};

export type PersonnelEventSummaryPartial = {
    id: Id;
    kind: 'Personnel Event';
    /**
     * Sequential number over all events
     */
    number?: number;
    type?: PersonnelEventType;
    status?: WorkStatus;
    /**
     * Its name starts with `API Token - `
     */
    reporter?: PersonReferencePartial;
    assignee?: NullablePersonReferencePartial;
    /**
     * Null until an onboarding is approved
     */
    affectedIdentity?: NullableIdentityPartial;
    /**
     * Effective date, or start of a leave
     */
    neededOn?: Instant;
    /**
     * End of a leave or overlap; null without such a date
     */
    neededUntil?: NullableInstant;
    /**
     * Time of completion or cancellation
     */
    completedOn?: NullableInstant;
};

export type PersonReferencePartial = {
    id: Id;
    name?: string;
};

export type NullablePersonReferencePartial = PersonReferencePartial | null;

export type NullableIdentityPartial = IdentityPartial | null;

export type StagePartial = {
    name?: StageName;
    status?: WorkStatus;
    /**
     * Due date; null for stages without a date
     */
    neededOn?: NullableInstant;
    completedOn?: NullableInstant;
};

export type ActivityPartial = {
    date?: Instant;
    /**
     * `API Token - ` and the name of the token, or `Gatehouse` for automatic steps
     */
    user?: string;
    description?: string;
};

export type AccessRequestSummaryPartial = {
    id: Id;
    kind: 'Access Request';
    /**
     * Sequential number over all access requests
     */
    number?: number;
    action?: AccessRequestAction;
    status?: WorkStatus;
    /**
     * Reporter of the personnel event
     */
    reporter?: PersonReferencePartial;
    assignee?: NullablePersonReferencePartial;
    target?: AccessRequestTargetPartial;
    application?: ApplicationSummaryPartial;
    createdDate?: Instant;
    /**
     * Due date; null while the request is snoozed
     */
    neededOn?: NullableInstant;
    /**
     * Time of completion or cancellation
     */
    completedOn?: NullableInstant;
};

export type AccessRequestTargetPartial = {
    type?: 'User' | 'Group';
    /**
     * Key of the account in the application. For a new account: the e-mail address or the name
     */
    name?: string;
    /**
     * Only if the target is a group
     */
    nomenclature?: string;
    affectedIdentity?: NullableIdentityPartial;
};

export type RequestedPrivilegePartial = {
    name?: string;
    groupKey?: string | null;
    value?: string | null;
    description?: string | null;
};

export type RequestResponsePartial = {
    name?: 'Provisioning' | 'Verification';
    status?: WorkStatus;
    user?: string | null;
    date?: NullableInstant;
};

export type RelatedItemPartial = {
    id: Id;
    kind: string;
    number?: number;
};

/**
 * Permissions, never more than the access level allows; null for everything that it allows
 */
export type PermissionsPartial = Array<PermissionPartial> | null;

export type ActorPartial = {
    kind: 'API Token' | 'Access Key';
    id: Id;
    name?: TokenName;
};

export type LoggedFilePartial = {
    part?: string;
    name?: string;
    bytes?: Count;
    sha256?: string;
};

export type AssociatedTenantPartial = {
    tenant?: TenantKey;
    roles?: Array<RoleKey>;
    status?: 'active' | 'pending';
    /**
     * Always empty, because Gatehouse has no resource instances
     */
    resource_instance_roles?: Array<{
        [key: string]: unknown;
    }>;
};

export type FileGroupPartial = {
    id: Id;
    name?: Name;
    rows?: RowsKind;
    isRequired?: boolean;
    delimiter?: Delimiter;
    columns?: ColumnsPartial;
};

export type ScheduledFilePartial = {
    fileGroupId?: Id;
    /**
     * Path of the file, relative to the shared folder of the environment; `..`, absolute paths, links, control characters and names
     * that Windows reserves are refused
     *
     */
    path?: string;
};

/**
 * `read` = `added` + `changed` + `unchanged` + `rejected`; `removed` counts records that the new files no longer have
 */
export type RowCountsPartial = {
    read?: Count;
    added?: Count;
    changed?: Count;
    removed?: Count;
    unchanged?: Count;
    rejected?: Count;
};

export type PermissionPartial = {
    resource?: Resource;
    action?: 'create' | 'read' | 'update' | 'delete' | 'download';
    /**
     * Fields that responses may have or requests may send. Dots separate nested names: `application.name`. Responses always have
     * `id`, `kind` and `key`. Parts of another resource also need the permission to read it. null allows all fields.
     *
     */
    fields?: Array<string> | null;
};

/**
 * Maps the field names of Gatehouse to the column headers of the file. The case of headers does not matter. A file may have other
 * columns, and columns in any order.
 *
 * - `users`: `key` must be mapped; `name`, `emailAddress`, `employeeNumber`, `status`, `description` and `lastLoginDate` may be.
 * - `groups`: `key` must be mapped; `name` and `description` may be.
 * - `privileges`: `name` must be mapped, and `userKey` or `groupKey` or both; `value` and `description` may be.
 * - `identities`: `key` must be mapped; `firstName`, `lastName`, `emailAddress`, `type`, `title`, `company`, `division`,
 * `department`, `office`, `supervisorKey`, `createdDate`, `updatedDate` and `status` may be.
 *
 * The `status` of an identity means disabled if it is Disabled, Inactive, Terminated, Removed, Deleted, No, False or 0. Upper
 * and lower case do not matter. Every other value means active. Values of identities have at most 256 characters. The
 * `employeeNumber` and `emailAddress` of a user link it to an identity.
 *
 * Every row needs a value for `key`. The row of a privilege needs a value for `name`, and one for `userKey` or `groupKey`. If two
 * rows have the same key, one is imported and the other is rejected.
 *
 */
export type ColumnsPartial = {
    [key: string]: string;
};

/**
 * Number of the page, from 1; each page has 50 items
 */
export type Page = number;

/**
 * Number of the page, from 1 to 200; each page has 50 items. `after` reaches the records after the first 10,000.
 */
export type RecordPage = number;

/**
 * Page of `activity`, from 1, which has the latest 50 entries. Only the latest 1,000 entries are shown
 */
export type ActivityPage = number;

/**
 * Page of `comments`, from 1, which has the latest 50 comments
 */
export type CommentPage = number;

/**
 * Id of the resource
 */
export type Id2 = Id;

/**
 * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
 * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
 * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
 * refused request has changed nothing and may be sent again with the same key.
 *
 */
export type IdempotencyKey = string;

/**
 * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
 * the default environment of the organization. An environment outside the credential's scope returns 404.
 *
 */
export type GatehouseEnvironment = string;

/**
 * The `accessKeyId` of the access key
 */
export type AccessKeyId = string;

/**
 * HMAC-SHA256 of `content` with the secret of the access key, in hexadecimal digits or base64
 */
export type AccessKeyHash = string;

/**
 * Key or id of the organization
 */
export type OrganizationKey = string;

/**
 * Key or id of the project
 */
export type ProjectKey = string;

/**
 * Key or id of the environment
 */
export type EnvironmentKey = string;

/**
 * Key or id of the user
 */
export type UserId = string;

/**
 * Key or id of the tenant
 */
export type TenantId = string;

/**
 * Number of the page, from 1
 */
export type FactsPage = number;

/**
 * Number of items on a page
 */
export type PerPage = number;

export type ListApplicationsData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path?: never;
    query?: {
        /**
         * Number of the page, from 1; each page has 50 items
         */
        page?: number;
    };
    url: '/api/applications';
};

export type ListApplicationsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
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
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/applications';
};

export type CreateApplicationErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateApplicationError = CreateApplicationErrors[keyof CreateApplicationErrors];

export type CreateApplicationResponses = {
    /**
     * The created application
     */
    201: Application;
};

export type CreateApplicationResponse = CreateApplicationResponses[keyof CreateApplicationResponses];

export type GetApplicationData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/applications/{id}';
};

export type GetApplicationErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
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
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/applications/{id}';
};

export type UpdateApplicationErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type UpdateApplicationError = UpdateApplicationErrors[keyof UpdateApplicationErrors];

export type UpdateApplicationResponses = {
    /**
     * The changed application
     */
    200: Application;
};

export type UpdateApplicationResponse = UpdateApplicationResponses[keyof UpdateApplicationResponses];

export type ListApplicationRecordsData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query: {
        /**
         * The kind of records; `identities` also needs permission to read all fields of identities
         */
        rows: RowsKind;
        /**
         * Start after this key; `page` counts from there. To read all records, send the key of the last record of each response.
         * `totalCount` and `totalPages` still count all records.
         *
         */
        after?: string;
        /**
         * Number of the page, from 1 to 200; each page has 50 items. `after` reaches the records after the first 10,000.
         */
        page?: number;
    };
    url: '/api/applications/{id}/records';
};

export type ListApplicationRecordsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
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
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path?: never;
    query?: {
        /**
         * Number of the page, from 1; each page has 50 items
         */
        page?: number;
        /**
         * Return imports of this application only
         */
        applicationId?: Id;
    };
    url: '/api/application-imports';
};

export type ListApplicationImportsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
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
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/application-imports/stage';
};

export type StageApplicationImportErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The environment has too many imports that have not ended, or the rate limit is exceeded
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * Like 503 of other operations. Also returned, before a file is read, if a disk has less free space than the reserve for calls of
     * known callers
     *
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
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: {
        /**
         * Id of the application, if the request has no form field `applicationId`
         */
        applicationId?: Id;
    };
    url: '/api/application-imports/upload';
};

export type UploadApplicationImportErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The environment has too many imports that have not ended, or the rate limit is exceeded
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * Like 503 of other operations. Also returned, before a file is read, if a disk has less free space than the reserve for calls of
     * known callers
     *
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
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/application-imports/cancel';
};

export type CancelApplicationImportErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CancelApplicationImportError = CancelApplicationImportErrors[keyof CancelApplicationImportErrors];

export type CancelApplicationImportResponses = {
    /**
     * The import, which is being canceled
     */
    200: ApplicationImport;
};

export type CancelApplicationImportResponse = CancelApplicationImportResponses[keyof CancelApplicationImportResponses];

export type GetApplicationImportData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/application-imports/{id}';
};

export type GetApplicationImportErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
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
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/application-imports/{id}/log';
};

export type DownloadImportLogErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
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
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
        /**
         * Id of the file
         */
        fileId: Id;
    };
    query?: never;
    url: '/api/application-imports/{id}/files/{fileId}';
};

export type DownloadImportFileErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
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

export type ListIdentitiesData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path?: never;
    query?: {
        /**
         * Number of the page, from 1; each page has 50 items
         */
        page?: number;
        /**
         * Beginning of a name or an e-mail address; case and accents do not matter
         */
        search?: string;
        /**
         * Return identities with this e-mail address only; case does not matter
         */
        email?: string;
        /**
         * Return identities with this status only
         */
        status?: IdentityStatusFilter;
    };
    url: '/api/identities';
};

export type ListIdentitiesErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListIdentitiesError = ListIdentitiesErrors[keyof ListIdentitiesErrors];

export type ListIdentitiesResponses = {
    /**
     * A page of identities
     */
    200: IdentityPage;
};

export type ListIdentitiesResponse = ListIdentitiesResponses[keyof ListIdentitiesResponses];

export type GetIdentityData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/identities/{id}';
};

export type GetIdentityErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetIdentityError = GetIdentityErrors[keyof GetIdentityErrors];

export type GetIdentityResponses = {
    /**
     * Id of the resource
     */
    200: Identity;
};

export type GetIdentityResponse = GetIdentityResponses[keyof GetIdentityResponses];

export type ListPersonnelEventsData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path?: never;
    query?: {
        /**
         * Number of the page, from 1; each page has 50 items
         */
        page?: number;
        /**
         * Return events that affect this identity only
         */
        identityId?: Id;
        /**
         * Return events of this type only
         */
        type?: PersonnelEventTypeFilter;
        /**
         * Return events with this status only
         */
        status?: WorkStatusFilter;
    };
    url: '/api/personnel-events';
};

export type ListPersonnelEventsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListPersonnelEventsError = ListPersonnelEventsErrors[keyof ListPersonnelEventsErrors];

export type ListPersonnelEventsResponses = {
    /**
     * A page of events
     */
    200: PersonnelEventPage;
};

export type ListPersonnelEventsResponse = ListPersonnelEventsResponses[keyof ListPersonnelEventsResponses];

export type CreateOnboardEventData = {
    body: OnboardEventCreate;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/personnel-events/onboard';
};

export type CreateOnboardEventErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateOnboardEventError = CreateOnboardEventErrors[keyof CreateOnboardEventErrors];

export type CreateOnboardEventResponses = {
    /**
     * The event, which waits for approval
     */
    201: PersonnelEvent;
};

export type CreateOnboardEventResponse = CreateOnboardEventResponses[keyof CreateOnboardEventResponses];

export type CreateOffboardEventData = {
    body: OffboardEventCreate;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/personnel-events/offboard';
};

export type CreateOffboardEventErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateOffboardEventError = CreateOffboardEventErrors[keyof CreateOffboardEventErrors];

export type CreateOffboardEventResponses = {
    /**
     * The event, which waits for approval
     */
    201: PersonnelEvent;
};

export type CreateOffboardEventResponse = CreateOffboardEventResponses[keyof CreateOffboardEventResponses];

export type CreateRoleTransitionEventData = {
    body: RoleTransitionEventCreate;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/personnel-events/role-transition';
};

export type CreateRoleTransitionEventErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateRoleTransitionEventError = CreateRoleTransitionEventErrors[keyof CreateRoleTransitionEventErrors];

export type CreateRoleTransitionEventResponses = {
    /**
     * The event, which waits for approval
     */
    201: PersonnelEvent;
};

export type CreateRoleTransitionEventResponse = CreateRoleTransitionEventResponses[keyof CreateRoleTransitionEventResponses];

export type CreateLeaveOfAbsenceEventData = {
    body: LeaveOfAbsenceEventCreate;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/personnel-events/leave-of-absence';
};

export type CreateLeaveOfAbsenceEventErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateLeaveOfAbsenceEventError = CreateLeaveOfAbsenceEventErrors[keyof CreateLeaveOfAbsenceEventErrors];

export type CreateLeaveOfAbsenceEventResponses = {
    /**
     * The event, which waits for approval
     */
    201: PersonnelEvent;
};

export type CreateLeaveOfAbsenceEventResponse = CreateLeaveOfAbsenceEventResponses[keyof CreateLeaveOfAbsenceEventResponses];

export type GetPersonnelEventData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: {
        /**
         * Page of `activity`, from 1, which has the latest 50 entries. Only the latest 1,000 entries are shown
         */
        activityPage?: number;
        /**
         * Page of `comments`, from 1, which has the latest 50 comments
         */
        commentPage?: number;
    };
    url: '/api/personnel-events/{id}';
};

export type GetPersonnelEventErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetPersonnelEventError = GetPersonnelEventErrors[keyof GetPersonnelEventErrors];

export type GetPersonnelEventResponses = {
    /**
     * The event
     */
    200: PersonnelEvent;
};

export type GetPersonnelEventResponse = GetPersonnelEventResponses[keyof GetPersonnelEventResponses];

export type UpdatePersonnelEventData = {
    body: PersonnelEventUpdate;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/personnel-events/{id}';
};

export type UpdatePersonnelEventErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type UpdatePersonnelEventError = UpdatePersonnelEventErrors[keyof UpdatePersonnelEventErrors];

export type UpdatePersonnelEventResponses = {
    /**
     * The changed event
     */
    200: PersonnelEvent;
};

export type UpdatePersonnelEventResponse = UpdatePersonnelEventResponses[keyof UpdatePersonnelEventResponses];

export type CompleteStageData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
        /**
         * Name of the stage
         */
        stage: StageName;
    };
    query?: never;
    url: '/api/personnel-events/{id}/stages/{stage}/complete';
};

export type CompleteStageErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CompleteStageError = CompleteStageErrors[keyof CompleteStageErrors];

export type CompleteStageResponses = {
    /**
     * The changed event
     */
    200: PersonnelEvent;
};

export type CompleteStageResponse = CompleteStageResponses[keyof CompleteStageResponses];

export type CancelPersonnelEventData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/personnel-events/{id}/cancel';
};

export type CancelPersonnelEventErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CancelPersonnelEventError = CancelPersonnelEventErrors[keyof CancelPersonnelEventErrors];

export type CancelPersonnelEventResponses = {
    /**
     * The canceled event
     */
    200: PersonnelEvent;
};

export type CancelPersonnelEventResponse = CancelPersonnelEventResponses[keyof CancelPersonnelEventResponses];

export type CommentPersonnelEventData = {
    body: CommentCreate;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/personnel-events/{id}/comments';
};

export type CommentPersonnelEventErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CommentPersonnelEventError = CommentPersonnelEventErrors[keyof CommentPersonnelEventErrors];

export type CommentPersonnelEventResponses = {
    /**
     * The comment
     */
    201: Comment;
};

export type CommentPersonnelEventResponse = CommentPersonnelEventResponses[keyof CommentPersonnelEventResponses];

export type ListAccessRequestsData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path?: never;
    query?: {
        /**
         * Number of the page, from 1; each page has 50 items
         */
        page?: number;
        /**
         * Return requests that affect this identity only
         */
        identityId?: Id;
        /**
         * Return requests about this application only
         */
        applicationId?: Id;
        /**
         * Return requests of this personnel event only
         */
        personnelEventId?: Id;
        /**
         * Return requests with this status only
         */
        status?: WorkStatusFilter;
        /**
         * Return requests with this `action` only
         */
        type?: AccessRequestActionFilter;
    };
    url: '/api/access-requests';
};

export type ListAccessRequestsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListAccessRequestsError = ListAccessRequestsErrors[keyof ListAccessRequestsErrors];

export type ListAccessRequestsResponses = {
    /**
     * A page of requests
     */
    200: AccessRequestPage;
};

export type ListAccessRequestsResponse = ListAccessRequestsResponses[keyof ListAccessRequestsResponses];

export type GetAccessRequestData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: {
        /**
         * Page of `activity`, from 1, which has the latest 50 entries. Only the latest 1,000 entries are shown
         */
        activityPage?: number;
        /**
         * Page of `comments`, from 1, which has the latest 50 comments
         */
        commentPage?: number;
    };
    url: '/api/access-requests/{id}';
};

export type GetAccessRequestErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetAccessRequestError = GetAccessRequestErrors[keyof GetAccessRequestErrors];

export type GetAccessRequestResponses = {
    /**
     * The request
     */
    200: AccessRequest;
};

export type GetAccessRequestResponse = GetAccessRequestResponses[keyof GetAccessRequestResponses];

export type ResolveAccessRequestData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-requests/{id}/resolve';
};

export type ResolveAccessRequestErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ResolveAccessRequestError = ResolveAccessRequestErrors[keyof ResolveAccessRequestErrors];

export type ResolveAccessRequestResponses = {
    /**
     * The resolved request
     */
    200: AccessRequest;
};

export type ResolveAccessRequestResponse = ResolveAccessRequestResponses[keyof ResolveAccessRequestResponses];

export type CompleteAccessRequestData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-requests/{id}/complete';
};

export type CompleteAccessRequestErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CompleteAccessRequestError = CompleteAccessRequestErrors[keyof CompleteAccessRequestErrors];

export type CompleteAccessRequestResponses = {
    /**
     * The completed request
     */
    200: AccessRequest;
};

export type CompleteAccessRequestResponse = CompleteAccessRequestResponses[keyof CompleteAccessRequestResponses];

export type CancelAccessRequestData = {
    body?: never;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-requests/{id}/cancel';
};

export type CancelAccessRequestErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CancelAccessRequestError = CancelAccessRequestErrors[keyof CancelAccessRequestErrors];

export type CancelAccessRequestResponses = {
    /**
     * The canceled request
     */
    200: AccessRequest;
};

export type CancelAccessRequestResponse = CancelAccessRequestResponses[keyof CancelAccessRequestResponses];

export type CommentAccessRequestData = {
    body: CommentCreate;
    headers?: {
        /**
         * The environment of the request, as `projectKey/environmentKey` or as their ids. Default: the environment of the credential, or else
         * the default environment of the organization. An environment outside the credential's scope returns 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-requests/{id}/comments';
};

export type CommentAccessRequestErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CommentAccessRequestError = CommentAccessRequestErrors[keyof CommentAccessRequestErrors];

export type CommentAccessRequestResponses = {
    /**
     * The comment
     */
    201: Comment;
};

export type CommentAccessRequestResponse = CommentAccessRequestResponses[keyof CommentAccessRequestResponses];

export type ListUsersData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
    };
    query?: {
        /**
         * Return users whose key, e-mail address or name contains this text of at most 200 characters, from the beginning of a word
         * on. The name is the first and the last name, in both orders. Only letters and digits count, without case and accents; other
         * characters separate words. If the text has more than 3,000 matches, of which a user can have several, the response is 400
         *
         */
        search?: string;
        /**
         * Number of the page, from 1
         */
        page?: number;
        /**
         * Number of items on a page
         */
        per_page?: number;
    };
    url: '/v2/facts/{projectKey}/{environmentKey}/users';
};

export type ListUsersErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListUsersError = ListUsersErrors[keyof ListUsersErrors];

export type ListUsersResponses = {
    /**
     * A page of users
     */
    200: UserPage;
};

export type ListUsersResponse = ListUsersResponses[keyof ListUsersResponses];

export type CreateUserData = {
    body: UserCreate;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users';
};

export type CreateUserErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateUserError = CreateUserErrors[keyof CreateUserErrors];

export type CreateUserResponses = {
    /**
     * The user
     */
    201: User;
};

export type CreateUserResponse = CreateUserResponses[keyof CreateUserResponses];

export type DeleteUserData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the user
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}';
};

export type DeleteUserErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type DeleteUserError = DeleteUserErrors[keyof DeleteUserErrors];

export type DeleteUserResponses = {
    /**
     * Deleted; the response has no body
     */
    204: void;
};

export type DeleteUserResponse = DeleteUserResponses[keyof DeleteUserResponses];

export type GetUserData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the user
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}';
};

export type GetUserErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetUserError = GetUserErrors[keyof GetUserErrors];

export type GetUserResponses = {
    /**
     * The user
     */
    200: User;
};

export type GetUserResponse = GetUserResponses[keyof GetUserResponses];

export type UpdateUserData = {
    body: UserUpdate;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the user
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}';
};

export type UpdateUserErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type UpdateUserError = UpdateUserErrors[keyof UpdateUserErrors];

export type UpdateUserResponses = {
    /**
     * The user
     */
    200: User;
};

export type UpdateUserResponse = UpdateUserResponses[keyof UpdateUserResponses];

export type ReplaceUserData = {
    body: UserReplace;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the user
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}';
};

export type ReplaceUserErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ReplaceUserError = ReplaceUserErrors[keyof ReplaceUserErrors];

export type ReplaceUserResponses = {
    /**
     * The user
     */
    200: User;
    /**
     * The user
     */
    201: User;
};

export type ReplaceUserResponse = ReplaceUserResponses[keyof ReplaceUserResponses];

export type UnassignRoleData = {
    body: RoleRemoval;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the user
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}/roles';
};

export type UnassignRoleErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type UnassignRoleError = UnassignRoleErrors[keyof UnassignRoleErrors];

export type UnassignRoleResponses = {
    /**
     * Deleted; the response has no body
     */
    204: void;
};

export type UnassignRoleResponse = UnassignRoleResponses[keyof UnassignRoleResponses];

export type AssignRoleData = {
    body: RoleAssignmentInput;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the user
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}/roles';
};

export type AssignRoleErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type AssignRoleError = AssignRoleErrors[keyof AssignRoleErrors];

export type AssignRoleResponses = {
    /**
     * The assigned role
     */
    200: RoleAssignment;
};

export type AssignRoleResponse = AssignRoleResponses[keyof AssignRoleResponses];

export type ListTenantsData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
    };
    query?: {
        /**
         * Return tenants whose key or name contains this text of at most 200 characters, from the beginning of a word on. Only letters
         * and digits count, without case and accents; other characters separate words. If the text has more than 3,000 matches, of
         * which a tenant can have several, the response is 400
         *
         */
        search?: string;
        /**
         * Number of the page, from 1
         */
        page?: number;
        /**
         * Number of items on a page
         */
        per_page?: number;
        /**
         * Return an object with the list and the counts
         */
        include_total_count?: boolean;
    };
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants';
};

export type ListTenantsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListTenantsError = ListTenantsErrors[keyof ListTenantsErrors];

export type ListTenantsResponses = {
    /**
     * A page of tenants
     */
    200: Array<Tenant> | TenantPage;
};

export type ListTenantsResponse = ListTenantsResponses[keyof ListTenantsResponses];

export type CreateTenantData = {
    body: TenantCreate;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants';
};

export type CreateTenantErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateTenantError = CreateTenantErrors[keyof CreateTenantErrors];

export type CreateTenantResponses = {
    /**
     * The tenant
     */
    200: Tenant;
    /**
     * The tenant
     */
    201: Tenant;
};

export type CreateTenantResponse = CreateTenantResponses[keyof CreateTenantResponses];

export type DeleteTenantData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the tenant
         */
        tenantId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}';
};

export type DeleteTenantErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type DeleteTenantError = DeleteTenantErrors[keyof DeleteTenantErrors];

export type DeleteTenantResponses = {
    /**
     * Deleted; the response has no body
     */
    204: void;
};

export type DeleteTenantResponse = DeleteTenantResponses[keyof DeleteTenantResponses];

export type GetTenantData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the tenant
         */
        tenantId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}';
};

export type GetTenantErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetTenantError = GetTenantErrors[keyof GetTenantErrors];

export type GetTenantResponses = {
    /**
     * The tenant
     */
    200: Tenant;
};

export type GetTenantResponse = GetTenantResponses[keyof GetTenantResponses];

export type UpdateTenantData = {
    body: TenantUpdate;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the tenant
         */
        tenantId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}';
};

export type UpdateTenantErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type UpdateTenantError = UpdateTenantErrors[keyof UpdateTenantErrors];

export type UpdateTenantResponses = {
    /**
     * The tenant
     */
    200: Tenant;
};

export type UpdateTenantResponse = UpdateTenantResponses[keyof UpdateTenantResponses];

export type ReplaceTenantData = {
    body: TenantReplace;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the tenant
         */
        tenantId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}';
};

export type ReplaceTenantErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ReplaceTenantError = ReplaceTenantErrors[keyof ReplaceTenantErrors];

export type ReplaceTenantResponses = {
    /**
     * The tenant
     */
    200: Tenant;
    /**
     * The tenant
     */
    201: Tenant;
};

export type ReplaceTenantResponse = ReplaceTenantResponses[keyof ReplaceTenantResponses];

export type ListTenantUsersData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the tenant
         */
        tenantId: string;
    };
    query?: {
        /**
         * Number of the page, from 1
         */
        page?: number;
        /**
         * Number of items on a page
         */
        per_page?: number;
    };
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users';
};

export type ListTenantUsersErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListTenantUsersError = ListTenantUsersErrors[keyof ListTenantUsersErrors];

export type ListTenantUsersResponses = {
    /**
     * A page of users
     */
    200: UserPage;
};

export type ListTenantUsersResponse = ListTenantUsersResponses[keyof ListTenantUsersResponses];

export type AddTenantUserData = {
    body: TenantUserAdd;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the tenant
         */
        tenantId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users';
};

export type AddTenantUserErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type AddTenantUserError = AddTenantUserErrors[keyof AddTenantUserErrors];

export type AddTenantUserResponses = {
    /**
     * The user
     */
    200: User;
    /**
     * The user
     */
    201: User;
};

export type AddTenantUserResponse = AddTenantUserResponses[keyof AddTenantUserResponses];

export type RemoveTenantUserData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
        /**
         * Key or id of the tenant
         */
        tenantId: string;
        /**
         * Key or id of the user
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users/{userId}';
};

export type RemoveTenantUserErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type RemoveTenantUserError = RemoveTenantUserErrors[keyof RemoveTenantUserErrors];

export type RemoveTenantUserResponses = {
    /**
     * Deleted; the response has no body
     */
    204: void;
};

export type RemoveTenantUserResponse = RemoveTenantUserResponses[keyof RemoveTenantUserResponses];

export type GetSettingsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/settings';
};

export type GetSettingsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetSettingsError = GetSettingsErrors[keyof GetSettingsErrors];

export type GetSettingsResponses = {
    /**
     * The settings
     */
    200: Settings;
};

export type GetSettingsResponse = GetSettingsResponses[keyof GetSettingsResponses];

export type UpdateSettingsData = {
    body: SettingsUpdate;
    path?: never;
    query?: never;
    url: '/api/settings';
};

export type UpdateSettingsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type UpdateSettingsError = UpdateSettingsErrors[keyof UpdateSettingsErrors];

export type UpdateSettingsResponses = {
    /**
     * The changed settings
     */
    200: Settings;
};

export type UpdateSettingsResponse = UpdateSettingsResponses[keyof UpdateSettingsResponses];

export type ListTokensData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Number of the page, from 1; each page has 50 items
         */
        page?: number;
    };
    url: '/api/tokens';
};

export type ListTokensErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
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
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/tokens';
};

export type CreateTokenErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
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
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetCurrentTokenError = GetCurrentTokenErrors[keyof GetCurrentTokenErrors];

export type GetCurrentTokenResponses = {
    /**
     * The token or the access key
     */
    200: Credential;
};

export type GetCurrentTokenResponse = GetCurrentTokenResponses[keyof GetCurrentTokenResponses];

export type DeleteTokenData = {
    body?: never;
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: {
        /**
         * Also delete what this credential created, and what that created in turn. Otherwise these tokens and access keys stay valid,
         * and tell `isCreatorDeleted`. `true` also needs permission to delete access-keys
         *
         */
        alsoDeleteCreated?: boolean;
    };
    url: '/api/tokens/{id}';
};

export type DeleteTokenErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type DeleteTokenError = DeleteTokenErrors[keyof DeleteTokenErrors];

export type DeleteTokenResponses = {
    /**
     * Deleted; the response has no body
     */
    204: void;
};

export type DeleteTokenResponse = DeleteTokenResponses[keyof DeleteTokenResponses];

export type GetTokenData = {
    body?: never;
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/tokens/{id}';
};

export type GetTokenErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
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
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/tokens/{id}';
};

export type UpdateTokenErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type UpdateTokenError = UpdateTokenErrors[keyof UpdateTokenErrors];

export type UpdateTokenResponses = {
    /**
     * The changed token
     */
    200: Token;
};

export type UpdateTokenResponse = UpdateTokenResponses[keyof UpdateTokenResponses];

export type ListTokenSafetyData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Return tokens with this finding only
         */
        finding?: SafetyFinding;
        /**
         * Number of the page, from 1; each page has 50 items
         */
        page?: number;
    };
    url: '/api/tokens/safety';
};

export type ListTokenSafetyErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListTokenSafetyError = ListTokenSafetyErrors[keyof ListTokenSafetyErrors];

export type ListTokenSafetyResponses = {
    /**
     * A page of tokens with findings
     */
    200: TokenSafetyPage;
};

export type ListTokenSafetyResponse = ListTokenSafetyResponses[keyof ListTokenSafetyResponses];

export type RevokeAllTokensData = {
    body: RevokeAll;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/tokens/revoke-all';
};

export type RevokeAllTokensErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type RevokeAllTokensError = RevokeAllTokensErrors[keyof RevokeAllTokensErrors];

export type RevokeAllTokensResponses = {
    /**
     * The number of deleted credentials, or of those that a real run would delete
     */
    200: RevokedAll;
};

export type RevokeAllTokensResponse = RevokeAllTokensResponses[keyof RevokeAllTokensResponses];

export type RotateTokenData = {
    body: TokenRotate;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/tokens/{id}/rotate';
};

export type RotateTokenErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type RotateTokenError = RotateTokenErrors[keyof RotateTokenErrors];

export type RotateTokenResponses = {
    /**
     * The token and its new secret
     */
    200: CreatedToken;
};

export type RotateTokenResponse = RotateTokenResponses[keyof RotateTokenResponses];

export type RevealTokenData = {
    body?: never;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/tokens/{id}/reveal';
};

export type RevealTokenErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type RevealTokenError = RevealTokenErrors[keyof RevealTokenErrors];

export type RevealTokenResponses = {
    /**
     * The secret
     */
    200: RevealedSecret;
};

export type RevealTokenResponse = RevealTokenResponses[keyof RevealTokenResponses];

export type ListAccessKeysData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Number of the page, from 1; each page has 50 items
         */
        page?: number;
    };
    url: '/api/access-keys';
};

export type ListAccessKeysErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListAccessKeysError = ListAccessKeysErrors[keyof ListAccessKeysErrors];

export type ListAccessKeysResponses = {
    /**
     * A page of access keys
     */
    200: AccessKeyPage;
};

export type ListAccessKeysResponse = ListAccessKeysResponses[keyof ListAccessKeysResponses];

export type CreateAccessKeyData = {
    body: AccessKeyCreate;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/access-keys';
};

export type CreateAccessKeyErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateAccessKeyError = CreateAccessKeyErrors[keyof CreateAccessKeyErrors];

export type CreateAccessKeyResponses = {
    /**
     * The access key and its secret
     */
    201: CreatedAccessKey;
};

export type CreateAccessKeyResponse = CreateAccessKeyResponses[keyof CreateAccessKeyResponses];

export type DeleteAccessKeyData = {
    body?: never;
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: {
        /**
         * Also delete what this credential created, and what that created in turn. Otherwise these tokens and access keys stay valid,
         * and tell `isCreatorDeleted`. `true` also needs permission to delete tokens
         *
         */
        alsoDeleteCreated?: boolean;
    };
    url: '/api/access-keys/{id}';
};

export type DeleteAccessKeyErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type DeleteAccessKeyError = DeleteAccessKeyErrors[keyof DeleteAccessKeyErrors];

export type DeleteAccessKeyResponses = {
    /**
     * Deleted; the response has no body
     */
    204: void;
};

export type DeleteAccessKeyResponse = DeleteAccessKeyResponses[keyof DeleteAccessKeyResponses];

export type GetAccessKeyData = {
    body?: never;
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-keys/{id}';
};

export type GetAccessKeyErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetAccessKeyError = GetAccessKeyErrors[keyof GetAccessKeyErrors];

export type GetAccessKeyResponses = {
    /**
     * The access key
     */
    200: AccessKey;
};

export type GetAccessKeyResponse = GetAccessKeyResponses[keyof GetAccessKeyResponses];

export type UpdateAccessKeyData = {
    body: AccessKeyUpdate;
    path: {
        /**
         * Id of the resource
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-keys/{id}';
};

export type UpdateAccessKeyErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type UpdateAccessKeyError = UpdateAccessKeyErrors[keyof UpdateAccessKeyErrors];

export type UpdateAccessKeyResponses = {
    /**
     * The access key
     */
    200: AccessKey;
};

export type UpdateAccessKeyResponse = UpdateAccessKeyResponses[keyof UpdateAccessKeyResponses];

export type CreateAccessTokenData = {
    body: AccessTokenCreate;
    headers: {
        /**
         * The `accessKeyId` of the access key
         */
        'x-key': string;
        /**
         * HMAC-SHA256 of `content` with the secret of the access key, in hexadecimal digits or base64
         */
        'x-hash': string;
    };
    path?: never;
    query?: never;
    url: '/api/v2/auth/client_token';
};

export type CreateAccessTokenErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than 16 KiB, the limit of an operation that needs no token
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateAccessTokenError = CreateAccessTokenErrors[keyof CreateAccessTokenErrors];

export type CreateAccessTokenResponses = {
    /**
     * The access token and a refresh token for the next one
     */
    200: AccessToken;
};

export type CreateAccessTokenResponse = CreateAccessTokenResponses[keyof CreateAccessTokenResponses];

export type RefreshAccessTokenData = {
    body: AccessTokenRefresh;
    path?: never;
    query?: never;
    url: '/api/v2/auth/refresh_token';
};

export type RefreshAccessTokenErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The body is larger than 16 KiB, the limit of an operation that needs no token
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type RefreshAccessTokenError = RefreshAccessTokenErrors[keyof RefreshAccessTokenErrors];

export type RefreshAccessTokenResponses = {
    /**
     * The access token and a refresh token for the next one
     */
    200: AccessToken;
};

export type RefreshAccessTokenResponse = RefreshAccessTokenResponses[keyof RefreshAccessTokenResponses];

export type ListOrganizationsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Number of the page, from 1
         */
        page?: number;
        /**
         * Number of items on a page
         */
        per_page?: number;
    };
    url: '/v2/orgs';
};

export type ListOrganizationsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListOrganizationsError = ListOrganizationsErrors[keyof ListOrganizationsErrors];

export type ListOrganizationsResponses = {
    /**
     * A page of organizations
     */
    200: OrganizationPage;
};

export type ListOrganizationsResponse = ListOrganizationsResponses[keyof ListOrganizationsResponses];

export type CreateOrganizationData = {
    body: OrganizationCreate;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/v2/orgs';
};

export type CreateOrganizationErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateOrganizationError = CreateOrganizationErrors[keyof CreateOrganizationErrors];

export type CreateOrganizationResponses = {
    /**
     * The organization and the secret of its administrator token
     */
    201: CreatedOrganization;
};

export type CreateOrganizationResponse = CreateOrganizationResponses[keyof CreateOrganizationResponses];

export type GetOrganizationData = {
    body?: never;
    path: {
        /**
         * Key or id of the organization
         */
        organizationKey: string;
    };
    query?: never;
    url: '/v2/orgs/{organizationKey}';
};

export type GetOrganizationErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetOrganizationError = GetOrganizationErrors[keyof GetOrganizationErrors];

export type GetOrganizationResponses = {
    /**
     * The organization
     */
    200: Organization;
};

export type GetOrganizationResponse = GetOrganizationResponses[keyof GetOrganizationResponses];

export type ListProjectsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Number of the page, from 1
         */
        page?: number;
        /**
         * Number of items on a page
         */
        per_page?: number;
    };
    url: '/v2/projects';
};

export type ListProjectsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListProjectsError = ListProjectsErrors[keyof ListProjectsErrors];

export type ListProjectsResponses = {
    /**
     * A page of projects
     */
    200: ProjectPage;
};

export type ListProjectsResponse = ListProjectsResponses[keyof ListProjectsResponses];

export type CreateProjectData = {
    body: ProjectCreate;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/v2/projects';
};

export type CreateProjectErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateProjectError = CreateProjectErrors[keyof CreateProjectErrors];

export type CreateProjectResponses = {
    /**
     * The project
     */
    201: Project;
};

export type CreateProjectResponse = CreateProjectResponses[keyof CreateProjectResponses];

export type GetProjectData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
    };
    query?: never;
    url: '/v2/projects/{projectKey}';
};

export type GetProjectErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetProjectError = GetProjectErrors[keyof GetProjectErrors];

export type GetProjectResponses = {
    /**
     * The project
     */
    200: Project;
};

export type GetProjectResponse = GetProjectResponses[keyof GetProjectResponses];

export type ListEnvironmentsData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
    };
    query?: {
        /**
         * Number of the page, from 1
         */
        page?: number;
        /**
         * Number of items on a page
         */
        per_page?: number;
    };
    url: '/v2/projects/{projectKey}/envs';
};

export type ListEnvironmentsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListEnvironmentsError = ListEnvironmentsErrors[keyof ListEnvironmentsErrors];

export type ListEnvironmentsResponses = {
    /**
     * A page of environments
     */
    200: EnvironmentPage;
};

export type ListEnvironmentsResponse = ListEnvironmentsResponses[keyof ListEnvironmentsResponses];

export type CreateEnvironmentData = {
    body: EnvironmentCreate;
    headers?: {
        /**
         * A key that the caller chooses, such as a GUID: up to 255 visible ASCII characters. Gatehouse performs requests with the same key
         * only once within 24 hours. Later ones get the first response again, with the header `Idempotency-Replayed: true`. A different
         * request with the same key returns 422. A request with the key of a request that is still running returns 409 with `Retry-After`. A
         * refused request has changed nothing and may be sent again with the same key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
    };
    query?: never;
    url: '/v2/projects/{projectKey}/envs';
};

export type CreateEnvironmentErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The body did not arrive in time; the connection is closed
     */
    408: Error;
    /**
     * The current state does not allow this operation
     */
    409: Error;
    /**
     * The body is larger than the server accepts
     */
    413: Error;
    /**
     * The operation does not accept this media type
     */
    415: Error;
    /**
     * The request is valid, but a precondition is missing
     */
    422: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type CreateEnvironmentError = CreateEnvironmentErrors[keyof CreateEnvironmentErrors];

export type CreateEnvironmentResponses = {
    /**
     * The environment
     */
    201: Environment;
};

export type CreateEnvironmentResponse = CreateEnvironmentResponses[keyof CreateEnvironmentResponses];

export type GetEnvironmentData = {
    body?: never;
    path: {
        /**
         * Key or id of the project
         */
        projectKey: string;
        /**
         * Key or id of the environment
         */
        environmentKey: string;
    };
    query?: never;
    url: '/v2/projects/{projectKey}/envs/{environmentKey}';
};

export type GetEnvironmentErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetEnvironmentError = GetEnvironmentErrors[keyof GetEnvironmentErrors];

export type GetEnvironmentResponses = {
    /**
     * The environment
     */
    200: Environment;
};

export type GetEnvironmentResponse = GetEnvironmentResponses[keyof GetEnvironmentResponses];

export type ListLogsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Return calls of the token or access key with this id only
         */
        actor?: Id;
        /**
         * Return calls of this operation only
         */
        operation?: string;
        /**
         * Return calls with this method only, in upper case
         */
        method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
        /**
         * Return calls whose path starts with this text only
         */
        path?: string;
        /**
         * Return calls whose response has a status of this class only
         */
        statusClass?: '2xx' | '3xx' | '4xx' | '5xx';
        /**
         * Return successful calls only (`true`), or failed calls only (`false`)
         */
        success?: boolean;
        /**
         * Return calls at or after this time only
         */
        from?: Instant;
        /**
         * Return calls before this time only
         */
        until?: Instant;
        /**
         * Return calls older than the call with this id only: the `nextBefore` of the previous page
         */
        before?: CorrelationId;
        /**
         * Maximum number of calls
         */
        limit?: number;
    };
    url: '/api/logs';
};

export type ListLogsErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type ListLogsError = ListLogsErrors[keyof ListLogsErrors];

export type ListLogsResponses = {
    /**
     * Calls, newest first
     */
    200: LoggedCallPage;
};

export type ListLogsResponse = ListLogsResponses[keyof ListLogsResponses];

export type GetLogData = {
    body?: never;
    path: {
        /**
         * Correlation id of the call, from the response header `X-Correlation-Id`
         */
        id: CorrelationId;
    };
    query?: never;
    url: '/api/logs/{id}';
};

export type GetLogErrors = {
    /**
     * A part of the request is missing or wrong; `errors` names the fields
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
    /**
     * The token is valid, but does not allow this operation; the message names the missing permission
     */
    403: Error;
    /**
     * The resource does not exist, or is outside the caller's scope
     */
    404: Error;
    /**
     * The rate limit is exceeded, or the credential or its organization sends or receives too much at the same time
     */
    429: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The server failed and rolled back all changes
     */
    500: Error;
    /**
     * The database is not reachable, the server is stopping, it has too many uploads, downloads or bytes at the same time, or the API
     * log cannot store the call, which may have taken effect
     *
     */
    503: Error;
};

export type GetLogError = GetLogErrors[keyof GetLogErrors];

export type GetLogResponses = {
    /**
     * The call
     */
    200: LoggedCallDetail;
};

export type GetLogResponse = GetLogResponses[keyof GetLogResponses];

export type GetHealthData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/healthz';
};

export type GetHealthErrors = {
    /**
     * The request has a query parameter, or it is malformed
     */
    400: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
};

export type GetHealthError = GetHealthErrors[keyof GetHealthErrors];

export type GetHealthResponses = {
    /**
     * The process is running
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
     * The request has a query parameter, or it is malformed
     */
    400: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
    /**
     * The process cannot serve all requests
     */
    503: Error;
};

export type GetReadinessError = GetReadinessErrors[keyof GetReadinessErrors];

export type GetReadinessResponses = {
    /**
     * The process can serve requests
     */
    200: Health;
};

export type GetReadinessResponse = GetReadinessResponses[keyof GetReadinessResponses];

export type GetDocsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/docs';
};

export type GetDocsErrors = {
    /**
     * The request has a query parameter, or it is malformed
     */
    400: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
};

export type GetDocsError = GetDocsErrors[keyof GetDocsErrors];

export type GetDocsResponses = {
    /**
     * The page
     */
    200: string;
};

export type GetDocsResponse = GetDocsResponses[keyof GetDocsResponses];

export type GetDocsContractData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/docs/openapi.json';
};

export type GetDocsContractErrors = {
    /**
     * The request has a query parameter, or it is malformed
     */
    400: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
};

export type GetDocsContractError = GetDocsContractErrors[keyof GetDocsContractErrors];

export type GetDocsContractResponses = {
    /**
     * The contract
     */
    200: {
        [key: string]: unknown;
    };
};

export type GetDocsContractResponse = GetDocsContractResponses[keyof GetDocsContractResponses];

export type GetDocsScriptData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/docs/redoc.js';
};

export type GetDocsScriptErrors = {
    /**
     * The request has a query parameter, or it is malformed
     */
    400: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
};

export type GetDocsScriptError = GetDocsScriptErrors[keyof GetDocsScriptErrors];

export type GetDocsScriptResponses = {
    /**
     * The script
     */
    200: Blob | File;
};

export type GetDocsScriptResponse = GetDocsScriptResponses[keyof GetDocsScriptResponses];

export type GetContractYamlData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/openapi.yaml';
};

export type GetContractYamlErrors = {
    /**
     * The request has a query parameter, or it is malformed
     */
    400: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
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
     * The request has a query parameter, or it is malformed
     */
    400: Error;
    /**
     * The path, the query and the headers together have more than 16 KiB; the connection is closed
     */
    431: Error;
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
