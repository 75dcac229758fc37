import type { IncomingMessage } from 'node:http';

/**
 * One header of a request, without parsing all of them, which takes as long as the rest of a cache hit.
 * @param name in lower case
 * @returns as in `request.headers`
 */
export function headerOf(request: IncomingMessage, name: string): string | undefined {
  const { rawHeaders } = request;
  let found: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const given = rawHeaders[i];
    if (given?.length !== name.length || given.toLowerCase() !== name) continue;
    // More than one: joined as Node joins them.
    if (found !== undefined) return request.headers[name] as string | undefined;
    found = rawHeaders[i + 1];
  }
  return found;
}
