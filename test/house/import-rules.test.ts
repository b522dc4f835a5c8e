import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-import-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));
const biome = resolve('node_modules/@biomejs/biome/bin/biome');

interface Diagnostic {
  category: string;
  location: { path: string | { file: string } };
}

/** Lints a tree that has only these files, with the project's own rules. Returns the rules that each file breaks. */
function lint(files: Record<string, string>): Record<string, string[]> {
  const root = mkdtempSync(join(folder, 'tree-'));
  const { vcs: _git, ...rules } = JSON.parse(readFileSync('biome.json', 'utf8'));
  writeFileSync(join(root, 'biome.json'), JSON.stringify(rules));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: root,
    encoding: 'utf8',
  });
  const report: { diagnostics: Diagnostic[] } = JSON.parse(stdout);
  const broken: Record<string, string[]> = Object.fromEntries(Object.keys(files).map((name) => [name, []]));
  for (const { category, location } of report.diagnostics) {
    const path = typeof location.path === 'string' ? location.path : location.path.file;
    broken[path.replace(/^\.\//, '')]?.push(category.split('/').at(-1) as string);
  }
  return broken;
}

/** Returns a module with type imports. The rules must also apply to types, the weakest kind of import. */
const importing = (...specifiers: string[]) =>
  `${specifiers.map((specifier, index) => `import type { X as X${index} } from '${specifier}';`).join('\n')}
export type Y = ${specifiers.map((_, index) => `X${index}`).join(' | ')};
`;

/** For each kind of folder, imports that go upward or to a library of another layer. */
const forbidden: [file: string, specifier: string][] = [
  ['server/database/x.ts', '../common/errors.ts'],
  ['server/database/x.ts', '../access/store/tokens.ts'],
  ['server/database/migrations/x.ts', '../../people/store/identities.ts'],
  ['server/common/x.ts', '../contract/contract.ts'],
  ['server/common/x.ts', '../people/event-dates.ts'],
  ['server/common/x.ts', 'knex'],
  ['server/contract/x.ts', '../http/call.ts'],
  ['server/contract/x.ts', '../calls/redact.ts'],
  ['server/contract/x.ts', 'koa'],
  ['server/organizations/x.ts', '../access/caller.ts'],
  ['server/organizations/store/x.ts', '../../access/store/tokens.ts'],
  ['server/organizations/store/x.ts', '../time-zones.ts'],
  ['server/organizations/store/x.ts', '../../common/errors.ts'],
  ['server/access/x.ts', '../people/event-dates.ts'],
  ['server/access/x.ts', '../http/call.ts'],
  ['server/access/x.ts', '../contract/contract-router.ts'],
  ['server/access/operations/x.ts', '../../facts/check-input.ts'],
  ['server/access/operations/x.ts', 'koa'],
  ['server/access/operations/x.ts', 'openapi-backend/router.js'],
  ['server/access/operations/x.ts', '../../../generated/sdk.gen.ts'],
  ['server/access/store/x.ts', '../../handler.ts'],
  ['server/access/store/x.ts', '../caller.ts'],
  ['server/applications/build/x.ts', '../../people/sync-identities.ts'],
  ['server/applications/x.ts', '../process/config.ts'],
  ['server/applications/x.ts', 'knex'],
  ['server/people/x.ts', '../access/caller.ts'],
  ['server/people/store/x.ts', '../../facts/store/fact-users.ts'],
  ['server/facts/x.ts', '../applications/import-files.ts'],
  ['server/calls/x.ts', '../organizations/time-zones.ts'],
  ['server/calls/store/x.ts', '../../organizations/store/scope.ts'],
  ['server/http/x.ts', '../people/event-dates.ts'],
  ['server/http/x.ts', '../access/store/tokens.ts'],
  ['server/http/x.ts', '../database/database.ts'],
  ['server/http/x.ts', '../process/config.ts'],
  ['server/http/store/x.ts', '../rate-limits.ts'],
  ['server/handler.ts', './people/event-dates.ts'],
  ['client/x.ts', '../server/handler.ts'],
  ['mocks/x.ts', '../server/common/errors.ts'],
  ['conformance/x.ts', '../server/contract/contract.ts'],
  ['examples/a/x.ts', '../../server/handler.ts'],
];

it('the linter refuses each import against the direction of the folders', () => {
  const files = Object.fromEntries(
    forbidden.map(([file, specifier], index) => [file.replace(/x\.ts$/, `x${index}.ts`), importing(specifier)]),
  );
  // The rules for `server/handler.ts` apply to this name, so it gets no number.
  expect(Object.entries(lint(files)).filter(([, rules]) => !rules.includes('noRestrictedImports'))).toEqual([]);
});

it('the linter allows imports from the folders below', () => {
  const allowed: Record<string, string> = {
    'server/common/a.ts': importing('../database/database-errors.ts'),
    'server/contract/a.ts': importing('../common/errors.ts', 'openapi-backend/router.js'),
    'server/organizations/store/a.ts': importing('./scope.ts', '../../database/database.ts', 'knex'),
    'server/access/a.ts': importing(
      './caller.ts',
      './store/tokens.ts',
      '../organizations/store/scope.ts',
      '../common/errors.ts',
      '../handler.ts',
    ),
    'server/access/operations/a.ts': importing('../caller.ts', '../store/tokens.ts', '../../handler.ts', '../../../generated/types.gen.ts'),
    'server/access/store/a.ts': importing('./token-rows.ts', '../../organizations/store/scope.ts', '../../database/transactions.ts'),
    'server/people/a.ts': importing('../applications/build/heartbeat.ts', '../organizations/time-zones.ts'),
    'server/facts/operations/a.ts': importing('../../access/caller.ts', '../store/fact-users.ts'),
    'server/http/a.ts': importing(
      '../access/caller.ts',
      '../calls/api-log.ts',
      '../contract/contract-router.ts',
      './store/rate-counter.ts',
      'koa',
    ),
    'server/http/store/a.ts': importing('../../database/database.ts'),
    'server/process/a.ts': importing('../people/sync-identities.ts', '../http/koa-app.ts', '../access/store/tokens.ts'),
    'client/a.ts': importing('../generated/types.gen.ts'),
    'examples/a/a.ts': importing('../../client/index.ts'),
  };
  expect(Object.entries(lint(allowed)).filter(([, rules]) => rules.length > 0)).toEqual([]);
});

it('the linter refuses a cycle, also a cycle of types', () => {
  const cycle = lint({
    'server/people/one.ts': importing('./two.ts').replace('Y', 'X'),
    'server/people/two.ts': importing('./one.ts').replace('Y', 'X'),
  });
  expect(cycle).toEqual({ 'server/people/one.ts': ['noImportCycles'], 'server/people/two.ts': ['noImportCycles'] });
});
