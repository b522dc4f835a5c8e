import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { newCorrelationId } from '../calls/correlation-id.ts';
import { ApiError, toErrorBody } from '../common/errors.ts';
import type { Log } from '../common/process-log.ts';
import type { UnknownLines } from './unknown-lines.ts';

const { STATUS_CODES } = process.getBuiltinModule('node:http');

/** Returns the bytes of an error response in the common format, for connections on which Node has no response object. */
export function rawResponse(error: ApiError): { text: string; correlationId: string } {
  const correlationId = newCorrelationId(new Date());
  const body = JSON.stringify(toErrorBody(error, correlationId));
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Correlation-Id: ${correlationId}`,
    'Access-Control-Allow-Origin: *',
    ...Object.entries(error.headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return { text: `${head.join('\r\n')}\r\n\r\n${body}`, correlationId };
}

/** Time for a client to read the response before its connection is closed. */
const lingerMs = 1_000;

const errorOf = (code: string | undefined): ApiError => {
  if (code === 'HPE_HEADER_OVERFLOW') return new ApiError(431, 'header_fields_too_large', 'The headers are larger than 16 KiB');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new ApiError(408, 'request_timeout', 'The request did not arrive in time');
  return new ApiError(400, 'validation_error', 'This is not an HTTP request that the server can read');
};

/** Responds in the common error format to bytes that Node cannot parse as a request. */
export function respondToBrokenRequest(
  { log, unknownLines }: { log: Log; unknownLines: UnknownLines },
  error: NodeJS.ErrnoException,
  socket: Socket & { _httpMessage?: ServerResponse },
): void {
  // Bytes written in the middle of another response would be read as a part of it.
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const failure = errorOf(error.code);
  const { text, correlationId } = rawResponse(failure);
  if (unknownLines.allows('unreadable', socket.remoteAddress ?? ''))
    log.info({ correlationId, status: failure.status, code: error.code }, 'request that could not be read');
  socket.end(text);
  // A client could keep its half of the connection open.
  const linger = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(linger));
}
