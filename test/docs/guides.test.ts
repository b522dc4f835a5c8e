import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { checkScript, executedBlocksOf, runBlocks } from './executed-blocks.ts';

const folder = 'docs/guides';
const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const proseOf = (markdown: string) => markdown.replace(/```[\s\S]*?```/g, '');
const security = readFileSync('SECURITY.md', 'utf8');

/** Returns the anchor that GitHub generates for a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (markdown: string) => [...proseOf(markdown).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading as string));

const contract = JSON.parse(readFileSync('generated/openapi.json', 'utf8')) as { paths: Record<string, object> };
const pathForms = Object.keys(contract.paths).map((path) => new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`));

describe('the commands of the guides', () => {
  let sandbox: ServerProcess;
  beforeAll(async () => {
    sandbox = await startProcess({}, 'server/sandbox/main.ts');
  });
  afterAll(async () => {
    sandbox?.signal('SIGTERM');
    await sandbox?.ended;
  });

  it.each(names.filter((name) => executedBlocksOf(textOf(name)).length > 0))('%s: each call returns the expected status', (name) => {
    const blocks = executedBlocksOf(textOf(name));
    const statuses = runBlocks(blocks, sandbox.url);
    expect(statuses).toHaveLength(blocks.length);
    for (const [index, { script, refusal }] of blocks.entries()) {
      if (/\bcurl\b/.test(script)) expect({ script, statuses: statuses[index] }).not.toEqual({ script, statuses: [] });
      const refused = statuses[index]?.filter((status) => status >= 300);
      expect({ script, refused }).toEqual({ script, refused: refusal === undefined ? [] : [refusal] });
    }
  });
});

it.each(names)('%s: a shell can parse each block', (name) => {
  for (const [, script] of textOf(name).matchAll(/```sh\n([\s\S]*?)```/g)) checkScript(script as string);
});

it('the index links to each guide', () => {
  for (const name of names.filter((guide) => guide !== 'index.md')) expect(textOf('index.md')).toContain(`](${name}`);
});

it.each(names)('%s: each link leads to a heading of a guide', (name) => {
  for (const [link, file, anchor] of proseOf(textOf(name)).matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)) {
    const target = file === '' ? name : (file as string);
    expect(names, link).toContain(target);
    if (anchor !== undefined) expect(anchorsOf(textOf(target)), link).toContain(anchor);
  }
});

it.each(names)('%s: each path of the API is in the contract', (name) => {
  const paths = [...textOf(name).matchAll(/\/(?:api|v2)\/[A-Za-z0-9_{}$/-]+/g)].map(([path]) => path.replace(/\/$/, ''));
  // A text such as "paths below /v2/facts" names the beginning of several paths.
  const isKnown = (path: string) =>
    pathForms.some((form) => form.test(path)) || Object.keys(contract.paths).some((known) => known.startsWith(`${path}/`));
  expect(paths.filter((path) => !isKnown(path))).toEqual([]);
});

it('operating.md names each command and each setting, and no other', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = new Set([...textOf('operating.md').matchAll(/`npm (?:run )?([a-z:]+)/g)].map(([, script]) => script as string));
  named.delete('ci');
  for (const script of named) expect(Object.keys(scripts)).toContain(script);
  for (const script of Object.keys(scripts).filter((one) => !/^(check|bench)/.test(one))) expect([...named]).toContain(script);

  const config = readFileSync('server/process/config.ts', 'utf8');
  const settings = [...config.matchAll(/'([A-Z][A-Z_]{3,})'|env\.([A-Z_]+)/g)].map(([, quoted, member]) => quoted ?? member);
  const rows = [...textOf('operating.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, setting]) => setting);
  expect([...new Set(rows)].sort()).toEqual([...new Set(settings)].sort());
});

it('SECURITY.md names only files that exist', () => {
  const files = [...security.matchAll(/`((?:server|test|docs)\/[^`]+)`/g)].map(([, file]) => file as string);
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
