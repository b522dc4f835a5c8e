import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { createFieldRights } from '../../server/access/field-rights.ts';
import { fieldResources, partialType } from '../../server/access/field-tree.ts';
import { createPermissionCatalog } from '../../server/access/permission-catalog.ts';
import type { Needed } from '../../server/access/permissions.ts';
import type { Permission } from '../../server/access/store/token-rows.ts';
import { definition, operations } from '../support/contract.ts';

type Media = Record<string, { schema: object; examples: Record<string, { value: unknown }> }>;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const permissionCatalog = createPermissionCatalog(definition);
const fieldRights = createFieldRights(permissionCatalog);
const neededOf = (operation: object) => (operation as { 'x-permission'?: Needed })['x-permission'] as Needed;

/** Every path in a value, but those below a member that is allowed as a whole. */
const pathsIn = (value: unknown, whole: string, at = ''): string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => pathsIn(one, whole, at));
  if (typeof value !== 'object' || value === null || at === whole) return at === '' ? [] : [at];
  return Object.entries(value).flatMap(([name, one]) => pathsIn(one, whole, at === '' ? name : `${at}.${name}`));
};
const isIdentifying = (path: string) => ['id', 'kind', 'key'].includes(path.split('.').at(-1) as string);

const answers = operations
  .filter((operation) => fieldResources.has(neededOf(operation)?.resource))
  .flatMap((operation) =>
    Object.entries(operation.responses as Record<string, { content?: Media }>)
      .filter(([status, { content }]) => status.startsWith('2') && content?.['application/json'])
      .map(([status, { content }]) => ({ operation, status: Number(status), content: content as Media })),
  );

it.each(answers)(
  '$operation.operationId $status: each single field is shown alone, as the contract says',
  ({ operation, status, content }) => {
    const { resource } = neededOf(operation);
    const isValid = ajv.compile(content[partialType]?.schema as object);
    for (const { value: body } of Object.values(content['application/json']?.examples ?? {}))
      for (const field of permissionCatalog.membersOf(resource, 'read')?.paths ?? []) {
        const permissions = [{ resource, action: 'read', fields: [field] }] as Permission[];
        const reply = fieldRights.present(operation, permissions, { status, body });
        expect(reply.headers?.['Content-Type']).toBe(`${partialType}; charset=utf-8`);
        expect(isValid(reply.body), `${field}: ${ajv.errorsText(isValid.errors)}`).toBe(true);
        const shown = reply.body as { items?: unknown; data?: unknown };
        const paths = pathsIn(Array.isArray(shown) ? shown : (shown.items ?? shown.data ?? shown), field);
        const more = paths.filter((path) => path !== field && !isIdentifying(path) && !field.startsWith(`${path}.`));
        expect(more, field).toEqual([]);
      }
  },
);
