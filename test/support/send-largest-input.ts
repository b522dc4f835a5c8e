import { tokenPlaceholder } from '../../conformance/case.ts';
import type { LargestInput } from './largest-inputs.ts';

/** Sends a request, with an `Idempotency-Key` if it is a POST, because the content of such a request is hashed. Returns the response, read completely. */
export async function sendLargestInput(
  url: string,
  secret: string,
  { method, path, headers, body }: LargestInput,
  send: typeof fetch,
): Promise<Response> {
  const sent = body?.();
  const response = await send(`${url}${path}`, {
    method,
    headers: {
      ...(method === 'POST' && { 'Idempotency-Key': crypto.randomUUID() }),
      ...headers,
      ...(headers.Authorization === tokenPlaceholder && { Authorization: `Bearer ${secret}` }),
    },
    ...(sent !== undefined && { body: sent }),
  });
  await response.arrayBuffer();
  return response;
}
