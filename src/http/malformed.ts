import type { Socket } from 'node:net';

const MALFORMED =
  '{"type":"about:blank","title":"The request is invalid","status":400,"code":"INVALID_REQUEST",' +
  '"detail":"This is not HTTP/1.1, or its head is too long."}';
const TOO_SLOW =
  '{"type":"about:blank","title":"The request is invalid","status":408,"code":"INVALID_REQUEST",' +
  '"detail":"The request did not come in whole in time."}';

/** Answers what never became a request: as problem+json, and as the last word on its connection. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return;
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const body = late ? TOO_SLOW : MALFORMED;
  const answer =
    `HTTP/1.1 ${late ? '408 Request Timeout' : '400 Bad Request'}\r\nConnection: close\r\n` +
    `Content-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  // Whoever is late may be gone, and would keep its half of the connection open for ever.
  socket.end(answer, () => {
    if (late) socket.destroySoon();
  });
}
