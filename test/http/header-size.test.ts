import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { operations } from '../support/contract.ts';
import { sendBytes } from '../support/raw-http.ts';
import { useServer } from '../support/server.ts';

const server = useServer();

// Node refuses the headers before the server can route the request, so each request must be for a path of the operation.
it.each(operations.map((operation) => [operation.operationId as string, operation] as const))(
  '431: %s refuses headers of more than 16 KiB in the common error format',
  async (_operationId, { method, path: template }) => {
    const path = template.replace(/\{\w+\}/g, () => randomUUID());
    const head = `${method.toUpperCase()} ${path} HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(16_384)}\r\n\r\n`;
    const response = await sendBytes(server, method.toUpperCase(), path, head);
    expect([response.status, (await response.json()).error]).toEqual([431, 'header_fields_too_large']);
  },
);
