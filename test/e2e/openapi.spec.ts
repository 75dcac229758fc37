import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import request from 'supertest';
import { openApiDocument } from '../../src/openapi/document.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Operation {
  readonly operationId: string;
  readonly security?: unknown;
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const authorization = `Bearer ${ADMIN_KEY}`;

describe('the OpenAPI document', () => {
  let app: TestApp;
  let document: Document;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14,15', SYNC_TIERS: '3:4h' } });
    app.sandbox.setTruth(14, '2026-03-02', [sandboxSlot({ startDate: '2026-03-02' })]);
    app.sandbox.addFault({ kind: 'status', status: 500, experienceId: 15 });
    await app.tick();
    await app.sync.flush();
    await app.sync.upkeep();
    document = (await request(app.url).get('/openapi.json')).body as Document;
  });
  afterAll(() => app.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
  const validatorOf = (schema: object): ValidateFunction => ajv.compile({ ...schema, components: document.components });
  const complaints = (schema: object, value: unknown): string[] => {
    const validate = validatorOf(schema);
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  /** What the document says of an answer. */
  const described = (path: string, method: string, status: number): Media | undefined => {
    const content = document.paths[path]?.[method]?.responses[String(status)]?.content ?? {};
    return Object.values(content)[0];
  };

  it('is valid by a validator that is not ours', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(openApiDocument()));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect((openApiDocument() as { openapi: string }).openapi).toBe('3.1.0');
  });

  it('is sent once: a client that has it is told so', async () => {
    const first = await request(app.url).get('/openapi.json');
    const again = await request(app.url).get('/openapi.json').set('if-none-match', String(first.headers['etag']));
    expect([first.status, again.status]).toEqual([200, 304]);
  });

  it('has every route of the application, and no other', () => {
    const routes = app.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
    const registered = routesOf(routes).map((route) => route.replace(/:(\w+)/g, '{$1}'));
    const documented = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(documented.toSorted()).toEqual([...new Set(registered)].toSorted());
  });

  it('names each operation once', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has examples that are what they are examples of', () => {
    const wrong = operations().flatMap(({ operation }) => {
      const bodies = [operation.requestBody, ...Object.values(operation.responses)];
      const media = bodies.flatMap((body) => Object.values(body?.content ?? {}));
      return media.flatMap(({ schema, example, examples = {} }) =>
        [example, ...Object.values(examples).map(({ value }) => value)]
          .filter((value) => value !== undefined)
          .flatMap((value) => complaints(schema, value).map((complaint) => `${operation.operationId}: ${complaint}`)),
      );
    });
    expect(wrong).toEqual([]);
  });

  it('tells which operations want a key, and all of them do', async () => {
    for (const { path, method, operation } of operations()) {
      const url = app.url + path.replace('{id}', '14').replace('{date}', '2026-03-02').replace('{name}', 'style.css');
      const answer = await fetch(url, { method: method.toUpperCase() });
      await answer.body?.cancel();
      expect([operation.operationId, answer.status === 401]).toEqual([
        operation.operationId,
        Boolean(operation.security),
      ]);
    }
  });

  it.each([
    ['get', '/api/v1/experience/{id}/slots', '/api/v1/experience/14/slots?date=2026-03-02', 200],
    ['get', '/api/v1/experience/{id}/slots', '/api/v1/experience/14/slots?date=2026-02-30', 400],
    ['get', '/api/v1/experience/{id}/slots', '/api/v1/experience/15/slots?date=2026-03-02', 503],
    ['get', '/api/v1/experience/{id}/dates', '/api/v1/experience/14/dates', 200],
    ['get', '/api/v1/experience/{id}/dates', '/api/v1/experience/99/dates', 404],
    ['get', '/api/v1/experience', '/api/v1/experience', 200],
    ['get', '/api/v1/experience/{id}', '/api/v1/experience/14', 200],
    ['put', '/api/v1/experience/{id}', '/api/v1/experience/16', 201],
    ['post', '/api/v1/experience/{id}/pause', '/api/v1/experience/16/pause', 200],
    ['post', '/api/v1/experience/{id}/resume', '/api/v1/experience/16/resume', 200],
    ['get', '/api/v1/sync/status', '/api/v1/sync/status', 200],
    ['post', '/api/v1/sync/pause', '/api/v1/sync/pause', 200],
    ['post', '/api/v1/sync/resume', '/api/v1/sync/resume', 200],
    ['get', '/api/v1/sync/runs', '/api/v1/sync/runs', 200],
    ['post', '/api/v1/sync/run', '/api/v1/sync/run', 202],
    ['post', '/api/v1/experience/{id}/refresh', '/api/v1/experience/14/refresh', 202],
    ['post', '/api/v1/experience/{id}/days/{date}/refresh', '/api/v1/experience/14/days/2027-03-02/refresh', 409],
    ['get', '/api/v1/sync/days', '/api/v1/sync/days', 200],
    ['get', '/api/v1/sync/days/{id}/{date}', '/api/v1/sync/days/14/2026-03-02', 200],
    ['get', '/api/v1/sync/days/{id}/{date}', '/api/v1/sync/days/15/2026-03-02', 200],
    ['get', '/api/v1/sync/history', '/api/v1/sync/history', 200],
    ['get', '/api/v1/admin/whoami', '/api/v1/admin/whoami', 200],
    ['get', '/api/v1/admin/audit', '/api/v1/admin/audit', 200],
    ['get', '/health/live', '/health/live', 200],
    ['get', '/health/ready', '/health/ready', 200],
    ['get', '/test', '/test', 200],
  ] as const)('describes what is answered: %s %s, %s, %i', async (method, path, url, status) => {
    const answer = await request(app.url)
      [method](url)
      .set({ authorization })
      .send(method === 'get' ? undefined : {});
    expect(answer.status).toBe(status);
    const media = described(path, method, status);
    expect(complaints(media?.schema ?? { not: {} }, answer.body)).toEqual([]);
  });

  it('is shown on a page that loads nothing from elsewhere', async () => {
    const page = await request(app.url).get('/docs');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    for (const [, file = ''] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(file).toMatch(/^\//);
      expect((await request(app.url).get(file)).status).toBe(200);
    }
  });
});

/** `GET /a/:b` of each line of the tree that Fastify prints. */
function routesOf(tree: string): string[] {
  const routes: string[] = [];
  const parts: string[] = [];
  for (const line of tree.split('\n')) {
    const found = /^((?:│ {3}| {4})*)(?:├── |└── )(\S+)(?: \((.+)\))?$/.exec(line);
    if (!found) continue;
    const [, indent = '', part = '', methods = ''] = found;
    parts.splice(indent.length / 4, Infinity, part);
    const path = parts.join('').replace(/(.)\/$/, '$1');
    for (const method of methods.split(', ')) {
      if (method !== '' && !['HEAD', 'OPTIONS'].includes(method)) routes.push(`${method} ${path}`);
    }
  }
  return routes;
}
