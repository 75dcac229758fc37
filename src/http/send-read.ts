import type { IncomingMessage, ServerResponse } from 'node:http';
import { isNotModified } from './conditional-request.js';
import type { PreparedResponse } from './prepared-response.js';
import { headerOf } from './request-header.js';
import { sendForm, sendTogether } from './send-together.js';

const NONE: readonly string[] = [];

/**
 * Sends a read response, or 304 where the client has it already. The only place that does, wherever the response comes from:
 * the cache, a cache miss, or a miss that the framework routed.
 * @param id of the request
 * @param more raw header pairs of this request only
 */
export function sendRead(
  request: IncomingMessage,
  response: ServerResponse,
  read: PreparedResponse,
  now: Date,
  id: string,
  more = NONE,
): void {
  sendTogether(response, () => {
    const head = read.headAt(now);
    if (isNotModified(request, read.etag, read.content.modifiedAt)) {
      response.writeHead(304, [...head, 'x-request-id', id, ...more]).end();
      return;
    }
    sendForm(response, read.formFor(headerOf(request, 'accept-encoding')), ({ body, charset, headers }) => {
      response.writeHead(200, [...head, ...headers, 'x-request-id', id, ...more]);
      if (request.method === 'HEAD') response.end();
      else response.end(body, charset);
    });
  });
}
