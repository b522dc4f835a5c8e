import { expect } from 'vitest';
import { listIdentities } from '../../generated/sdk.gen.ts';
import type { Identity } from '../../generated/types.gen.ts';
import type { ApplicationRow } from '../../server/applications/store/applications.ts';
import { recordEntryChanges } from '../../server/database/counted-lists.ts';
import type { Db } from '../../server/database/database.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { writeIdentities } from '../../server/people/store/identities.ts';
import type { IdentityRow } from '../../server/people/store/identity-rows.ts';
import { runImport } from './builds.ts';
import { type GivenApplication, givenApplication, type Tenant, usersGroup } from './given.ts';
import type { TestServer } from './server.ts';

const columns = {
  key: 'No',
  firstName: 'First',
  lastName: 'Last',
  emailAddress: 'Mail',
  type: 'Type',
  title: 'Title',
  company: 'Company',
  division: 'Division',
  department: 'Department',
  office: 'Office',
  supervisorKey: 'Boss',
  createdDate: 'Created',
  updatedDate: 'Updated',
  status: 'State',
};
type Column = (typeof columns)[keyof typeof columns];
/** One row of a directory's file, by column. */
export type Person = Partial<Record<Column, string>>;
/** An application that imports identities; `path` is its file in the shared folder. */
export type Directory = GivenApplication;

/** Returns a file group that reads identities, with the columns of `Person`. */
export const peopleGroup = () => usersGroup({ name: 'People', rows: 'identities', columns });

/** Creates an application with one file group of identities and an import schedule. Returns its row and the `path` of its file. */
export const givenDirectory = (server: TestServer, tenant: Tenant, values: Partial<ApplicationRow> = {}): Promise<Directory> =>
  givenApplication(server, tenant, { name: 'Directory', groups: [peopleGroup()], ...values });

/** Returns a CSV file with a header and one line for each person. */
export function peopleCsv(people: Person[]): string {
  const names = Object.values(columns);
  const quoted = (text = '') => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [names.join(','), ...people.map((person) => names.map((name) => quoted(person[name])).join(','))].join('\n');
}

/** Writes the directory's file and imports it. Expects the import to finish, and returns its row. */
export async function importPeople(server: TestServer, directory: Directory, ...people: Person[]) {
  server.share(directory, peopleCsv(people));
  const ended = await runImport(server, directory);
  expect([ended.status, ended.log]).toEqual(['Finished', expect.anything()]);
  return ended;
}

/** Lists all identities through the API, page by page. Expects their number to equal `totalCount`. */
export async function listAllIdentities({ reader }: Tenant, query: object = {}): Promise<Identity[]> {
  const people: Identity[] = [];
  for (let page = 1; ; page++) {
    const { data } = await listIdentities({ client: reader.client, query: { ...query, page } });
    people.push(...(data?.items ?? []));
    if (page < (data?.totalPages ?? 0)) continue;
    expect(people.length).toBe(data?.totalCount);
    return people;
  }
}

export const findIdentityByLastName = async (tenant: Tenant, lastName: string): Promise<Identity | undefined> =>
  (await listAllIdentities(tenant)).find((person) => person.lastName === lastName);

/** Inserts identity rows directly into the database, with the counts of their lists. Returns nothing. */
export const givenPeople = (server: TestServer, rows: IdentityRow[]): Promise<void> =>
  inTransaction(server.db, async (trx) => recordEntryChanges(trx, await writeIdentities(trx, [], rows)));

/** Returns the rows of an environment's identities and of the list blocks that count them. */
export async function storedIdentities({ db }: TestServer, { environmentId }: Tenant) {
  const identities = await db('identities').where({ environment_id: environmentId }).orderBy('sort_key').select();
  const blocks = await db('list_blocks').where('list', 'like', `["identities",%${environmentId}%`).orderBy(['list', 'first_key']).select();
  return { identities, blocks: blocks.filter(({ entries }) => entries !== 0) };
}

/** Describes each list block whose count differs from the number of its rows. */
async function miscountedBlocks(db: Db): Promise<string[]> {
  const faults: string[] = [];
  const blocks: { list: string; first_key: string; entries: number }[] = await db('list_blocks').orderBy(['list', 'first_key']).select();
  for (const [index, { list, first_key, entries }] of blocks.entries()) {
    const [table, order, where] = JSON.parse(list);
    const next = blocks[index + 1];
    const rows = db(table).where(where).where(order, '>=', first_key);
    const [count] = await (next?.list === list ? rows.where(order, '<', next.first_key) : rows).count({ count: '*' });
    if (Number(count?.count) !== entries) faults.push(`${list} from "${first_key}": counted ${entries}, but found ${count?.count} rows`);
  }
  return faults;
}

/** Describes each list of identities whose count differs from its rows, and each wrong list block. Returns an empty array if all are correct. */
export async function miscountedIdentityLists(db: Db): Promise<string[]> {
  const sums = new Map<string, number>();
  const add = (list: string, by: number) => sums.set(list, (sums.get(list) ?? 0) + by);
  const rows = await db('identities').select('environment_id', 'status');
  for (const { environment_id, status } of rows) {
    add(JSON.stringify(['identities', 'sort_key', { environment_id }]), 1);
    add(JSON.stringify(['identities', 'sort_key', { environment_id, status }]), 1);
  }
  for (const { list, entries } of await db('list_blocks').where('list', 'like', '["identities"%').select()) add(list, -entries);
  const faults = [...sums]
    .filter(([, difference]) => difference !== 0)
    .map(([list, difference]) => `${list}: ${difference} rows are not counted`);
  return [...faults, ...(await miscountedBlocks(db))];
}
