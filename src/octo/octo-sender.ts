import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  compress,
  encodingFor,
  headerOf,
  matches,
  RESPONSE_HEADERS,
  sendForm,
  sendTogether,
  type PreparedResponse,
} from '../http/index.js';
import type { OctoError } from './octo-error.js';

/** A response is for whom has the key, and is asked for again each time. */
const ALWAYS = [...RESPONSE_HEADERS, 'cache-control', 'private, no-cache', 'vary', 'accept-encoding'];
const JSON_TYPE = ['content-type', 'application/json; charset=utf-8'];

/** A request, and what goes back with whatever it gets. */
export interface OctoExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Raw header pairs. */
  readonly echoed: readonly string[];
}

/** Sends an answer that the response cache has. */
export function sendPrepared({ request, response, echoed }: OctoExchange, prepared: PreparedResponse): void {
  sendTogether(response, () => {
    sendForm(response, prepared.formFor(headerOf(request, 'accept-encoding')), ({ body, charset, headers }) => {
      const own = prepared.content.headers ?? [];
      response.writeHead(200, [...ALWAYS, ...headers, 'etag', prepared.etag, ...own, ...echoed]);
      response.end(body, charset);
    });
  });
}

/** Sends an answer to a GET; 304 where the client has it. @param tag of the body */
export async function sendJson({ request, response, echoed }: OctoExchange, body: string, tag: string): Promise<void> {
  const etag = `W/"${tag}"`;
  const common = [...ALWAYS, 'etag', etag, ...echoed];
  if (matches(headerOf(request, 'if-none-match'), etag)) {
    response.writeHead(304, common).end();
    return;
  }
  const plain = Buffer.from(body);
  const accepted = request.method === 'HEAD' ? undefined : headerOf(request, 'accept-encoding');
  const encoding = encodingFor(accepted, plain.length);
  const bytes = encoding === undefined ? plain : await compress(plain, encoding);
  const coding = encoding === undefined ? [] : ['content-encoding', encoding];
  response.writeHead(200, [...common, ...JSON_TYPE, 'content-length', String(bytes.length), ...coding]);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** Sends that it is done. */
export function sendNothing({ response, echoed }: OctoExchange): void {
  response.writeHead(204, [...RESPONSE_HEADERS, 'cache-control', 'no-store', ...echoed]);
  response.end();
}

export function sendError({ request, response, echoed }: OctoExchange, error: OctoError): void {
  const length = ['content-length', String(Buffer.byteLength(error.body))];
  const head = [...RESPONSE_HEADERS, 'cache-control', 'no-store', ...JSON_TYPE, ...length, ...error.headers, ...echoed];
  response.writeHead(error.status, head);
  response.end(request.method === 'HEAD' ? undefined : error.body);
}
