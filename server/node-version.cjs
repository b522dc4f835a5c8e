'use strict';

// Runs before any other code of a program. It must also run on versions of Node.js that cannot read the rest: old syntax, and no import.
const needed = '24.18';
const parts = process.versions.node.split('.').map(Number);
const neededParts = needed.split('.').map(Number);

if (parts[0] < neededParts[0] || (parts[0] === neededParts[0] && parts[1] < neededParts[1])) {
  process.stderr.write(
    `Gatehouse needs Node.js ${needed} or newer, and this is Node.js ${process.versions.node}. ` +
      'On Linux with glibc, "npm ci" installs a newer one, which "npm start" and the other npm commands use. On other systems, install one from nodejs.org.\n',
  );
  process.exit(1);
}
