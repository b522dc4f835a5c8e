import { contractFetch } from '../contract.ts';
import { multipart, multipartType } from '../raw-http.ts';
import type { TestServer } from '../server.ts';
import type { SecuredOperation, TwinRequest } from './requests.ts';

const isUpload = ({ mediaType }: SecuredOperation) => mediaType === 'multipart/form-data';

function bodyOf(operation: SecuredOperation, { body, files }: TwinRequest): BodyInit {
  if (!isUpload(operation)) return JSON.stringify(body);
  const parts = Object.entries(files).map(([name, fileName]) => ({ name, fileName, content: 'Login\nann\n' }));
  return multipart({ name: 'applicationId', content: (body as { applicationId: string }).applicationId }, ...parts) as BodyInit;
}

/** Returns a function that sends requests to a server, holds each response against the contract, and counts them. */
export function createSend(server: TestServer) {
  let sent = 0;
  /** Returns the status, the body, and all texts of the response: body and headers. */
  async function send(operation: SecuredOperation, request: TwinRequest, secret: string, headers: Record<string, string> = {}) {
    const { method, path, mediaType } = operation;
    const filled = path.replace(/\{([^}]*)\}/g, (_, name: string) => encodeURIComponent(request.pathValues[name] as string));
    sent++;
    const response = await contractFetch(`${server.url}${filled}?${new URLSearchParams(request.query)}`, {
      method: method.toUpperCase(),
      headers: {
        Authorization: `Bearer ${secret}`,
        ...(mediaType && { 'Content-Type': isUpload(operation) ? multipartType : mediaType }),
        ...request.headers,
        ...headers,
      },
      ...(mediaType && { body: bodyOf(operation, request) }),
    });
    const body = await response.text();
    return { status: response.status, body, text: body + JSON.stringify([...response.headers]), headers: response.headers };
  }
  return { send, count: () => sent };
}
