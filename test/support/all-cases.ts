import { isMySqlRun } from './test-database.ts';

/** `npm run test:all` sets this, before a release: tests of many thousand cases then run all of them, on both databases. */
export const runsAllCases = process.env.TEST_ALL_CASES === 'true';

/** Returns a share of the cases: 1 of `embedded`, on MySQL 1 of `mysql`, or all if every case is wanted. */
export function someOf<Case>(cases: Case[], every: { embedded: number; mysql: number }): Case[] {
  const step = runsAllCases ? 1 : isMySqlRun ? every.mysql : every.embedded;
  return cases.filter((_, index) => index % step === 0);
}
