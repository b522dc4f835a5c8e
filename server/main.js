import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// What is imported is compiled once for all starts; where the folder can't be written, for each. Hence this program is a file of its own, and is JavaScript:
// for a single file in TypeScript, Node.js would load a compiler.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/gatehouse', import.meta.url)));
await import('./process/start-command.ts');
