import type { Part } from './operation.js';
import { HEADERS } from './parameters.js';
import { CATALOGUE } from './paths/catalogue.js';
import { INSIGHT } from './paths/insight.js';
import { OPERATIONS } from './paths/operations.js';
import { READS } from './paths/reads.js';
import { SYNC } from './paths/sync.js';
import { SCHEMAS } from './schemas.js';

/** The API as OpenAPI 3.1. Written by hand, and held against the routes and their real answers by tests. */
export function openApiDocument(): Part {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Slotmirror',
      version: '1',
      summary: 'A local mirror of tour suppliers’ availability, as fresh as the request budget allows',
      description:
        'Dates are local dates of the experience, times `HH:MM`, instants ISO 8601 UTC, money a number in the currency’s major ' +
        'unit, durations seconds. Errors are `application/problem+json` with a `code` that never changes its meaning. Whatever ' +
        'the framework answers has an `X-Request-Id`, yours where you send one.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Availability', description: 'What shops ask for' },
      { name: 'Catalogue', description: 'What is mirrored' },
      { name: 'Sync', description: 'What keeps it fresh' },
      { name: 'Insight', description: 'How true it is, and who did what' },
      { name: 'Operations', description: 'For platforms and people' },
    ],
    paths: { ...READS, ...CATALOGUE, ...SYNC, ...INSIGHT, ...OPERATIONS },
    components: {
      schemas: SCHEMAS,
      headers: HEADERS,
      securitySchemes: {
        adminKey: { type: 'http', scheme: 'bearer', description: 'ADMIN_API_KEY, or one of ADMIN_API_KEYS' },
      },
    },
  };
}
