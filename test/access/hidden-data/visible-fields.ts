import type { Permission } from '../../../server/access/store/token-rows.ts';

/** A place where stored data appears in responses: fields of a resource. */
export interface Shown {
  resource: string;
  /** Null for all fields of the resource. */
  fields: string[] | null;
}

/** Stands for the existence of an object, which everyone who may read its resource sees. */
export const anyField = '*';

/** Tells whether a permission that names `granted` shows anything at or below `field`, or all of what contains it. */
const touches = (granted: string, field: string) => granted === field || granted.startsWith(`${field}.`) || field.startsWith(`${granted}.`);

/**
 * Tells whether permissions show at least a part of a field. Written apart from the server's code, so that the tests do not repeat its mistakes.
 */
export function isVisible(permissions: Permission[], { resource, fields }: Shown): boolean {
  const read = permissions.find((permission) => permission.resource === resource && permission.action === 'read');
  if (!read) return false;
  if (read.fields === null || fields?.includes(anyField)) return true;
  return (fields ?? []).some((field) => read.fields?.some((granted) => touches(granted, field)));
}
