import type { Token } from '../generated/types.gen.ts';
import { presentCredential } from './credentials.ts';
import { seal, unseal } from './seal.ts';
import type { TokenView } from './store/tokens.ts';

export const presentToken = (row: TokenView, now: Date): Token => ({
  ...presentCredential(row, now),
  kind: 'API Token',
  isRevealable: row.kind === 'API Token' && row.sealed_secret !== null,
  secretStart: row.secret_start,
});

const purpose = 'gatehouse secrets';
/** What encrypts the secret of a revealable token, or of an access key, in the database. */
export const sealSecret = (secretKey: Buffer, secret: string): Buffer => seal(secretKey, purpose, '', secret);
export const unsealSecret = (secretKey: Buffer, sealed: Buffer): string => unseal(secretKey, purpose, '', sealed);
