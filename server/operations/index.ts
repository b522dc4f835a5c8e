import type { Handlers } from '../operation.ts';
import * as accessKeys from './access-keys.ts';
import * as accessRequests from './access-requests.ts';
import * as applicationImports from './application-imports.ts';
import * as applications from './applications.ts';
import * as identities from './identities.ts';
import * as levels from './levels.ts';
import * as logs from './logs.ts';
import * as personnelEventReports from './personnel-event-reports.ts';
import * as personnelEvents from './personnel-events.ts';
import * as settings from './settings.ts';
import * as system from './system.ts';
import * as tenants from './tenants.ts';
import * as tokenSafety from './token-safety.ts';
import * as tokens from './tokens.ts';
import * as users from './users.ts';

/** Every operation of the contract; one that is missing does not compile. */
export const handlers = {
  ...applications,
  ...applicationImports,
  ...identities,
  ...personnelEvents,
  ...personnelEventReports,
  ...accessRequests,
  ...settings,
  ...tokens,
  ...tokenSafety,
  ...accessKeys,
  ...levels,
  ...logs,
  ...users,
  ...tenants,
  ...system,
} satisfies Handlers;
