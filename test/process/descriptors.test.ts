import { expect, it } from 'vitest';
import { connectionsAllowed } from '../../server/process/descriptors.ts';

it('keeps descriptors for the database and for files', () => {
  expect(connectionsAllowed(2000, 1024)).toBe(768);
  expect(connectionsAllowed(2000, 300)).toBe(150);
});

it('allows the set number of connections if there are enough descriptors, or if their number is unknown', () => {
  expect(connectionsAllowed(2000, 20_000)).toBe(2000);
  expect(connectionsAllowed(2000, undefined)).toBeLessThanOrEqual(2000);
});
