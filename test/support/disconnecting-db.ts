import type { Db } from '../../server/database/database.ts';

/**
 * Wraps a database so that one use of it fails with a lost connection.
 *
 * `when: 'before'` fails the `at`-th use before its statement runs; `when: 'after'` fails right after the `at`-th transaction has committed.
 * `uses` returns how many uses were counted, so that a test can run once for each of them.
 */
export function disconnectingDb(db: Db, at: number, when: 'before' | 'after'): { db: Db; uses: () => number } {
  let uses = 0;
  const connectionLost = () => Object.assign(new Error('Connection lost (simulated by the test)'), { code: 'PROTOCOL_CONNECTION_LOST' });
  const countUse = (moment: 'before' | 'after') => {
    if (moment === when && ++uses === at) throw connectionLost();
  };

  const wrap = (inner: Db): Db =>
    new Proxy(inner, {
      apply: (target, self, args) => {
        countUse('before');
        return Reflect.apply(target, self, args);
      },
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (name === 'raw')
          return (...args: Parameters<Db['raw']>) => {
            // A raw fragment of a statement is also counted. That is harmless, although the fragment alone runs nothing.
            countUse('before');
            return target.raw(...args);
          };
        if (name === 'client')
          // Statements that bypass knex acquire their own connection.
          return Object.create(target.client, {
            acquireConnection: {
              value: () => {
                countUse('before');
                return target.client.acquireConnection();
              },
            },
          });
        if (name === 'transaction')
          return async (work: (trx: Db) => Promise<unknown>, config: object) => {
            countUse('before');
            const result = await target.transaction((trx) => work(wrap(trx)), config);
            countUse('after');
            return result;
          };
        return value;
      },
    });
  return { db: wrap(db), uses: () => uses };
}
