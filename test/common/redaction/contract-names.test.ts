import { expect, it } from 'vitest';
import { isSecretName } from '../../../server/common/redaction/secret-names.ts';
import { definition } from '../../support/contract.ts';

/** Returns every name of a member or a parameter in the contract. */
function namesIn(value: unknown, names = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return names;
  const { properties, name, in: place } = value as { properties?: object; name?: string; in?: string };
  for (const property of Object.keys(properties ?? {})) names.add(property);
  if (name !== undefined && place !== undefined) names.add(name);
  for (const member of Object.values(value)) namesIn(member, names);
  return names;
}

it('redacts these names of the contract and no others', () => {
  const names = [...namesIn(definition)];
  expect(names.length).toBeGreaterThan(150);
  expect(names.filter(isSecretName).toSorted()).toEqual([
    ...['accessKeys', 'access_token', 'api_key_secret', 'refresh_token', 'secret', 'token', 'tokens', 'x-access-token', 'x-hash'],
  ]);
});
