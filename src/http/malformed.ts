import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { newRequestId } from './request-id.js';
import { RESPONSE_HEADERS } from './response-headers.js';

/** What Node.js found wrong, by its code. Anything else is not HTTP. */
const PROBLEMS: Readonly<Record<string, { readonly status: number; readonly detail: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'The request did not arrive whole in time. Send it again.' },
  HPE_HEADER_OVERFLOW: { status: 431, detail: 'The headers are longer than 16 KiB. Send fewer or shorter ones.' },
};
/** How long a client may take to close its half of the connection. */
const CLOSE_MS = 5_000;
const NOT_HTTP = { status: 400, detail: 'This is not HTTP/1.1.' };

/** Answers what never became a request: with a problem and the headers of every response, as the last on its connection. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  // It was answered before: this is more of the same.
  if (!socket.writable) return;
  const { status, detail } = PROBLEMS[error.code ?? ''] ?? NOT_HTTP;
  const body = JSON.stringify({
    type: 'about:blank',
    title: 'The request is invalid',
    status,
    code: 'INVALID_REQUEST',
    detail,
  });
  const headers = [
    ...RESPONSE_HEADERS,
    ...['content-type', 'application/problem+json; charset=utf-8', 'cache-control', 'no-store'],
    ...['content-length', String(Buffer.byteLength(body)), 'x-request-id', newRequestId(), 'connection', 'close'],
  ];
  const lines = headers.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${headers[i + 1]}`] : []));
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines].join('\r\n');
  // A client that is late may be gone. Any other may never close its half, and would keep the connection open for ever.
  setTimeout(() => socket.destroy(), CLOSE_MS).unref();
  socket.end(`${head}\r\n\r\n${body}`, () => {
    if (status === 408) socket.destroySoon();
  });
}
