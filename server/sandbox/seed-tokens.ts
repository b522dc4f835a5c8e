import { insertToken } from '../access/store/tokens.ts';
import { encryptSecret } from '../access/stored-secrets.ts';
import { hashSecret, startOfSecret } from '../common/secret-format.ts';
import type { Db } from '../database/database.ts';
import { toInstant } from '../database/instants.ts';

/** Public on purpose: the sandbox contains only the sample data of this folder, and listens on the local machine by default. */
export const secrets = {
  administrator: 'pa_SandboxAdministratorSandboxAdm1v05vn',
  write: 'pa_SandboxWriteSandboxWriteSandbo0Nm7rr',
  read: 'pa_SandboxReadSandboxReadSandboxR1T87iE',
  /** The secret of the access key `accessKeyId`. */
  accessKey: 'pas_ExampleOnlyExampleOnlyExampleO2R7iRV',
  expired: 'pa_SandboxExpiredSandboxExpiredSa0HgSJ6',
};

export const accessKeyId = 'pak_SandboxAccessKey0001';
/** The `SECRET_KEY` of the sandbox. Public like the secrets, because it encrypts only values of a database that is in memory. */
export const secretKey = Buffer.alloc(32, 'sandbox');

const accessKeyRowId = 'e1f2a3b4-c5d6-4789-8abc-def012345678';
export const hrisTokenId = 'c4d5e6f7-a8b9-4123-8567-89abcdef0123';

/** Inserts the tokens and the access key of the contract's examples. */
export async function insertTokens(db: Db, organization_id: string): Promise<void> {
  const created = new Date('2026-01-05T09:00:00Z');
  const insertSeededToken = (
    name: string,
    secret: string,
    access_level: 'Administrator' | 'Write' | 'Read',
    options: { id?: string; expires_at?: string } = {},
  ) =>
    insertToken(db, created, {
      organization_id,
      access_level,
      name,
      secret_hash: hashSecret(secret),
      secret_start: startOfSecret(secret),
      created_by: 'API Token - Administrator',
      ...options,
    });
  await insertSeededToken('Administrator', secrets.administrator, 'Administrator');
  await insertSeededToken('HRIS Integration', secrets.write, 'Write', { id: hrisTokenId });
  await insertSeededToken('OpCon Nightly Import', 'pa_ExampleOnlyExampleOnlyExampleO2R7iRV', 'Write', {
    id: 'd5e6f7a8-b9c0-4234-9678-9abcdef01234',
  });
  await insertSeededToken('Reporting', secrets.read, 'Read');
  await insertToken(db, created, {
    id: accessKeyRowId,
    kind: 'Access Key',
    organization_id,
    access_level: 'Read',
    name: 'Documents Sync',
    access_key_id: accessKeyId,
    is_replay_protected: true,
    secret_start: startOfSecret(secrets.accessKey),
    encrypted_secret: encryptSecret(secretKey, accessKeyRowId, secrets.accessKey),
    created_by: 'API Token - Administrator',
  });
  await insertSeededToken('Last year', secrets.expired, 'Write', { expires_at: toInstant(new Date('2026-02-01T00:00:00Z')) });
}
