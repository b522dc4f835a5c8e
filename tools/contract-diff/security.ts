import { additive, asArray, asObject, breaking, canonical, type Difference, type Json } from './findings.ts';

type Alternative = Record<string, string[]>;
const alternativesOf = (security: unknown): Alternative[] => {
  const alternatives = asArray(security) as Alternative[];
  return alternatives.length > 0 ? alternatives : [{}];
};

/** Returns whether credentials that satisfy `has` also satisfy `wants`. */
const satisfies = (has: Alternative, wants: Alternative) =>
  Object.entries(wants).every(([scheme, scopes]) => has[scheme] && scopes.every((scope) => has[scheme]?.includes(scope)));
const nameOf = (alternative: Alternative) =>
  Object.entries(alternative)
    .map(([scheme, scopes]) => (scopes.length > 0 ? `${scheme} (${scopes.join(', ')})` : scheme))
    .join(' and ') || 'no credentials';

export function compareSecurity(from: unknown, to: unknown): Difference[] {
  const [old, current] = [alternativesOf(from), alternativesOf(to)];
  const refused = old.filter((has) => !current.some((wants) => satisfies(has, wants)));
  const added = current.filter((has) => !old.some((wants) => satisfies(has, wants)));
  return [
    ...refused.map((has) =>
      breaking('security', `${nameOf(has)} is not enough any more`, 'callers without other credentials get 401 or 403'),
    ),
    ...(refused.length === 0 ? added.map((has) => additive('security', `${nameOf(has)} is enough now`)) : []),
  ];
}

export function compareSecuritySchemes(from: Json, to: Json): Difference[] {
  const schemesOf = (document: Json) => asObject(asObject(document.components).securitySchemes);
  const [old, current] = [schemesOf(from), schemesOf(to)];
  return Object.keys(old).flatMap((name) =>
    name in current && canonical(old[name]) !== canonical(current[name])
      ? [breaking(`security ${name}`, 'scheme has changed', 'callers send their credentials in the old way')]
      : [],
  );
}
