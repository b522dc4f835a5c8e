import {
  createClient,
  type GatehouseClient,
  isConflictError,
  isGatehouseError,
  isNotFoundError,
  isTooManyRequestsError,
  isUnauthorizedError,
  retryAfterOf,
} from '../../client/index.ts';

const help = `Usage: node examples/consumer-contract-test/offboard.ts EMAIL DATE

Reports that a person leaves on a date, for example 2035-04-15.

  GATEHOUSE_URL    address of the server (required)
  GATEHOUSE_TOKEN  token with the access level Write (required)

Exit status: 0 reported, 1 not reported, 2 wrong usage or settings, 3 not
reported because the server is busy.
`;
const busySeconds = 60;

/** The message tells an operator which setting to correct. */
export class SettingsError extends Error {}

export type Outcome = { kind: 'reported'; event: number } | { kind: 'unknown' } | { kind: 'busy'; seconds: number };

/** Reports that a person leaves. A call that is repeated within 24 hours returns the same event. */
export async function offboard(client: GatehouseClient, email: string, date: string): Promise<Outcome> {
  try {
    const { items } = await client.listIdentities({ query: { email, status: 'Active' } });
    const [identity] = items;
    if (!identity) return { kind: 'unknown' };
    const body = { identityId: identity.id, effectiveDate: date };
    const event = await client.createOffboardEvent({ body, idempotencyKey: `offboard-${identity.id}-${date}` });
    return { kind: 'reported', event: event.number };
  } catch (error) {
    if (isTooManyRequestsError(error) || isConflictError(error))
      return { kind: 'busy', seconds: retryAfterOf(error.response) ?? busySeconds };
    if (isUnauthorizedError(error)) throw new SettingsError('Gatehouse does not accept GATEHOUSE_TOKEN', { cause: error });
    if (isNotFoundError(error)) throw new SettingsError('GATEHOUSE_TOKEN has no access to this environment', { cause: error });
    throw error;
  }
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new SettingsError(`${name} is not set; --help lists the settings`);
  return value;
}

/** Returns the exit status. */
async function main([email, date, ...surplus]: string[]): Promise<number> {
  if (!email || !date || surplus.length > 0) throw new SettingsError('Give an e-mail address and a date; --help shows the usage');
  const client = createClient({ baseUrl: setting('GATEHOUSE_URL'), token: setting('GATEHOUSE_TOKEN') });
  const outcome = await offboard(client, email, date);
  if (outcome.kind === 'reported') process.stdout.write(`${email} leaves on ${date}: personnel event ${outcome.event}\n`);
  if (outcome.kind === 'unknown') process.stderr.write(`There is no active identity with the e-mail address ${email}\n`);
  if (outcome.kind === 'busy') process.stderr.write(`The server is busy; try again in ${outcome.seconds} seconds\n`);
  return { reported: 0, unknown: 1, busy: 3 }[outcome.kind];
}

if (import.meta.main && process.argv.includes('--help')) process.stdout.write(help);
else if (import.meta.main)
  process.exitCode = await main(process.argv.slice(2)).catch((error) => {
    if (!isGatehouseError(error) && !(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error instanceof SettingsError ? 2 : 1;
  });
