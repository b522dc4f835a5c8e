import { randomUUID } from 'node:crypto';
import { type GatehouseClient, isUnprocessableError, isValidationError, type PersonnelEvent } from '../../client/index.ts';
import { formPage } from './page.ts';

export type Result = { event: PersonnelEvent } | { status: number; page: object };

/** Creates an onboard event from a sent form. Returns the event, or the form again with its errors. */
export async function onboard(client: GatehouseClient, form: URLSearchParams): Promise<Result> {
  const value = (name: string) => form.get(name)?.trim() ?? '';
  const key = value('key') || randomUUID();
  const identity = {
    firstName: value('identity.firstName'),
    lastName: value('identity.lastName'),
    email: value('identity.email') || null,
    department: value('identity.department') || null,
  };
  try {
    return { event: await client.createOnboardEvent({ body: { identity, effectiveDate: value('effectiveDate') }, idempotencyKey: key }) };
  } catch (error) {
    if (isValidationError(error)) return { status: 400, page: formPage(key, form, error.fields) };
    if (!isUnprocessableError(error)) throw error;
    return { status: 409, page: formPage(randomUUID(), form, [], 'This form was sent before. Send it again to create another event.') };
  }
}
