import { packText } from '../calls/compressed-text.ts';
import { insertLogs, type LogRow, updateCallCount } from '../calls/store/api-log.ts';
import type { Db } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';

interface SeededToken {
  organizationId: string;
  environmentId: string;
  id: string;
  name: string;
}

const withoutBodies = { request_body: null, request_is_cut: false, response_body: null, response_is_cut: false, files: [] };

/** The calls of an unknown caller that the contract's example counts together. */
const countedCalls: LogRow = {
  organization_id: '',
  id: '019c7a5be1557a1b8c2d3e4f5a6b7c8d',
  called_at: toInstant(new Date('2026-02-20T08:10:00.341Z')),
  actor_kind: null,
  actor_id: null,
  actor_name: null,
  operation: 'listIdentities',
  method: 'GET',
  path: '/api/identities',
  query: '',
  status: 429,
  duration_ms: 1,
  client_address: '203.0.113.7',
  environment_id: null,
  ...withoutBodies,
};

/** Inserts the calls of the contract's examples into the API log. */
export async function seedLog(logDb: Db, { organizationId, environmentId, id, name }: SeededToken): Promise<void> {
  const staged: LogRow = {
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
    ...withoutBodies,
    request_body: packText('{"applicationId":"3fa85f64-5717-4562-b3fc-2c963f66afa6"}').bytes,
  };
  await insertLogs(logDb, [staged, countedCalls]);
  await updateCallCount(logDb, countedCalls, 5210);
}
