import { packText } from '../calls/compressed-text.ts';
import { insertLogs } from '../calls/store/api-log.ts';
import type { Db } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';

interface SeededToken {
  organizationId: string;
  environmentId: string;
  id: string;
  name: string;
}

/** Inserts the call of the contract's example into the API log. */
export const seedLog = (logDb: Db, { organizationId, environmentId, id, name }: SeededToken): Promise<void> =>
  insertLogs(logDb, [
    {
      organization_id: organizationId,
      id: '019c7a5be0f17b3a9c4d5e6f7a8b9c0d',
      called_at: toInstant(new Date('2026-02-20T08:10:00.241Z')),
      actor_kind: 'API Token',
      actor_id: id,
      actor_name: name,
      operation: 'stageApplicationImport',
      method: 'POST',
      path: '/api/application-imports/stage',
      query: '',
      status: 201,
      duration_ms: 12,
      client_address: '127.0.0.1',
      environment_id: environmentId,
      request_body: packText('{"applicationId":"3fa85f64-5717-4562-b3fc-2c963f66afa6"}').bytes,
      request_is_cut: false,
      response_body: null,
      response_is_cut: false,
      files: [],
    },
  ]);
