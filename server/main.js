import './node-version.cjs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

// Node.js stores the compiled code of all imported modules here, so later starts are faster. If the folder is not writable, each start compiles them again.
// The cache must be enabled before the first import, which is why this entry file is separate. It is JavaScript because a TypeScript entry file
// would make Node.js load its TypeScript support before the cache is enabled, and because an old Node.js could not read it to say which version is needed.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/gatehouse', import.meta.url)));
await import('./process/start-command.ts');
