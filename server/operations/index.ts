import type { Handlers } from '../operation.ts';
import * as applicationImports from './application-imports.ts';
import * as applications from './applications.ts';
import * as system from './system.ts';
import * as tokens from './tokens.ts';

/** Every operation of the contract; one that is missing does not compile. */
export const handlers = { ...applications, ...applicationImports, ...tokens, ...system } satisfies Handlers;
