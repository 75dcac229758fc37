import type { ExampleDay, Json, Schema } from '../schema/index.js';
import { operationObject, schemasOf, type Operation, type Paths } from './operation.js';
import { HEADERS } from './parameters.js';
import { CATALOGUE } from './paths/catalogue.js';
import { CHANGES } from './paths/changes.js';
import { MONITORING } from './paths/monitoring.js';
import { OPERATIONS } from './paths/operations.js';
import { READS } from './paths/reads.js';
import { SUPPLIERS } from './paths/suppliers.js';
import { SYNC } from './paths/sync.js';
import { WEBHOOKS } from './paths/webhooks.js';

const PATHS: Paths = {
  ...READS,
  ...CHANGES,
  ...WEBHOOKS,
  ...CATALOGUE,
  ...SYNC,
  ...SUPPLIERS,
  ...MONITORING,
  ...OPERATIONS,
};

/** The API as OpenAPI 3.1. Tests compare it with the registered routes and real responses, and try its examples. */
export function openApiDocument(day: ExampleDay): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Slotmirror',
      version: '1',
      summary: 'A local mirror of tour suppliers’ availability, as fresh as the request budget allows',
      description:
        'Dates are local dates of the experience, times `HH:MM`, instants ISO 8601 UTC, money a number in the currency’s major ' +
        'unit, durations seconds. Errors are `application/problem+json` with a `code` that never changes its meaning. Each ' +
        'response has an `X-Request-Id`: the client’s own where it sends one. Resellers read the mirror as OCTO below `/octo`, with ' +
        'a key each: supplier, products, calendar and availability, as https://docs.octo.travel describes them.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Availability', description: 'What shops ask for' },
      { name: 'Changes', description: 'What changed, for whoever keeps a copy' },
      { name: 'Catalogue', description: 'What is mirrored' },
      { name: 'Sync', description: 'What keeps it fresh' },
      { name: 'Suppliers', description: 'Where it comes from' },
      { name: 'Monitoring', description: 'How fresh the mirror is, and who did what' },
      { name: 'Operations', description: 'For platforms and people' },
    ],
    paths: mapped(PATHS, (methods) => mapped(methods, (operation) => operationObject(operation, day))),
    components: {
      schemas: components(
        Object.values(PATHS)
          .flatMap(Object.values<Operation>)
          .flatMap(schemasOf),
      ),
      headers: mapped(HEADERS, ({ description, json }) => ({ description, schema: json })),
      securitySchemes: {
        adminKey: { type: 'http', scheme: 'bearer', description: 'ADMIN_API_KEY, or one of ADMIN_API_KEYS' },
      },
    },
  };
}

/** What has a name, in the schemas and whatever they are made of. */
function components(schemas: readonly Schema<unknown>[]): Json {
  const found: [string, Json][] = schemas.flatMap(({ name, json, parts }) => [
    ...(name === undefined ? [] : [[name, json] as [string, Json]]),
    ...Object.entries(components(parts) as Record<string, Json>),
  ]);
  return Object.fromEntries(found);
}

function mapped<V, R>(record: Readonly<Record<string, V>>, change: (value: V) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
