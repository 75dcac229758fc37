import * as s from '../schema/index.js';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: s.Schema<unknown>;
  /** Whoever tries the operation is offered an example. */
  readonly example?: boolean;
}

export const experienceId: Parameter = {
  name: 'id',
  in: 'path',
  schema: s.experienceId('The supplier’s product id'),
  example: true,
};
export const supplierName: Parameter = {
  name: 'name',
  in: 'path',
  schema: s.text('As configured', 'leap'),
  example: true,
};
export const secretInPath: Parameter = {
  name: 'secret',
  in: 'path',
  required: true,
  schema: s.text('As configured', 'a-secret-of-16-or-more'),
  example: true,
};
export const dateInPath: Parameter = { name: 'date', in: 'path', schema: s.date(), example: true };
export const dateInQuery: Parameter = { ...dateInPath, in: 'query', required: true };
export const party = inQuery(
  'party',
  s.text(
    'Who wants to book: kinds and numbers, like `ADULT:2,CHILD:1`. A kind is a `category` of pax types, in any case, or a `type` of the supplier. ' +
      'A slot takes the party if it has each kind, `min` ≤ number ≤ `max`, so many `remaining` of it, and the slot has the places ' +
      'for all of them in its own `remaining`: one for each, or what `places` of its kind says. Of several types of a category the primary one is taken, or else the cheapest',
    'ADULT:2,CHILD:1',
  ),
);
export const places = inQuery(
  'places',
  s.value(
    { type: 'integer', minimum: 1, maximum: 999 },
    3,
  )('In place of `party`: so many of the slot’s primary pax type'),
);
export const fromInQuery = inQuery('from', s.date('The first date'));
export const toInQuery = inQuery(
  'to',
  s.date('The first date beyond: it is not in the response', (day) => day.date(8)),
);
export const cursor = inQuery('cursor', s.text('The `nextCursor` of a previous response, unchanged'));
export const prefer: Parameter = {
  name: 'Prefer',
  in: 'header',
  schema: s.text(
    '`wait=N`: answer when it is done, after N seconds at the latest (at most 60); without it at once (RFC 7240)',
    'wait=10',
  ),
  example: true,
};
export const ifNoneMatch: Parameter = { name: 'If-None-Match', in: 'header', schema: s.text() };

/** @param usual what it is without the parameter */
export function inQuery(name: string, schema: s.Schema<unknown>, usual?: number | string): Parameter {
  return {
    ...{ name, in: 'query' },
    schema: usual === undefined ? schema : { ...schema, json: { ...schema.json, default: usual } },
  };
}

export function limit({ most, usual }: { readonly most: number; readonly usual: number | 'all' }): Parameter {
  const size = s.value({ type: 'integer', minimum: 1, maximum: most }, most);
  return usual === 'all' ? inQuery('limit', size('Without it all')) : inQuery('limit', size(), usual);
}

/** Headers of responses. */
export const HEADERS = {
  ETag: header('ETag', 'Names the content: a mere confirmation does not change it'),
  LastModified: header('Last-Modified', 'When the content last changed'),
  CacheControl: header('Cache-Control', 'For how long a cache may keep it: until `staleAfter`, at most a minute'),
  RateLimit: header('RateLimit', 'What is left of the client’s computed answers; absent where it came from memory'),
  RateLimitPolicy: header('RateLimit-Policy', 'How many computed answers a client may have a minute'),
  RetryAfter: header('Retry-After', 'Seconds', s.integer()),
  Location: header('Location', 'Where to see how far it is'),
  PreferenceApplied: header('Preference-Applied', 'How long the server waited at most'),
  Deprecation: header('Deprecation', 'RFC 9745'),
} as const;

export type HeaderName = keyof typeof HEADERS;

function header(name: string, description: string, schema: s.Schema<unknown> = s.text()) {
  return { name, description, json: schema.json };
}
