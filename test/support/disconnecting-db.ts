import type { Db } from '../../server/database/database.ts';

/** The database, except that at its `at`-th use the connection is lost: before the statement, or right after the `at`-th transaction was committed. */
export function disconnectingDb(db: Db, at: number, when: 'before' | 'after'): { db: Db; uses: () => number } {
  let uses = 0;
  const lost = () => Object.assign(new Error('Connection lost: this test says so'), { code: 'PROTOCOL_CONNECTION_LOST' });
  const use = (moment: 'before' | 'after') => {
    if (moment === when && ++uses === at) throw lost();
  };

  const breaking = (inner: Db): Db =>
    new Proxy(inner, {
      apply: (target, self, args) => {
        use('before');
        return Reflect.apply(target, self, args);
      },
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (name === 'raw')
          return (...args: Parameters<Db['raw']>) => {
            // A piece of a statement runs nothing by itself; counting it does no harm.
            use('before');
            return target.raw(...args);
          };
        if (name === 'client')
          // Statements past knex ask for a connection of their own.
          return Object.create(target.client, {
            acquireConnection: {
              value: () => {
                use('before');
                return target.client.acquireConnection();
              },
            },
          });
        if (name === 'transaction')
          return async (work: (trx: Db) => Promise<unknown>, config: object) => {
            use('before');
            const result = await target.transaction((trx) => work(breaking(trx)), config);
            use('after');
            return result;
          };
        return value;
      },
    });
  return { db: breaking(db), uses: () => uses };
}
