import { randomUUID } from 'node:crypto';
import type {
  GetSettingsData,
  GetSettingsResponses,
  Settings,
  UpdateSettingsData,
  UpdateSettingsResponses,
} from '../../../generated/types.gen.ts';
import { invalid } from '../../common/errors.ts';
import { inTransaction } from '../../database/transactions.ts';
import { callerOf, type Handler } from '../../handler.ts';
import * as store from '../store/settings.ts';
import { isTimeZone } from '../time-zones.ts';

const presentSettings = ({ timeZone, maxTokenLifetimeDays, customFields }: store.Settings): Settings => ({
  timeZone,
  maxTokenLifetimeDays,
  customFields: Object.fromEntries(
    store.customFields.map((field) => [field, customFields[field]?.name ?? null]),
  ) as Settings['customFields'],
});

export const getSettings: Handler<GetSettingsData, GetSettingsResponses> = async (_request, context) => ({
  status: 200,
  body: presentSettings(await store.findSettings(context.db, callerOf(context).organizationId)),
});

export const updateSettings: Handler<UpdateSettingsData, UpdateSettingsResponses> = async ({ body }, context) => {
  if (body.timeZone !== undefined && !isTimeZone(body.timeZone))
    throw invalid({ field: 'timeZone', message: 'Must be an IANA time zone, such as Europe/Berlin' });
  const { organizationId } = callerOf(context);
  const settings = await inTransaction(context.db, async (trx) => {
    const current = await store.findSettings(trx, organizationId, { lock: true });
    const fields = { ...current.customFields };
    for (const [field, name] of Object.entries(body.customFields ?? {}) as [store.CustomField, string | null][])
      if (name === null) delete fields[field];
      else fields[field] = { name, id: fields[field]?.id ?? randomUUID() };
    const updated = {
      timeZone: body.timeZone ?? current.timeZone,
      maxTokenLifetimeDays: body.maxTokenLifetimeDays === undefined ? current.maxTokenLifetimeDays : body.maxTokenLifetimeDays,
      customFields: fields,
    };
    await store.updateSettings(trx, organizationId, updated);
    return updated;
  });
  return { status: 200, body: presentSettings(settings) };
};
