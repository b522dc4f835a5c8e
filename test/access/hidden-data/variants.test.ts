import { expect, it } from 'vitest';
import { fieldResources } from '../../../server/access/grantable-fields.ts';
import { createPermissionCatalog } from '../../../server/access/permission-catalog.ts';
import { securedOperations } from '../../support/call-operation.ts';
import { definition } from '../../support/contract.ts';
import { movedRows } from './moved-rows.ts';
import type { Variant } from './variant.ts';
import { variants } from './variants.ts';

const permissionCatalog = createPermissionCatalog(definition);

/** Parts that show another resource, whose fields have variants. */
const embedded: Record<string, string> = {
  'applications lastImport': 'application-imports',
  'application-imports application': 'applications',
  'personnel-events affectedIdentity': 'identities',
  'access-requests target.affectedIdentity': 'identities',
  'access-requests application': 'applications',
  'access-requests relatedItems': 'personnel-events',
};
/** Fields whose stored data cannot differ, by the reason. */
const exceptions: Record<string, RegExp> = {
  'names the object, so everybody who sees the object sees it': /^[\w-]+ ((files\.)?id|kind)$|^(users|tenants) key$/,
  'names the object of the path or of the caller': /^(users|tenants) (organization|project|environment|user|tenant)_id$/,
  'is null or the same text in every object': /^(personnel-events|access-requests) (assignee(\.\w+)?|target\.(type|nomenclature))$/,
  'is a constant of the server':
    /^applications connector\.isFileBased$|^personnel-events stages\.name$|^access-requests responses\.name$|^users associated_tenants\.(status|resource_instance_roles)$/,
  'is only in responses to writes': /^(personnel-events|access-requests) (author|text|date)$|^users (user|role|tenant)$/,
};

/** Tells whether a variant changes this field, or a part of it. */
const hasVariant = (resource: string, field: string): boolean =>
  variants.some(({ shownIn }) =>
    shownIn.some((conditions) =>
      conditions.some((shown) => shown.resource === resource && shown.fields?.some((name) => `${name}.`.startsWith(`${field}.`))),
    ),
  );

function isCovered(resource: string, field: string): boolean {
  const place = `${resource} ${field}`;
  const part = Object.keys(embedded).find((name) => place === name || place.startsWith(`${name}.`));
  const inner = part && place.slice(part.length + 1);
  if (part && inner) return isCovered(embedded[part] as string, inner);
  return part !== undefined || hasVariant(resource, field) || Object.values(exceptions).some((form) => form.test(place));
}

const places = [...fieldResources].flatMap((resource) =>
  [...(permissionCatalog.grantableFieldsOf(resource, 'read')?.paths ?? [])].map((field) => [resource, field] as const),
);

it('every field that a permission can name has a variant, or a reason why it needs none', () => {
  expect(places.length).toBeGreaterThan(250);
  expect(places.filter(([resource, field]) => !isCovered(resource, field)).map((place) => place.join(' '))).toEqual([]);
});

it('every reason is needed', () => {
  for (const [reason, form] of Object.entries(exceptions)) {
    const excepted = places.filter(([resource, field]) => form.test(`${resource} ${field}`));
    expect([reason, excepted.length > 0]).toEqual([reason, true]);
    expect(excepted.filter(([resource, field]) => !field.endsWith('id') && hasVariant(resource, field))).toEqual([]);
  }
});

it('every resource that operations read has a variant, also one that adds or removes a row', () => {
  const resources = new Set(
    securedOperations.filter(({ method }) => method === 'get').map((operation) => operation['x-permission']?.resource as string),
  );
  // Logs show the calls of the tests themselves, and everybody may read the own token.
  for (const resource of [...resources].filter((name) => !['logs', 'current-token'].includes(name))) {
    const isShown = ({ shownIn }: Variant) => shownIn.flat().some((place) => place.resource === resource);
    // A caller reads only the settings and the organization of its own token.
    const isSingle = ['settings', 'organizations'].includes(resource);
    expect([resource, variants.some(isShown), movedRows.some(isShown)]).toEqual([resource, true, !isSingle]);
  }
});
