import type { IncomingMessage } from 'node:http';

/**
 * A header of a request. Node joins one that comes several times, or takes the first.
 * @param name in lower case; not `set-cookie`, the only one that is a list
 */
export function headerOf(request: IncomingMessage, name: string): string | undefined {
  return request.headers[name] as string | undefined;
}
