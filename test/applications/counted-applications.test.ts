import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { insertApplication, listApplications, updateApplication } from '../../server/applications/store/applications.ts';
import type { Db } from '../../server/database/database.ts';
import { splitListBlocks } from '../../server/database/split-list-blocks.ts';
import { inTransaction } from '../../server/database/transactions.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { useServer } from '../support/server.ts';

const server = useServer();
const blockMax = 1_000;

it('pages cost the same at any number of applications, and are exact after inserts, new names and splits of list blocks', async () => {
  const environment_id = randomUUID();
  const random = seededRandom(20_260_220);
  const names = ['a', 'A b', 'ab', 'ab c', 'Ábel', 'Core', 'Core 2', 'z', '李', '😀'];
  const name = () => `${names[random(names.length)]}${random(2) === 0 ? '' : random(1_000)}`;
  const insertMany = (count: number) =>
    inTransaction(server.db, async (trx) => {
      const rows = [];
      for (let index = 0; index < count; index++)
        rows.push(await insertApplication(trx, server.clock.now, { environment_id, name: name() }));
      return rows;
    });
  const statements: { sql: string; bindings: unknown[] }[] = [];
  const list = (trx: Db, offset: number) => {
    trx.on('query', (statement) => statements.push(statement));
    return listApplications(trx, environment_id, { limit: 50, offset });
  };
  const expectPages = async () => {
    const rows: { id: string; name: string }[] = await server.db('applications').where({ environment_id }).select('id', 'name');
    const sorted = rows.toSorted(
      (left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)) || (left.id < right.id ? -1 : 1),
    );
    const ids = sorted.map(({ id }) => id);
    for (const offset of [0, 50, 1_200, Math.floor(ids.length / 50) * 50, 500_000_000]) {
      const found = await inTransaction(server.db, (trx) => list(trx, offset));
      expect([offset, found.totalCount, found.rows.map(({ id }) => id)]).toEqual([offset, ids.length, ids.slice(offset, offset + 50)]);
    }
  };
  const rows = await insertMany(2_200);
  await expectPages();
  while (await splitListBlocks(server.db));
  statements.length = 0;
  await expectPages();
  const reads = statements.filter(({ sql }) => /^select.*applications/i.test(sql));
  expect(reads.length).toBeGreaterThan(5);
  for (const { sql, bindings } of reads) {
    expect(sql).not.toMatch(/count\(/i);
    if (/offset/i.test(sql)) expect(bindings.at(-1)).toBeLessThan(blockMax);
  }

  for (const row of rows.slice(0, 60)) await inTransaction(server.db, (trx) => updateApplication(trx, row, { name: name() }));
  for (const row of rows.slice(60, 70)) await updateApplication(server.db, row, { priority: 'High' });
  await insertMany(5);
  await expectPages();
});
