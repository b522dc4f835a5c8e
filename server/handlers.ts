import * as accessKeys from './access/operations/access-keys.ts';
import { createOrganization } from './access/operations/create-organization.ts';
import * as tokenSafety from './access/operations/token-safety.ts';
import * as tokens from './access/operations/tokens.ts';
import * as applicationImports from './applications/operations/application-imports.ts';
import * as applications from './applications/operations/applications.ts';
import * as importDownloads from './applications/operations/import-downloads.ts';
import * as logs from './calls/operations/logs.ts';
import * as system from './contract/operations/system.ts';
import * as tenants from './facts/operations/tenants.ts';
import * as users from './facts/operations/users.ts';
import type { Handlers } from './handler.ts';
import * as organizations from './organizations/operations/organizations.ts';
import * as settings from './organizations/operations/settings.ts';
import * as accessRequests from './people/operations/access-requests.ts';
import * as identities from './people/operations/identities.ts';
import * as personnelEventReports from './people/operations/personnel-event-reports.ts';
import * as personnelEvents from './people/operations/personnel-events.ts';

/** The handler of every operation. A missing one is a compile error. */
export const handlers = {
  ...applications,
  ...applicationImports,
  ...importDownloads,
  ...identities,
  ...personnelEvents,
  ...personnelEventReports,
  ...accessRequests,
  ...settings,
  ...tokens,
  ...tokenSafety,
  ...accessKeys,
  ...organizations,
  createOrganization,
  ...logs,
  ...users,
  ...tenants,
  ...system,
} satisfies Handlers;
