import { linkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

// A program that exchanges names in the folder of one environment as fast as it can, until it is killed. Its arguments are this folder and the folder of
// another environment. `folder` is a folder or a link to the other folder, `file.csv` a file or a link to the other file, and `hard.csv` a file or a
// second name of the other file.
const [own, other] = process.argv.slice(2) as [string, string];
const inOwn = (name: string) => join(own, name);

process.send?.('ready');
for (;;) {
  renameSync(inOwn('folder'), inOwn('folder-kept'));
  symlinkSync(other, inOwn('folder'));
  unlinkSync(inOwn('folder'));
  renameSync(inOwn('folder-kept'), inOwn('folder'));

  symlinkSync(join(other, 'users.csv'), inOwn('link'));
  renameSync(inOwn('file.csv'), inOwn('file-kept'));
  renameSync(inOwn('link'), inOwn('file.csv'));
  renameSync(inOwn('file-kept'), inOwn('file.csv'));

  for (let count = 0; count < 5; count++) {
    linkSync(join(other, 'users.csv'), inOwn('second'));
    renameSync(inOwn('hard.csv'), inOwn('hard-kept'));
    renameSync(inOwn('second'), inOwn('hard.csv'));
    renameSync(inOwn('hard-kept'), inOwn('hard.csv'));
  }
}
