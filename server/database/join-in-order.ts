import { type Db, isMySql } from './database.ts';

/**
 * Joins a table to those before it, by an index where one is named. A planner free to choose begins at the one organization, and reads all of its tokens,
 * or reads all users of an application of which few have the number that is looked for.
 */
export const joinInOrder = (db: Db, table: string, index?: string): string =>
  isMySql(db)
    ? `STRAIGHT_JOIN ${table}${index ? ` FORCE INDEX (${index})` : ''}`
    : `CROSS JOIN ${table}${index ? ` INDEXED BY ${index}` : ''}`;
