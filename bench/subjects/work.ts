import { createHash } from 'node:crypto';
import { openData, type Token } from './data.ts';
import { errorBody, eventBody, importBody, newEvent, pageBody } from './response-bodies.ts';

// The work of the five compared cases. All compared servers share it and differ only in the framework.

export const databaseUrl = process.env.DATABASE_URL as string;
const data = openData(databaseUrl);

export interface SubjectResponse {
  status: number;
  body: unknown;
}

interface Headers {
  authorization?: string | undefined;
  'x-access-token'?: string | string[] | undefined;
}
const secrets = {
  bearer: ({ authorization = '' }: Headers) => /^Bearer +(\S+)$/i.exec(authorization)?.[1],
  accessToken: (headers: Headers) => headers['x-access-token'] as string | undefined,
};
/** The security schemes, by their names in the contract. */
export const schemes = ['bearer', 'accessToken'] as const;

export async function tokenOf(headers: Headers, scheme: (typeof schemes)[number]): Promise<Token | undefined> {
  const secret = secrets[scheme](headers);
  if (secret === undefined) return undefined;
  const token = await data.findToken(createHash('sha256').update(secret).digest());
  const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
  const isPast = (instant: string | null) => instant !== null && instant <= now;
  return token && token.disabled_at === null && !isPast(token.expires_at) && !isPast(token.secret_expires_at) ? token : undefined;
}

export async function getImport(token: Token, id: string): Promise<SubjectResponse> {
  const row = await data.findImport(token.default_environment_id, id);
  return row
    ? { status: 200, body: importBody(row) }
    : { status: 404, body: errorBody('not_found', `Application Import with id ${id} not found`) };
}

export const listImports = async (token: Token): Promise<SubjectResponse> => ({
  status: 200,
  body: pageBody(await data.listImports(token.default_environment_id)),
});

export async function createOffboard(token: Token, body: { identityId: string; effectiveDate: string }): Promise<SubjectResponse> {
  const identity = await data.findIdentity(token.default_environment_id, body.identityId);
  if (!identity) return { status: 400, body: errorBody('validation_error', 'Identity does not exist') };
  const event = newEvent(token, body.identityId, body.effectiveDate);
  return { status: 201, body: eventBody(event, await data.insertEvent(event), identity) };
}

/** Prints the URL for the process that started this server. */
export const announce = (port: number) => process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
