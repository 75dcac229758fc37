import type { Part } from './operation.js';
import { date, id, text } from './schema-parts.js';

export const experienceId: Part = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The supplier’s product id',
  schema: id,
  example: 15,
};
export const dateInPath: Part = { name: 'date', in: 'path', required: true, schema: date, example: '2026-12-13' };
export const dateInQuery: Part = { ...dateInPath, in: 'query' };
export const cursor: Part = {
  name: 'cursor',
  in: 'query',
  description: 'The `nextCursor` of an answer, as it is',
  schema: text,
};
export const prefer: Part = {
  name: 'Prefer',
  in: 'header',
  description:
    '`wait=N`: answer when it is done, at the latest after N seconds (at most 60); without it at once (RFC 7240)',
  schema: text,
  example: 'wait=10',
};
export const ifNoneMatch: Part = { name: 'If-None-Match', in: 'header', schema: text };

export function limit(most: number, usual: number | string): Part {
  return {
    name: 'limit',
    in: 'query',
    description: `Without it ${usual}`,
    schema: { type: 'integer', minimum: 1, maximum: most },
  };
}

export const HEADERS: Readonly<Record<string, Part>> = {
  ETag: { description: 'Names the content: a mere confirmation does not change it', schema: text },
  LastModified: { description: 'When the content last changed', schema: text },
  CacheControl: { description: 'For how long a cache may keep it: until `staleAfter`, at most a minute', schema: text },
  RateLimit: {
    description: 'What is left of the client’s computed answers; absent where it came from memory',
    schema: text,
  },
  RateLimitPolicy: { description: 'How many computed answers a client may have a minute', schema: text },
  RetryAfter: { description: 'Seconds', schema: { type: 'integer' } },
  PreferenceApplied: { description: 'That it was waited, and for how long at most', schema: text },
  Deprecation: { description: 'RFC 9745', schema: text },
};

/** References to some of them by the names that they have in an answer. */
export function headers(...names: readonly (keyof typeof HEADERS)[]): Part {
  const dashed = (name: string) =>
    name === 'ETag' ? name : name.replace(/([a-z])([A-Z])/g, '$1-$2').replace('Rate-Limit', 'RateLimit');
  return Object.fromEntries(names.map((name) => [dashed(name), { $ref: `#/components/headers/${name}` }]));
}
