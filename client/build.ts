import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const publishedFolder = join(root, 'dist', 'client');

/** Writes the type declarations. Imports of `.ts` files become `.js`, because the package contains no `.ts` files. */
function writeTypes(folder: string): void {
  const options = ['--declaration', '--emitDeclarationOnly', '--outDir', folder, '--rootDir', root];
  const settings = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable', '--types', 'node', '--strict'];
  const entries = [join(root, 'client/index.ts'), join(root, 'client/node.ts')];
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(
    process.execPath,
    [tsc, '--ignoreConfig', ...settings, '--skipLibCheck', '--allowImportingTsExtensions', ...options, ...entries],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), text.replaceAll(/(from |import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2'));
  }
}

/**
 * Builds the package for `npm pack` and `npm publish`, by default in `dist/client`.
 *
 * Returns the folder and the gzipped size of its main module.
 */
export async function buildClient(clientFolder: string = publishedFolder): Promise<{ folder: string; gzipBytes: number }> {
  rmSync(clientFolder, { recursive: true, force: true });
  mkdirSync(clientFolder, { recursive: true });
  for (const [folder, format] of [
    ['esm', 'esm'],
    ['cjs', 'cjs'],
  ] as const) {
    const outdir = join(clientFolder, folder);
    const entryPoints = [join(root, 'client/index.ts'), join(root, 'client/node.ts')];
    await build({
      entryPoints,
      outdir,
      format,
      bundle: true,
      platform: 'neutral',
      target: 'es2022',
      external: ['node:*'],
      minifySyntax: true,
      logLevel: 'warning',
    });
    writeTypes(outdir);
  }
  writeFileSync(join(clientFolder, 'cjs', 'package.json'), '{ "type": "commonjs" }\n');
  for (const name of ['package.json', 'README.md']) cpSync(join(root, 'client', name), join(clientFolder, name));
  cpSync(join(root, 'LICENSE'), join(clientFolder, 'LICENSE'));
  const gzipBytes = gzipSync(readFileSync(join(clientFolder, 'esm', 'index.js'))).length;
  return { folder: clientFolder, gzipBytes };
}

if (import.meta.main) {
  const { folder, gzipBytes } = await buildClient();
  process.stdout.write(`Built ${folder}: ${(gzipBytes / 1024).toFixed(1)} KB gzipped\n`);
}
