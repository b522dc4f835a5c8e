/** Knex's client of the embedded database. Knex declares no types for it. */
declare module 'knex/lib/dialects/better-sqlite3/index.js' {
  import type { Knex } from 'knex';

  export default class EmbeddedClient extends Knex.Client {
    _query(connection: unknown, query: object): Promise<object>;
  }
}
