import { newTokenSecret } from '../server/common/secret-format.ts';
import type { SeededData } from './fill-imports.ts';
import type { Call, Case } from './load.ts';

const imports = '/api/application-imports';
const offboard = '/api/personnel-events/offboard';
const effectiveDate = '2035-04-15T00:00:00Z';

/** The benchmark's cases, by the name that the commands use. The calls of a case use different tokens and different rows in turn. */
export const caseBuilders: Record<string, (filled: SeededData) => Case> = {
  get: (filled) => ({
    name: 'get import',
    calls: callsOf(filled, (importId) => ({ method: 'GET', path: `${imports}/${importId}` })),
    status: 200,
  }),
  list: (filled) => ({ name: 'list imports (50)', calls: callsOf(filled, () => ({ method: 'GET', path: imports })), status: 200 }),
  create: (filled) => ({
    name: 'create offboard',
    calls: callsOf(filled, (_, identityId) => ({ method: 'POST', path: offboard, body: { identityId, effectiveDate } })),
    status: 201,
  }),
  401: (filled) => ({
    name: '401, unknown token',
    // The tokens are well-formed, so the server has to look up each of them.
    calls: callsOf(filled, (importId) => ({ method: 'GET', path: `${imports}/${importId}`, token: newTokenSecret() })),
    status: 401,
  }),
  400: (filled) => ({
    name: '400, three fields',
    calls: callsOf(filled, () => ({ method: 'POST', path: offboard, body: { identityId: 1, effectiveDate: 2, comment: 3 } })),
    status: 400,
  }),
};

const callsOf = (
  { tokens, importIds, identityIds }: SeededData,
  callOf: (importId: string, identityId: string) => Omit<Call, 'token'> & { token?: string },
): Call[] =>
  importIds.map((importId, index) => ({
    token: tokens[index % tokens.length] as string,
    ...callOf(importId, identityIds[index] as string),
  }));
