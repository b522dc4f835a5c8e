import { type Db, selectRows } from '../../database/database.ts';
import { onIndex } from '../../database/join-in-order.ts';
import { findOrganizationIdOf } from '../../organizations/store/environments.ts';

/**
 * The queue of an environment's open imports. Workers serve the organizations in turn, and inside an organization its environments, so that neither
 * the imports nor the environments of one organization delay another.
 *
 * A row means that the environment may have open imports. `addToQueue` inserts it and a claim that finds no open import deletes it, both under
 * the lock of this row.
 */
interface ImportQueue {
  environment_id: string;
  organization_id: string;
  /** The order inside the organization: the lowest is next. */
  turn: number;
}

/** The turn of an organization: the lowest is next. An organization without a row has not been served yet. */
interface OrganizationTurn {
  organization_id: string;
  turn: number;
}

/** An environment in the order in which workers serve it, and the turn of its organization when the order was read. */
export interface QueuedEnvironment {
  environmentId: string;
  organizationId: string;
  organizationTurn: number;
}

/** The states of imports that have not ended. */
export const openStatuses = ['Pending', 'Running', 'Canceling'] as const;

/** Thrown instead of inserting an import into an environment that has the maximum number of open imports. */
export class QueueFull extends Error {}

const table = 'import_queues';
const turnsTable = 'import_turns';
/** More than the builds that run at a time. An environment of which no import can be claimed has a running build. */
const queuesMax = 1000;

const turnAfter = (last: { turn: number | string } | undefined): number => Number(last?.turn ?? 0) + 1;
const nextTurnIn = async (trx: Db, organization_id: string): Promise<number> =>
  turnAfter(await trx<ImportQueue>(table).where({ organization_id }).orderBy('turn', 'desc').first('turn'));

/**
 * Lists environments that may have open imports: first the organization that was served the longest time ago, and of its environments first the one
 * that was served the longest time ago.
 */
export async function* listQueues(db: Db): AsyncGenerator<QueuedEnvironment> {
  const sql = `SELECT DISTINCT ${table}.organization_id, COALESCE(${turnsTable}.turn, 0) AS last_turn
    FROM ${table} LEFT JOIN ${turnsTable} ON ${turnsTable}.organization_id = ${table}.organization_id
    ORDER BY last_turn, ${table}.organization_id LIMIT ${queuesMax}`;
  for (const { organization_id, last_turn } of await selectRows<{ organization_id: string; last_turn: number | string }>(db, sql, [])) {
    const environments: Pick<ImportQueue, 'environment_id'>[] = await db(table)
      .where({ organization_id })
      .orderBy('turn')
      .limit(queuesMax)
      .select('environment_id');
    for (const { environment_id } of environments)
      yield { environmentId: environment_id, organizationId: organization_id, organizationTurn: Number(last_turn) };
  }
}

/** Puts an environment at the end of its organization's order, if it is not in it. Must run before its import is inserted, in the same transaction. */
export async function addToQueue(trx: Db, environment_id: string): Promise<void> {
  if (await lockQueue(trx, environment_id)) return;
  const organization_id = await findOrganizationIdOf(trx, environment_id);
  const row: ImportQueue = { environment_id, organization_id, turn: await nextTurnIn(trx, organization_id) };
  await trx(table).insert(row).onConflict('environment_id').ignore();
}

/**
 * Tells whether no import of the organization was claimed since the order was read. Otherwise it is another organization's turn.
 *
 * Locks the turn until the transaction ends.
 */
export async function isStillNext(trx: Db, { organizationId, organizationTurn }: QueuedEnvironment): Promise<boolean> {
  const row: { turn: number | string } | undefined = await trx<OrganizationTurn>(turnsTable)
    .where({ organization_id: organizationId })
    .forUpdate()
    .first('turn');
  return Number(row?.turn ?? 0) === organizationTurn;
}

/** Locks an environment's queue until the transaction ends, so that no other worker claims one of its imports. Returns false if it is deleted. */
export const lockQueue = async (trx: Db, environmentId: string): Promise<boolean> =>
  (await trx(table).where({ environment_id: environmentId }).forUpdate().first('environment_id')) !== undefined;

/** Moves an organization to the end of the order, and the environment to the end of its organization's order. */
export async function moveToEnd(trx: Db, { environmentId, organizationId }: QueuedEnvironment): Promise<void> {
  await trx(table)
    .where({ environment_id: environmentId })
    .update({ turn: await nextTurnIn(trx, organizationId) });
  const turn = turnAfter(await trx<OrganizationTurn>(turnsTable).orderBy('turn', 'desc').first('turn'));
  const row: OrganizationTurn = { organization_id: organizationId, turn };
  await trx(turnsTable).insert(row).onConflict('organization_id').merge(['turn']);
}

export const deleteQueue = async (trx: Db, environmentId: string): Promise<void> => {
  await trx(table).where({ environment_id: environmentId }).delete();
};

/** Tells whether an environment has `max` open imports. Reads no more than `max` entries of an index. */
export async function isQueueFull(db: Db, environmentId: string, max: number): Promise<boolean> {
  const marks = openStatuses.map(() => '?').join(', ');
  const sql = `SELECT COUNT(*) AS count FROM
    (SELECT 1 AS one FROM ${onIndex(db, 'application_imports', 'application_imports_queued')}
      WHERE environment_id = ? AND status IN (${marks}) LIMIT ${max}) AS open_imports`;
  const [row] = await selectRows<{ count: number }>(db, sql, [environmentId, ...openStatuses]);
  return Number(row?.count) >= max;
}
