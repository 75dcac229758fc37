import type { IncomingMessage } from 'node:http';
import { headerOf } from './request-header.js';

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Proxies that compress mark the tag like this: Apache, and those that follow it. */
const CODED = /[-;](?:gzip|br|deflate|zstd|gz)"$/;

/**
 * Whether the client has that content already. RFC 9110, 13.2.2: the date counts only where no tag is given; 13.1.3: an invalid
 * date is ignored.
 * @param modifiedAt absent: not known
 */
export function isNotModified(request: IncomingMessage, etag: string, modifiedAt: Date | null | undefined): boolean {
  const tags = headerOf(request, 'if-none-match');
  if (tags !== undefined) return matches(tags, etag);
  if (!modifiedAt) return false;
  const since = headerOf(request, 'if-modified-since');
  if (since === undefined || !HTTP_DATE.test(since)) return false;
  // A date has whole seconds.
  return Math.floor(modifiedAt.getTime() / 1_000) * 1_000 <= Date.parse(since);
}

/** RFC 9110, 13.1.2: weak comparison against a list of tags, or `*`; a tag marked by a compressing proxy matches too. */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return (ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []).some((tag) => {
    const given = tag.replace(/^W\//, '');
    return given === opaque || given.replace(CODED, '"') === opaque;
  });
}
