// Made by `npm run generate` from openapi.yaml. Never edit.

export type ClientOptions = {
    baseUrl: 'http://127.0.0.1:8080' | (string & {});
};

export type Id = string;

export type CorrelationId = string;

export type Instant = string;

export type NullableInstant = string | null;

/**
 * Last request that this credential authenticated, or one of its access tokens; null if there was none.
 * The server stores it every ten seconds and at an orderly stop, so the last uses before a crash can be missing.
 *
 */
export type LastUsedDate = string | null;

export type Count = number;

/**
 * Not blank, no control characters
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
     * Whether an approved onboarding makes an access request `Add` for it
     */
    isGrantedAtOnboarding: boolean;
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
 * A build that adds, changes and removes more than this share of the records there were fails and changes nothing; null sets
 * no limit. The first import of an application is never held back.
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
 * Which field is in which column: our field's name to the header of the file's column, in any case. A file may have other
 * columns and any order.
 *
 * - `users`: `key` must be mapped; `name`, `emailAddress`, `employeeNumber`, `status`, `description` and `lastLoginDate` may be.
 * - `groups`: `key` must be mapped; `name` and `description` may be.
 * - `privileges`: `name` must be mapped, and `userKey` or `groupKey` or both; `value` and `description` may be.
 * - `identities`: `key` must be mapped; `firstName`, `lastName`, `emailAddress`, `type`, `title`, `company`, `division`,
 * `department`, `office`, `supervisorKey`, `createdDate`, `updatedDate` and `status` may be.
 *
 * Of an identity, a `status` of Disabled, Inactive, Terminated, Removed, Deleted, No, False or 0, in any case, means disabled
 * and all else active; values have at most 256 characters. A user's `employeeNumber` and `emailAddress` tell which identity it
 * belongs to.
 *
 * Every row needs a value in `key` (in `name` and in one of `userKey` and `groupKey` for a privilege); two rows with the same
 * key are one row and one rejection.
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
    /**
     * Whether an approved onboarding makes an access request `Add` for it
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
     * Whether an approved onboarding makes an access request `Add` for it
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
     * The mapped fields that are not empty
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
 * `Disabled` by its directory or an offboarding; `Removed` is no longer in its directory, but kept here
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
     * In the form `Last, First`
     */
    supervisorName: string | null;
    /**
     * When it was created in its directory
     */
    createdDate: NullableInstant;
    /**
     * When it was last changed in its directory
     */
    updatedDate: NullableInstant;
    /**
     * When an import or an onboarding first brought it
     */
    firstSeenDate: Instant;
    /**
     * When it ceased to be active; null while it is
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
 * `Pending` waits for approval, or, when its date has come, for its turn; `Scheduled` waits for its date; `Snoozed` for its
 * date to be known; `Open` is to be done; `Resolved` is done and to be verified; `Completed` and `Canceled` are ends.
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
     * Counts up over all events
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
     * The effective date, or the start of a leave
     */
    neededOn: Instant;
    /**
     * End of a leave or overlap; null without such a date
     */
    neededUntil: NullableInstant;
    /**
     * When it was completed or canceled
     */
    completedOn: NullableInstant;
};

export type PersonnelEvent = {
    id: Id;
    kind: 'Personnel Event';
    /**
     * Counts up over all events
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
     * The effective date, or the start of a leave
     */
    neededOn: Instant;
    /**
     * End of a leave or overlap; null without such a date
     */
    neededUntil: NullableInstant;
    /**
     * When it was completed or canceled
     */
    completedOn: NullableInstant;
    stages: Array<Stage>;
    /**
     * What was done, by whom and when, oldest first
     */
    activity: Array<Activity>;
    /**
     * Oldest first
     */
    comments: Array<Comment>;
    /**
     * What the event was asked to make of the identity, in the names of the request; null where it asks nothing
     */
    requestedIdentity: RequestedIdentity | null;
};

export type Stage = {
    name: StageName;
    status: WorkStatus;
    /**
     * When it is due; null for stages without a date
     */
    neededOn: NullableInstant;
    completedOn: NullableInstant;
};

export type Activity = {
    date: Instant;
    /**
     * `API Token - ` and the token's name, or `Gatehouse` for what happens by itself
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
 * A comment on the event; a blank one is none
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
 * An ISO 8601 date, which is that day's beginning in the organization's time zone, or an instant
 */
export type DateInput = string | string;

/**
 * An ISO 8601 date, which is that day's beginning in the organization's time zone, or an instant
 */
export type NullableDateInput = string | string | null;

/**
 * Written without the space that `Service Account` has in answers
 */
export type IdentityTypeInput = 'Employee' | 'ServiceAccount' | 'Vendor' | 'Shared' | 'Mailbox' | 'Client' | 'Temporary' | 'Administrator' | 'Auditor' | 'Unknown';

export type NameInput = string;

export type TextInput = string | null;

export type EmailInput = string | null;

/**
 * Accepted only where the settings have given the field a name
 */
export type CustomFieldInput = string | null;

export type OnboardIdentity = {
    firstName: NameInput;
    lastName: NameInput;
    email?: EmailInput;
    /**
     * The identity of the supervisor
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
 * Only what changes; `null` empties a member
 */
export type TransitionIdentity = {
    firstName?: NameInput;
    lastName?: NameInput;
    email?: EmailInput;
    /**
     * The identity of the supervisor
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
     * The identity of the supervisor
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
     * When the old access ends, later than the effective date
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
 * `Add` an account, `Change` its permissions, `Remove` it, `Suspend` (disable) it, `Restore` (enable) it again
 */
export type AccessRequestAction = 'Add' | 'Change' | 'Remove' | 'Suspend' | 'Restore';

/**
 * The action to filter by. Upper and lower case and white space do not matter: `add` means `Add`.
 */
export type AccessRequestActionFilter = AccessRequestAction | string | string | string | string | string;

export type AccessRequestTarget = {
    type: 'User' | 'Group';
    /**
     * The account's key in the application; for an account that is to be added the e-mail address or the name
     */
    name: string;
    /**
     * Only where the target is a group
     */
    nomenclature?: string;
    affectedIdentity: NullableIdentity;
};

export type AccessRequestSummary = {
    id: Id;
    kind: 'Access Request';
    /**
     * Counts up over all requests
     */
    number: number;
    action: AccessRequestAction;
    status: WorkStatus;
    /**
     * Who reported the event that it comes from
     */
    reporter: PersonReference;
    assignee: NullablePersonReference;
    target: AccessRequestTarget;
    application: ApplicationSummary;
    createdDate: Instant;
    /**
     * When it is due; null while it is snoozed
     */
    neededOn: NullableInstant;
    /**
     * When it was completed or canceled
     */
    completedOn: NullableInstant;
};

export type AccessRequest = {
    id: Id;
    kind: 'Access Request';
    /**
     * Counts up over all requests
     */
    number: number;
    action: AccessRequestAction;
    status: WorkStatus;
    /**
     * Who reported the event that it comes from
     */
    reporter: PersonReference;
    assignee: NullablePersonReference;
    target: AccessRequestTarget;
    application: ApplicationSummary;
    createdDate: Instant;
    /**
     * When it is due; null while it is snoozed
     */
    neededOn: NullableInstant;
    /**
     * When it was completed or canceled
     */
    completedOn: NullableInstant;
    /**
     * What the account could do when the request was made; the first 1,000, and no more than 256 KiB of them
     */
    privileges: Array<RequestedPrivilege>;
    /**
     * What was done, by whom and when, oldest first
     */
    activity: Array<Activity>;
    /**
     * Oldest first
     */
    comments: Array<Comment>;
    /**
     * What it takes to complete it
     */
    responses: Array<RequestResponse>;
    /**
     * What it belongs to
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
 * The name of the custom field; null is off
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
     * The IANA time zone in which days begin and end
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
 * How far ahead the expiration of a new token or access key may be; null lets them live for ever. Those there are stay as they are.
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
 * Anything, up to 64 KiB of JSON and 20 levels, the outermost included
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
     * The same as in `associated_tenants`, as a flat list
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
     * Always empty; there are no resource instances
     */
    resource_instance_roles: Array<{
        [key: string]: unknown;
    }>;
};

export type RoleAssignmentInput = {
    role: RoleKey;
    /**
     * The key or id of a tenant
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
    key: UserKey;
    email?: EmailInput;
    first_name?: TextInput;
    last_name?: TextInput;
    attributes?: Attributes;
    role_assignments?: RoleAssignments;
};

export type UserReplace = {
    /**
     * Where it is sent, the key in the path
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
    key: TenantKey;
    name: Name;
    description?: string | null;
    attributes?: Attributes;
};

export type TenantReplace = {
    /**
     * Where it is sent, the key in the path
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
 * `Administrator` may do all, `Write` all but tokens and settings, `Read` may read and download all but these
 */
export type AccessLevel = 'Administrator' | 'Write' | 'Read';

export type Token = {
    id: Id;
    kind: 'API Token';
    name: TokenName;
    level: Level;
    /**
     * The project that it is limited to
     */
    projectKey: string | null;
    /**
     * The environment that it is limited to
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
     * How the secret begins
     */
    secretStart: string;
    createdDate: Instant;
    createdBy: string;
    expirationDate: NullableInstant;
    lastUsedDate: LastUsedDate;
};

/**
 * What a caller authenticated with
 */
export type Credential = Token | AccessKey;

export type CreatedToken = {
    id: Id;
    kind: 'API Token';
    name: TokenName;
    level: Level;
    /**
     * The project that it is limited to
     */
    projectKey: string | null;
    /**
     * The environment that it is limited to
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
     * How the secret begins
     */
    secretStart: string;
    createdDate: Instant;
    createdBy: string;
    expirationDate: NullableInstant;
    lastUsedDate: LastUsedDate;
    /**
     * Shown this once
     */
    secret: string;
};

/**
 * How much of the organization it reaches
 */
export type Level = 'Organization' | 'Project' | 'Environment';

/**
 * What an operation is about, as its `x-permission` says
 */
export type Resource = 'applications' | 'application-imports' | 'identities' | 'personnel-events' | 'access-requests' | 'users' | 'tenants' | 'settings' | 'tokens' | 'access-keys' | 'organizations' | 'projects' | 'logs';

export type Permission = {
    resource: Resource;
    action: 'create' | 'read' | 'update' | 'delete' | 'download';
    /**
     * The members that answers may hold, or that requests may give, dotted where they are nested (`application.name`); `id`,
     * `kind` and `key` always are in answers. null is all of them.
     *
     */
    fields: Array<string> | null;
};

export type PermissionInput = {
    resource: Resource;
    action: 'create' | 'read' | 'update' | 'delete' | 'download';
    /**
     * The members that answers may hold, or that requests may give, dotted where they are nested (`application.name`); `id`,
     * `kind` and `key` always are in answers. null is all of them.
     *
     */
    fields?: Array<string> | null;
};

/**
 * What it may do, at most what its access level may; null is all of that
 */
export type Permissions = Array<Permission> | null;

/**
 * What it may do, each resource and action once, at most what its access level may; null is all of that
 */
export type PermissionsInput = Array<PermissionInput> | null;

export type TokenName = string;

/**
 * An ISO 8601 date (that day's beginning, UTC) or instant, later than now; null never expires
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
 * Key or id; an environment's wants its project's, too
 */
export type LevelKey = string;

export type TokenUpdate = {
    name?: TokenName;
    accessLevel?: AccessLevel;
    permissions?: PermissionsInput;
    expirationDate?: ExpirationInput;
    /**
     * Whether it is refused until it is enabled again
     */
    isDisabled?: boolean;
};

export type TokenRotate = {
    /**
     * How long the secrets there were go on
     */
    gracePeriodHours?: number;
};

export type RevealedSecret = {
    secret: string;
};

export type RevokeAll = {
    /**
     * Only count them
     */
    isDryRun?: boolean;
    /**
     * `REVOKE ALL`, typed out, unless it is a dry run
     */
    confirmation?: string;
    /**
     * Whether the caller's own is kept
     */
    keepsCaller?: boolean;
};

export type RevokedAll = {
    isDryRun: boolean;
    tokens: Count;
    accessKeys: Count;
};

export type SafetyFinding = 'Never used' | 'Idle' | 'Never expires' | 'Unrestricted';

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
     * What callers send as `x-key`; `pak_` and letters and digits
     */
    accessKeyId: string;
    level: Level;
    /**
     * The project that it is limited to
     */
    projectKey: string | null;
    /**
     * The environment that it is limited to
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
    expirationDate: NullableInstant;
    lastUsedDate: LastUsedDate;
};

export type CreatedAccessKey = {
    id: Id;
    kind: 'Access Key';
    name: TokenName;
    /**
     * What callers send as `x-key`; `pak_` and letters and digits
     */
    accessKeyId: string;
    level: Level;
    /**
     * The project that it is limited to
     */
    projectKey: string | null;
    /**
     * The environment that it is limited to
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
    expirationDate: NullableInstant;
    lastUsedDate: LastUsedDate;
    /**
     * Shown this once
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
     * Whether `content` must be `<Unix seconds>.<nonce>`, each nonce once
     */
    isReplayProtected?: boolean;
};

export type AccessKeyUpdate = {
    name?: TokenName;
    accessLevel?: AccessLevel;
    permissions?: PermissionsInput;
    expirationDate?: ExpirationInput;
    /**
     * Whether it is refused until it is enabled again
     */
    isDisabled?: boolean;
};

export type AccessTokenCreate = {
    /**
     * Both mean the same; `docs_api` is what callers written for Passportal send
     */
    scope: 'gatehouse_api' | 'docs_api';
    /**
     * The text that was hashed, byte for byte
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
     * When the access token ends, in Unix seconds
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
     * The correlation id that its answer named
     */
    id: CorrelationId;
    kind: 'Logged Call';
    time: Instant;
    /**
     * Who called; null for nobody known
     */
    actor: Actor | null;
    /**
     * The operationId; null for a method that the path does not have
     */
    operation: string | null;
    method: string;
    path: string;
    status: number;
    /**
     * Whether the status is below 400
     */
    success: boolean;
    durationMs: Count;
    clientAddress: string;
    /**
     * The environment that the call was about, if it was about one
     */
    environmentId: Id | null;
};

export type LoggedCallDetail = {
    /**
     * The correlation id that its answer named
     */
    id: CorrelationId;
    kind: 'Logged Call';
    time: Instant;
    /**
     * Who called; null for nobody known
     */
    actor: Actor | null;
    /**
     * The operationId; null for a method that the path does not have
     */
    operation: string | null;
    method: string;
    path: string;
    status: number;
    /**
     * Whether the status is below 400
     */
    success: boolean;
    durationMs: Count;
    clientAddress: string;
    /**
     * The environment that the call was about, if it was about one
     */
    environmentId: Id | null;
    /**
     * What follows the question mark of the path
     */
    query: string;
    request: {
        /**
         * The body as text
         */
        body: string | null;
        /**
         * Whether more was left out
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
         * Whether more was left out
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
     * What to give as `before` for the next page; null at the end
     */
    nextBefore: CorrelationId | null;
};

/**
 * A key that never changes
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
     * The id of the administrator's token
     */
    api_key_id: Id;
    /**
     * Shown this once
     */
    api_key_secret: string;
};

export type OrganizationCreate = {
    key: LevelSlug;
    /**
     * The key, where it is left out
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
    key: LevelSlug;
    /**
     * The key, where it is left out
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
    key: LevelSlug;
    /**
     * The key, where it is left out
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
     * Whether an approved onboarding makes an access request `Add` for it
     */
    isGrantedAtOnboarding?: boolean;
    changeLimitPercent?: ChangeLimitPercent;
    connector?: ConnectorPartial | null;
    importSchedule?: ImportSchedulePartial | null;
    /**
     * The newest import, of whatever status; `recordCounts` and `lastUpdated` tell of the last finished one
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
     * Counts up over all applications
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
     * What the build did, in words
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
     * In the form `Last, First`
     */
    supervisorName?: string | null;
    /**
     * When it was created in its directory
     */
    createdDate?: NullableInstant;
    /**
     * When it was last changed in its directory
     */
    updatedDate?: NullableInstant;
    /**
     * When an import or an onboarding first brought it
     */
    firstSeenDate?: Instant;
    /**
     * When it ceased to be active; null while it is
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
     * Counts up over all events
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
     * The effective date, or the start of a leave
     */
    neededOn?: Instant;
    /**
     * End of a leave or overlap; null without such a date
     */
    neededUntil?: NullableInstant;
    /**
     * When it was completed or canceled
     */
    completedOn?: NullableInstant;
    stages?: Array<StagePartial>;
    /**
     * What was done, by whom and when, oldest first
     */
    activity?: Array<ActivityPartial>;
    /**
     * Oldest first
     */
    comments?: Array<CommentPartial>;
    /**
     * What the event was asked to make of the identity, in the names of the request; null where it asks nothing
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
     * Counts up over all requests
     */
    number?: number;
    action?: AccessRequestAction;
    status?: WorkStatus;
    /**
     * Who reported the event that it comes from
     */
    reporter?: PersonReferencePartial;
    assignee?: NullablePersonReferencePartial;
    target?: AccessRequestTargetPartial;
    application?: ApplicationSummaryPartial;
    createdDate?: Instant;
    /**
     * When it is due; null while it is snoozed
     */
    neededOn?: NullableInstant;
    /**
     * When it was completed or canceled
     */
    completedOn?: NullableInstant;
    /**
     * What the account could do when the request was made; the first 1,000, and no more than 256 KiB of them
     */
    privileges?: Array<RequestedPrivilegePartial>;
    /**
     * What was done, by whom and when, oldest first
     */
    activity?: Array<ActivityPartial>;
    /**
     * Oldest first
     */
    comments?: Array<CommentPartial>;
    /**
     * What it takes to complete it
     */
    responses?: Array<RequestResponsePartial>;
    /**
     * What it belongs to
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
     * The same as in `associated_tenants`, as a flat list
     */
    roles?: Array<{
        role?: RoleKey;
        tenant?: TenantKey;
    }>;
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
     * Counts up over all applications
     */
    number?: number;
    type?: 'Scheduled' | 'Manual' | 'API';
    status?: ImportStatus;
    buildStart?: NullableInstant;
    buildEnd?: NullableInstant;
};

/**
 * How many records the application holds since its last finished import
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
     * The mapped fields that are not empty
     */
    attributes?: {
        [key: string]: string;
    };
};

export type ApplicationImportSummaryPartial = {
    id: Id;
    kind: 'Application Import';
    /**
     * Counts up over all applications
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
     * The file's own name
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
     * Counts up over all events
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
     * The effective date, or the start of a leave
     */
    neededOn?: Instant;
    /**
     * End of a leave or overlap; null without such a date
     */
    neededUntil?: NullableInstant;
    /**
     * When it was completed or canceled
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
     * When it is due; null for stages without a date
     */
    neededOn?: NullableInstant;
    completedOn?: NullableInstant;
};

export type ActivityPartial = {
    date?: Instant;
    /**
     * `API Token - ` and the token's name, or `Gatehouse` for what happens by itself
     */
    user?: string;
    description?: string;
};

export type AccessRequestSummaryPartial = {
    id: Id;
    kind: 'Access Request';
    /**
     * Counts up over all requests
     */
    number?: number;
    action?: AccessRequestAction;
    status?: WorkStatus;
    /**
     * Who reported the event that it comes from
     */
    reporter?: PersonReferencePartial;
    assignee?: NullablePersonReferencePartial;
    target?: AccessRequestTargetPartial;
    application?: ApplicationSummaryPartial;
    createdDate?: Instant;
    /**
     * When it is due; null while it is snoozed
     */
    neededOn?: NullableInstant;
    /**
     * When it was completed or canceled
     */
    completedOn?: NullableInstant;
};

export type AccessRequestTargetPartial = {
    type?: 'User' | 'Group';
    /**
     * The account's key in the application; for an account that is to be added the e-mail address or the name
     */
    name?: string;
    /**
     * Only where the target is a group
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

export type AssociatedTenantPartial = {
    tenant?: TenantKey;
    roles?: Array<RoleKey>;
    status?: 'active' | 'pending';
    /**
     * Always empty; there are no resource instances
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
    columns?: Columns;
};

export type ScheduledFilePartial = {
    fileGroupId?: Id;
    /**
     * Where the file is, from the server's shared directory on; `..`, absolute paths and links out of it are refused
     */
    path?: string;
};

/**
 * `read` = `added` + `changed` + `unchanged` + `rejected`; `removed` were there before and are no longer
 */
export type RowCountsPartial = {
    read?: Count;
    added?: Count;
    changed?: Count;
    removed?: Count;
    unchanged?: Count;
    rejected?: Count;
};

/**
 * Which page of 50, from 1
 */
export type Page = number;

/**
 * The id
 */
export type Id2 = Id;

/**
 * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
 * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
 * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
 * nothing, and may be sent again under its key.
 *
 */
export type IdempotencyKey = string;

/**
 * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
 * the organization's default environment. One that is not within the token's level is 404.
 *
 */
export type GatehouseEnvironment = string;

/**
 * The access key's `accessKeyId`
 */
export type AccessKeyId = string;

/**
 * HMAC-SHA256 of `content` with the access key's secret, in hexadecimal digits or base64
 */
export type AccessKeyHash = string;

/**
 * An organization's key or id
 */
export type OrganizationKey = string;

/**
 * A project's key or id
 */
export type ProjectKey = string;

/**
 * The key or id of an environment of the project
 */
export type EnvironmentKey = string;

/**
 * A user's key or id
 */
export type UserId = string;

/**
 * A tenant's key or id
 */
export type TenantId = string;

/**
 * Which page, from 1
 */
export type FactsPage = number;

/**
 * How many on a page
 */
export type PerPage = number;

export type ListApplicationsData = {
    body?: never;
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
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
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
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
         * Start behind this key, and count `page` from there. Reads any depth at the same cost, where `page` alone costs more the
         * deeper it goes. `totalCount` and `totalPages` still tell of all records.
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path?: never;
    query?: {
        /**
         * Which page of 50, from 1
         */
        page?: number;
        /**
         * The beginning of a name or an e-mail address; case and accents do not count
         */
        search?: string;
        /**
         * Only identities with this e-mail address, in any case
         */
        email?: string;
        /**
         * Only identities of this status, `Active`, `Disabled` or `Removed`, in any case
         */
        status?: IdentityStatusFilter;
    };
    url: '/api/identities';
};

export type ListIdentitiesErrors = {
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/identities/{id}';
};

export type GetIdentityErrors = {
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

export type GetIdentityError = GetIdentityErrors[keyof GetIdentityErrors];

export type GetIdentityResponses = {
    /**
     * The identity
     */
    200: Identity;
};

export type GetIdentityResponse = GetIdentityResponses[keyof GetIdentityResponses];

export type ListPersonnelEventsData = {
    body?: never;
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path?: never;
    query?: {
        /**
         * Which page of 50, from 1
         */
        page?: number;
        /**
         * Only events that affect this identity
         */
        identityId?: Id;
        /**
         * Only events of this type, `Onboard`, `Offboard`, `RoleTransition` or `Absence`; case and spaces do not count
         */
        type?: PersonnelEventTypeFilter;
        /**
         * Only events of this status, `Pending`, `Open`, `Resolved`, `Completed`, `Canceled`, `Scheduled` or `Snoozed`; case and
         * spaces do not count
         *
         */
        status?: WorkStatusFilter;
    };
    url: '/api/personnel-events';
};

export type ListPersonnelEventsErrors = {
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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

export type CreateOnboardEventError = CreateOnboardEventErrors[keyof CreateOnboardEventErrors];

export type CreateOnboardEventResponses = {
    /**
     * The event, waiting for approval
     */
    201: PersonnelEvent;
};

export type CreateOnboardEventResponse = CreateOnboardEventResponses[keyof CreateOnboardEventResponses];

export type CreateOffboardEventData = {
    body: OffboardEventCreate;
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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

export type CreateOffboardEventError = CreateOffboardEventErrors[keyof CreateOffboardEventErrors];

export type CreateOffboardEventResponses = {
    /**
     * The event, waiting for approval
     */
    201: PersonnelEvent;
};

export type CreateOffboardEventResponse = CreateOffboardEventResponses[keyof CreateOffboardEventResponses];

export type CreateRoleTransitionEventData = {
    body: RoleTransitionEventCreate;
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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

export type CreateRoleTransitionEventError = CreateRoleTransitionEventErrors[keyof CreateRoleTransitionEventErrors];

export type CreateRoleTransitionEventResponses = {
    /**
     * The event, waiting for approval
     */
    201: PersonnelEvent;
};

export type CreateRoleTransitionEventResponse = CreateRoleTransitionEventResponses[keyof CreateRoleTransitionEventResponses];

export type CreateLeaveOfAbsenceEventData = {
    body: LeaveOfAbsenceEventCreate;
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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

export type CreateLeaveOfAbsenceEventError = CreateLeaveOfAbsenceEventErrors[keyof CreateLeaveOfAbsenceEventErrors];

export type CreateLeaveOfAbsenceEventResponses = {
    /**
     * The event, waiting for approval
     */
    201: PersonnelEvent;
};

export type CreateLeaveOfAbsenceEventResponse = CreateLeaveOfAbsenceEventResponses[keyof CreateLeaveOfAbsenceEventResponses];

export type GetPersonnelEventData = {
    body?: never;
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/personnel-events/{id}';
};

export type GetPersonnelEventErrors = {
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/personnel-events/{id}';
};

export type UpdatePersonnelEventErrors = {
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

export type UpdatePersonnelEventError = UpdatePersonnelEventErrors[keyof UpdatePersonnelEventErrors];

export type UpdatePersonnelEventResponses = {
    /**
     * The event as it is now
     */
    200: PersonnelEvent;
};

export type UpdatePersonnelEventResponse = UpdatePersonnelEventResponses[keyof UpdatePersonnelEventResponses];

export type CompleteStageData = {
    body?: never;
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
        /**
         * The stage's name
         */
        stage: StageName;
    };
    query?: never;
    url: '/api/personnel-events/{id}/stages/{stage}/complete';
};

export type CompleteStageErrors = {
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

export type CompleteStageError = CompleteStageErrors[keyof CompleteStageErrors];

export type CompleteStageResponses = {
    /**
     * The event as it is now
     */
    200: PersonnelEvent;
};

export type CompleteStageResponse = CompleteStageResponses[keyof CompleteStageResponses];

export type CancelPersonnelEventData = {
    body?: never;
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/personnel-events/{id}/cancel';
};

export type CancelPersonnelEventErrors = {
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/personnel-events/{id}/comments';
};

export type CommentPersonnelEventErrors = {
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path?: never;
    query?: {
        /**
         * Which page of 50, from 1
         */
        page?: number;
        /**
         * Only requests that affect this identity
         */
        identityId?: Id;
        /**
         * Only requests about this application
         */
        applicationId?: Id;
        /**
         * Only requests that this personnel event has made
         */
        personnelEventId?: Id;
        /**
         * Only requests of this status, `Pending`, `Open`, `Resolved`, `Completed`, `Canceled`, `Scheduled` or `Snoozed`; case and
         * spaces do not count
         *
         */
        status?: WorkStatusFilter;
        /**
         * Only requests with this `action`, `Add`, `Change`, `Remove`, `Suspend` or `Restore`; case and spaces do not count
         */
        type?: AccessRequestActionFilter;
    };
    url: '/api/access-requests';
};

export type ListAccessRequestsErrors = {
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-requests/{id}';
};

export type GetAccessRequestErrors = {
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-requests/{id}/resolve';
};

export type ResolveAccessRequestErrors = {
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

export type ResolveAccessRequestError = ResolveAccessRequestErrors[keyof ResolveAccessRequestErrors];

export type ResolveAccessRequestResponses = {
    /**
     * The request as it is now
     */
    200: AccessRequest;
};

export type ResolveAccessRequestResponse = ResolveAccessRequestResponses[keyof ResolveAccessRequestResponses];

export type CompleteAccessRequestData = {
    body?: never;
    headers?: {
        /**
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-requests/{id}/complete';
};

export type CompleteAccessRequestErrors = {
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-requests/{id}/cancel';
};

export type CancelAccessRequestErrors = {
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
         * `projectKey/environmentKey`, or their ids: the environment that the call is about. Without it, that of the token, or else
         * the organization's default environment. One that is not within the token's level is 404.
         *
         */
        'Gatehouse-Environment'?: string;
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-requests/{id}/comments';
};

export type CommentAccessRequestErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
    };
    query?: {
        /**
         * Only users whose key, e-mail address, first or last name contains this text, in any case
         */
        search?: string;
        /**
         * Which page, from 1
         */
        page?: number;
        /**
         * How many on a page
         */
        per_page?: number;
    };
    url: '/v2/facts/{projectKey}/{environmentKey}/users';
};

export type ListUsersErrors = {
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
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users';
};

export type CreateUserErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A user's key or id
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}';
};

export type DeleteUserErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A user's key or id
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}';
};

export type GetUserErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A user's key or id
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}';
};

export type UpdateUserErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A user's key or id
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}';
};

export type ReplaceUserErrors = {
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
    body: RoleAssignmentInput;
    path: {
        /**
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A user's key or id
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}/roles';
};

export type UnassignRoleErrors = {
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
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A user's key or id
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/users/{userId}/roles';
};

export type AssignRoleErrors = {
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

export type AssignRoleError = AssignRoleErrors[keyof AssignRoleErrors];

export type AssignRoleResponses = {
    /**
     * The role as assigned
     */
    200: RoleAssignment;
};

export type AssignRoleResponse = AssignRoleResponses[keyof AssignRoleResponses];

export type ListTenantsData = {
    body?: never;
    path: {
        /**
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
    };
    query?: {
        /**
         * Only tenants whose key or name contains this text, in any case
         */
        search?: string;
        /**
         * Which page, from 1
         */
        page?: number;
        /**
         * How many on a page
         */
        per_page?: number;
        /**
         * Answer with an envelope that counts
         */
        include_total_count?: boolean;
    };
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants';
};

export type ListTenantsErrors = {
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
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants';
};

export type CreateTenantErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A tenant's key or id
         */
        tenantId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}';
};

export type DeleteTenantErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A tenant's key or id
         */
        tenantId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}';
};

export type GetTenantErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A tenant's key or id
         */
        tenantId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}';
};

export type UpdateTenantErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A tenant's key or id
         */
        tenantId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}';
};

export type ReplaceTenantErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A tenant's key or id
         */
        tenantId: string;
    };
    query?: {
        /**
         * Which page, from 1
         */
        page?: number;
        /**
         * How many on a page
         */
        per_page?: number;
    };
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users';
};

export type ListTenantUsersErrors = {
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

export type ListTenantUsersError = ListTenantUsersErrors[keyof ListTenantUsersErrors];

export type ListTenantUsersResponses = {
    /**
     * A page of users
     */
    200: UserPage;
};

export type ListTenantUsersResponse = ListTenantUsersResponses[keyof ListTenantUsersResponses];

export type AddTenantUserData = {
    body: UserCreate;
    headers?: {
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A tenant's key or id
         */
        tenantId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users';
};

export type AddTenantUserErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
        /**
         * A tenant's key or id
         */
        tenantId: string;
        /**
         * A user's key or id
         */
        userId: string;
    };
    query?: never;
    url: '/v2/facts/{projectKey}/{environmentKey}/tenants/{tenantId}/users/{userId}';
};

export type RemoveTenantUserErrors = {
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

export type UpdateSettingsError = UpdateSettingsErrors[keyof UpdateSettingsErrors];

export type UpdateSettingsResponses = {
    /**
     * The settings as they are now
     */
    200: Settings;
};

export type UpdateSettingsResponse = UpdateSettingsResponses[keyof UpdateSettingsResponses];

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
    headers?: {
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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
     * The token or the access key
     */
    200: Credential;
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
     * Deleted; the response has no body
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

export type ListTokenSafetyData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Only tokens with this finding
         */
        finding?: SafetyFinding;
        /**
         * Which page of 50, from 1
         */
        page?: number;
    };
    url: '/api/tokens/safety';
};

export type ListTokenSafetyErrors = {
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
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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

export type RevokeAllTokensError = RevokeAllTokensErrors[keyof RevokeAllTokensErrors];

export type RevokeAllTokensResponses = {
    /**
     * How many were revoked, or would be
     */
    200: RevokedAll;
};

export type RevokeAllTokensResponse = RevokeAllTokensResponses[keyof RevokeAllTokensResponses];

export type RotateTokenData = {
    body: TokenRotate;
    headers?: {
        /**
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/tokens/{id}/rotate';
};

export type RotateTokenErrors = {
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
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/tokens/{id}/reveal';
};

export type RevealTokenErrors = {
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
         * Which page of 50, from 1
         */
        page?: number;
    };
    url: '/api/access-keys';
};

export type ListAccessKeysErrors = {
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
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-keys/{id}';
};

export type DeleteAccessKeyErrors = {
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
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-keys/{id}';
};

export type GetAccessKeyErrors = {
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
         * The id
         */
        id: Id;
    };
    query?: never;
    url: '/api/access-keys/{id}';
};

export type UpdateAccessKeyErrors = {
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
         * The access key's `accessKeyId`
         */
        'x-key': string;
        /**
         * HMAC-SHA256 of `content` with the access key's secret, in hexadecimal digits or base64
         */
        'x-hash': string;
    };
    path?: never;
    query?: never;
    url: '/api/v2/auth/client_token';
};

export type CreateAccessTokenErrors = {
    /**
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
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

export type CreateAccessTokenError = CreateAccessTokenErrors[keyof CreateAccessTokenErrors];

export type CreateAccessTokenResponses = {
    /**
     * The access token, and a refresh token for the next one
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
     * Something in the request is missing or wrong; `errors` names it
     */
    400: Error;
    /**
     * The token is missing, wrong, expired, disabled or deleted
     */
    401: Error;
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

export type RefreshAccessTokenError = RefreshAccessTokenErrors[keyof RefreshAccessTokenErrors];

export type RefreshAccessTokenResponses = {
    /**
     * The access token, and a refresh token for the next one
     */
    200: AccessToken;
};

export type RefreshAccessTokenResponse = RefreshAccessTokenResponses[keyof RefreshAccessTokenResponses];

export type ListOrganizationsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Which page, from 1
         */
        page?: number;
        /**
         * How many on a page
         */
        per_page?: number;
    };
    url: '/v2/orgs';
};

export type ListOrganizationsErrors = {
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
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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

export type CreateOrganizationError = CreateOrganizationErrors[keyof CreateOrganizationErrors];

export type CreateOrganizationResponses = {
    /**
     * The organization and its administrator's token
     */
    201: CreatedOrganization;
};

export type CreateOrganizationResponse = CreateOrganizationResponses[keyof CreateOrganizationResponses];

export type GetOrganizationData = {
    body?: never;
    path: {
        /**
         * An organization's key or id
         */
        organizationKey: string;
    };
    query?: never;
    url: '/v2/orgs/{organizationKey}';
};

export type GetOrganizationErrors = {
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
         * Which page, from 1
         */
        page?: number;
        /**
         * How many on a page
         */
        per_page?: number;
    };
    url: '/v2/projects';
};

export type ListProjectsErrors = {
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
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
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
         * A project's key or id
         */
        projectKey: string;
    };
    query?: never;
    url: '/v2/projects/{projectKey}';
};

export type GetProjectErrors = {
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
         * A project's key or id
         */
        projectKey: string;
    };
    query?: {
        /**
         * Which page, from 1
         */
        page?: number;
        /**
         * How many on a page
         */
        per_page?: number;
    };
    url: '/v2/projects/{projectKey}/envs';
};

export type ListEnvironmentsErrors = {
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
         * Up to 255 visible characters of the caller's choice, such as a GUID. The request is done once, however often it is sent
         * under this key within 24 hours; later ones get the first answer again, with `Idempotency-Replayed: true`. Another request
         * under the same key is 422; while the first is still being done, it is 409 with `Retry-After`. What was refused has done
         * nothing, and may be sent again under its key.
         *
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * A project's key or id
         */
        projectKey: string;
    };
    query?: never;
    url: '/v2/projects/{projectKey}/envs';
};

export type CreateEnvironmentErrors = {
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
         * A project's key or id
         */
        projectKey: string;
        /**
         * The key or id of an environment of the project
         */
        environmentKey: string;
    };
    query?: never;
    url: '/v2/projects/{projectKey}/envs/{environmentKey}';
};

export type GetEnvironmentErrors = {
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
         * Only calls by the token or access key with this id
         */
        actor?: Id;
        /**
         * Only calls of this operationId
         */
        operation?: string;
        /**
         * Only calls with this method, in capitals
         */
        method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
        /**
         * Only calls whose path begins like this
         */
        path?: string;
        /**
         * Only calls answered with a status of this class
         */
        statusClass?: '2xx' | '3xx' | '4xx' | '5xx';
        /**
         * Only calls that succeeded, or only those that did not
         */
        success?: boolean;
        /**
         * Only calls from this instant on
         */
        from?: Instant;
        /**
         * Only calls before this instant
         */
        until?: Instant;
        /**
         * Only calls older than the one with this id; what the page before named in `nextBefore`
         */
        before?: CorrelationId;
        /**
         * How many at most
         */
        limit?: number;
    };
    url: '/api/logs';
};

export type ListLogsErrors = {
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
         * The correlation id of the call, which its answer named in `X-Correlation-Id`
         */
        id: CorrelationId;
    };
    query?: never;
    url: '/api/logs/{id}';
};

export type GetLogErrors = {
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

export type GetDocsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/docs';
};

export type GetDocsErrors = {
    /**
     * The request has a query parameter or is malformed in another way
     */
    400: Error;
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
     * The request has a query parameter or is malformed in another way
     */
    400: Error;
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
     * The request has a query parameter or is malformed in another way
     */
    400: Error;
};

export type GetDocsScriptError = GetDocsScriptErrors[keyof GetDocsScriptErrors];

export type GetDocsScriptResponses = {
    /**
     * The program
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
