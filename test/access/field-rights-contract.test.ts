import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { createFieldRights } from '../../server/access/field-rights.ts';
import { partialType } from '../../server/access/field-tree.ts';
import { fieldResources } from '../../server/access/grantable-fields.ts';
import { createPermissionCatalog } from '../../server/access/permission-catalog.ts';
import type { RequiredPermission } from '../../server/access/permissions.ts';
import type { Permission } from '../../server/access/store/token-rows.ts';
import { definition, operations } from '../support/contract.ts';

type Media = Record<string, { schema: object; examples: Record<string, { value: unknown }> }>;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const permissionCatalog = createPermissionCatalog(definition);
const fieldRights = createFieldRights(permissionCatalog, operations);
const requiredPermissionOf = (operation: object) =>
  (operation as { 'x-permission'?: RequiredPermission })['x-permission'] as RequiredPermission;

/** Returns every path in a value, without the paths below the permitted field. */
const pathsIn = (value: unknown, permitted: string, at = ''): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, permitted, at));
  if (typeof value !== 'object' || value === null || at === permitted) return at === '' ? [] : [at];
  return Object.entries(value).flatMap(([name, member]) => pathsIn(member, permitted, at === '' ? name : `${at}.${name}`));
};
const isIdentifying = (path: string) => ['id', 'kind', 'key'].includes(path.split('.').at(-1) as string);

const partialResponses = operations
  .filter((operation) => fieldResources.has(requiredPermissionOf(operation)?.resource))
  .flatMap((operation) =>
    Object.entries(operation.responses as Record<string, { content?: Media }>)
      .filter(([status, { content }]) => status.startsWith('2') && content?.['application/json'])
      .map(([status, { content }]) => ({ operation, status: Number(status), content: content as Media })),
  );

it.each(partialResponses)(
  '$operation.operationId $status: shows each single permitted field alone, as the partial schema describes',
  ({ operation, status, content }) => {
    const { resource } = requiredPermissionOf(operation);
    const isValid = ajv.compile(content[partialType]?.schema as object);
    for (const { value: body } of Object.values(content['application/json']?.examples ?? {}))
      for (const field of permissionCatalog.grantableFieldsOf(resource, 'read')?.paths ?? []) {
        const permissions = [{ resource, action: 'read', fields: [field] }] as Permission[];
        const reply = fieldRights.reduceReply(operation, permissions, { status, body });
        expect(reply.headers?.['Content-Type']).toBe(`${partialType}; charset=utf-8`);
        expect(isValid(reply.body), `${field}: ${ajv.errorsText(isValid.errors)}`).toBe(true);
        const shownBody = reply.body as { items?: unknown; data?: unknown };
        const paths = pathsIn(Array.isArray(shownBody) ? shownBody : (shownBody.items ?? shownBody.data ?? shownBody), field);
        const unexpected = paths.filter((path) => path !== field && !isIdentifying(path) && !field.startsWith(`${path}.`));
        expect(unexpected, field).toEqual([]);
      }
  },
);
