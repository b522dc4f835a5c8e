import { type Db, isMySql } from './database.ts';

/** Returns the SQL of a table that the planner must read by an index. It may prefer another one, whose entries it would have to filter. */
export const onIndex = (db: Db, table: string, index: string): string =>
  isMySql(db) ? `${table} FORCE INDEX (${index})` : `${table} INDEXED BY ${index}`;

/**
 * Returns the SQL of a join whose order the planner must not change, with an optional index that it must use.
 *
 * A planner that chooses the order itself may start at the organization and read all its tokens, or read all users of an application although
 * only few have the requested number.
 */
export const joinInOrder = (db: Db, table: string, index?: string): string =>
  isMySql(db) ? `STRAIGHT_JOIN ${index ? onIndex(db, table, index) : table}` : `CROSS JOIN ${index ? onIndex(db, table, index) : table}`;
