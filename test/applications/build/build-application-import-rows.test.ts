import { expect, it } from 'vitest';
import { rowsPerLoad } from '../../../server/applications/store/bulk-records.ts';
import { importCounts, recordsOf, runImport } from '../../support/builds.ts';
import { givenApplication, givenTenant, usersCsv, usersGroup } from '../../support/given.ts';
import { useServer } from '../../support/server.ts';

const server = useServer();
const header = 'Login,Full Name,E-Mail';
/** The log entries of rejected rows, without the names of file group and file. */
const rejections = (log: string) =>
  log.split('\n').flatMap((line) => /^Users: \S+ (line \d+) rejected: (.*)$/.exec(line)?.slice(1).join(': ') ?? []);

it('rejects invalid rows with line and reason, and imports the others', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  const file = [
    header,
    'ann,"Ann\nof two lines",a',
    ',No Login,x',
    'bob,Bob',
    'cid,Cid,c,d',
    '',
    'dan,"Dan "D" D",d',
    'eve,Eve\0,e',
    `${'k'.repeat(513)},Key,k`,
    `fay,${'v'.repeat(10_001)},f`,
    '"g\tus",Gus,g',
    'hal,Hal,h',
  ];
  server.share(application, Buffer.concat([Buffer.from(`${file.join('\n')}\nian,`), Buffer.from([0xff]), Buffer.from(',i\njoe,,\n')]));
  const { status, metrics, log } = await runImport(server, application);
  expect([status, metrics?.users]).toEqual(['Finished', importCounts(12, 3, 0, 0, 0, 9)]);
  expect(rejections(log)).toEqual([
    'line 4: Login is empty',
    'line 5: has 2 columns where the header has 3',
    'line 6: has 4 columns where the header has 3',
    'line 8: a quote is not closed, or is in the middle of a value',
    'line 9: holds a null character',
    'line 10: the key has more than 512 characters',
    'line 11: Full Name has more than 10000 characters',
    'line 12: Login holds a control character',
    'line 14: holds bytes that are not UTF-8',
  ]);
  expect(log).toContain('Users: 12 rows read, 3 kept, 9 rejected\n');
  expect(await recordsOf(server.db, application)).toEqual({
    ann: { name: 'Ann\nof two lines', emailAddress: 'a' },
    hal: { name: 'Hal', emailAddress: 'h' },
    joe: {},
  });
});

it('stores the first row of each key and logs the lines of duplicates', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  server.share(application, [header, '"ann","A\nnn",', 'bob,Bob,', ' ann ,Second,', 'ann,Third,', 'Ann,Another,'].join('\n'));
  const { metrics, log } = await runImport(server, application);
  expect(metrics?.users).toEqual(importCounts(5, 3, 0, 0, 0, 2));
  expect(rejections(log)).toEqual([
    `line 5: the same key came before, on line 2 of ${application.path}`,
    `line 6: the same key came before, on line 2 of ${application.path}`,
  ]);
  expect(await recordsOf(server.db, application)).toEqual({ ann: { name: 'A\nnn' }, bob: { name: 'Bob' }, Ann: { name: 'Another' } });
});

it('detects a duplicate key in another file of the same kind of rows, and logs both files', async () => {
  const application = await givenApplication(server, await givenTenant(server), {
    groups: [usersGroup(), usersGroup({ name: 'Guests', delimiter: ';', columns: { key: 'Guest' } })],
  });
  server.share(application, usersCsv('ann', 'bob', 'ann'));
  server.share(application, 'Guest\nzoe\nbob\nzoe\n', `${application.id}-1.csv`);
  const { metrics, log } = await runImport(server, application);
  expect(metrics?.users).toEqual(importCounts(6, 3, 0, 0, 0, 3));
  const secondPath = application.import_schedule?.files[1]?.path;
  expect(log).toContain(`Users: ${application.path} line 4 rejected: the same key came before, on line 2 of ${application.path}\n`);
  expect(log).toContain(`Guests: ${secondPath} line 3 rejected: the same key came before, on line 3 of ${application.path}\n`);
  expect(log).toContain(`Guests: ${secondPath} line 4 rejected: the same key came before, on line 2 of ${secondPath}\n`);
  expect((await recordsOf(server.db, application)).bob).toEqual({ name: 'Name of bob', emailAddress: 'bob@example.com' });
});

it('detects duplicates across bulk loads, lists 1,000 rejections and counts all of them', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  const logins = Array.from({ length: rowsPerLoad + 500 }, (_, index) => `user${index}`);
  server.share(application, usersCsv(...logins, ...logins.slice(0, 1500)));
  const { metrics, log } = await runImport(server, application);
  expect(metrics?.users).toEqual(importCounts(logins.length + 1500, logins.length, 0, 0, 0, 1500));
  expect(rejections(log).length).toBe(1000);
  expect(rejections(log)[7]).toBe(`line ${logins.length + 9}: the same key came before, on line 9 of ${application.path}`);
  expect(log).toContain('Users: 500 more rejected rows not listed; all of them by reason:\nUsers:   1,500 × the same key came before\n');
});

it('lists no more than 500,000 characters of rejections and 100 reasons, and counts all of them', async () => {
  const groups = [usersGroup({ name: 'x'.repeat(200) }), usersGroup({ name: 'y'.repeat(200) }), usersGroup({ name: 'z'.repeat(200) })];
  const application = await givenApplication(server, await givenTenant(server), { groups });
  server.share(application, usersCsv(...Array(1501).fill('ann')));
  server.share(application, usersCsv(...Array(1500).fill('ann')), `${application.id}-1.csv`);
  const lines = Array.from({ length: 300 }, (_, index) => ','.repeat(index + 3));
  server.share(application, `${usersCsv('bob')}\n${[...lines, ...lines].join('\n')}`, `${application.id}-2.csv`);
  const { metrics, log } = await runImport(server, application);
  expect(metrics?.users).toEqual(importCounts(3602, 2, 0, 0, 0, 3600));
  expect(log.length).toBeLessThan(600_000);
  const counts = log.split('\n').filter((line) => line.includes(' × '));
  expect(counts.length).toBe(1 + 1 + 101);
  expect(counts.at(-1)).toMatch(/ {3}400 × other reasons$/);
});

const quotedCsv = (value: string) => `"${value.replaceAll('"', '""')}"`;

it('preserves every character of a value, except surrounding blanks', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  const values = [
    'tab\tin it',
    'line\nand\r\nline',
    'back\\slash, \\n, \\t, \\0, \\N and \\\\',
    `"quotes" and 'quotes' and \`quotes\``,
    '😀 𝒳 👩‍👩‍👧 李 ñ n\u0303',
    '\\N',
    'NULL',
    '\u0001 \u001a \u0085 \u2028 \u2029 \u007f',
    "'); DROP TABLE tokens; -- ? ?? :x $1",
    '{"json": [1, null]}',
    '\\',
  ];
  const lines = values.map((value, index) => `user${index},${quotedCsv(value)},`);
  server.share(application, [header, ...lines, 'blanks,"  a  b \t\u00a0",   '].join('\n'));
  const stored = { ...Object.fromEntries(values.map((value, index) => [`user${index}`, { name: value }])), blanks: { name: 'a  b' } };
  expect((await runImport(server, application)).metrics?.users).toEqual(importCounts(values.length + 1, values.length + 1, 0, 0, 0, 0));
  expect(await recordsOf(server.db, application)).toEqual(stored);
  expect((await runImport(server, application)).metrics?.users).toEqual(importCounts(values.length + 1, 0, 0, 0, values.length + 1, 0));
});

it('compares keys byte by byte', async () => {
  const application = await givenApplication(server, await givenTenant(server));
  const keys = ['ann', 'Ann', 'ANN', 'änn', 'a\u0308nn', 'ß', 'ss', 'ı', 'i', 'I', 'NULL', 'null', '\\N', 'N', '\\\\N'];
  keys.push(
    'a\\b',
    'a\\\\b',
    '\\',
    '\\t',
    't',
    '%',
    '_',
    "o'hara",
    'say "x"',
    'a,b',
    '😀',
    '😁',
    '\ue000',
    '0',
    '00',
    '0.0',
    '😀'.repeat(256),
  );
  server.share(application, ['Login,Full Name,E-Mail', ...keys.map((key, index) => `${quotedCsv(key)},${index},`)].join('\n'));
  expect((await runImport(server, application)).metrics?.users).toEqual(importCounts(keys.length, keys.length, 0, 0, 0, 0));
  expect(await recordsOf(server.db, application)).toEqual(Object.fromEntries(keys.map((key, index) => [key, { name: String(index) }])));
  server.share(application, ['Login,Full Name,E-Mail', ...keys.map((key, index) => `${quotedCsv(key)},${index % 2},`)].join('\n'));
  expect((await runImport(server, application)).metrics?.users).toEqual(importCounts(keys.length, 0, keys.length - 2, 0, 2, 0));
});

it('distinguishes the same privilege of a user, of a group and of both', async () => {
  const columns = { name: 'Right', userKey: 'User', groupKey: 'Group' };
  const application = await givenApplication(server, await givenTenant(server), { groups: [usersGroup({ rows: 'privileges', columns })] });
  server.share(application, 'Right,User,Group\nread,x,\nread,,x\nread,x,x\n"x,read",x,\nx,read,\nREAD,x,\nread,x,');
  expect((await runImport(server, application)).metrics?.privileges).toEqual(importCounts(7, 6, 0, 0, 0, 1));
  expect(Object.keys(await recordsOf(server.db, application, 'privileges'))).toContain('["x","","x,read"]');
});
