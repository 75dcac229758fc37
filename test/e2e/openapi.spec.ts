import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import request from 'supertest';
import type { ChangePage } from '../../src/changes/change.shape.js';
import { exampleDay } from '../../src/schema/index.js';
import { backfillId } from '../../src/sync/backfill/backfill.shape.js';
import { Webhooks } from '../../src/webhooks/index.js';
import { newSecret } from '../../src/webhooks/signature.js';
import { webhookId } from '../../src/webhooks/webhook.shape.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly example?: unknown;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly operationId: string;
  readonly security?: unknown;
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const authorization = `Bearer ${ADMIN_KEY}`;

/** The one that examples name. */
async function addExampleWebhook({ app, clock, url }: TestApp): Promise<void> {
  const page = await request(url).get('/api/v1/changes').expect(200);
  const { nextCursor } = page.body as ChangePage;
  const settings = { description: null, experienceIds: [], kinds: [], leadDays: null, delayMs: 0, batchSize: 100 };
  await app
    .get(Webhooks)
    .add(
      { name: 'alice', requestId: null },
      webhookId.example(exampleDay(clock.now())),
      { ...settings, url: 'https://shop.example/slotmirror' },
      newSecret(),
      nextCursor,
    );
}

/** Likewise. */
async function addExampleBackfill({ prisma, clock }: TestApp): Promise<void> {
  const now = clock.now();
  const counts = { days: 3, confirmed: 3, changed: 1, unchanged: 2, failed: 0, left: 0 };
  const times = { startedAt: now.toISOString(), finishedAt: now.toISOString() };
  const ended = { seenAt: now, startedAt: now, finishedAt: now, startedBy: 'alice' };
  const progress = { state: 'done', ...counts, ...times, failures: [] };
  const id = backfillId.example(exampleDay(now));
  await prisma.backfill.create({ data: { id, experienceIds: [15], days: 3, ...ended, progress } });
}

describe('the OpenAPI document', () => {
  let app: TestApp;
  let document: Document;

  beforeAll(async () => {
    app = await startTestApp({
      env: { EXPERIENCES: '14,15', SYNC_TIERS: '3:4h', SUPPLIER_NOTIFICATION_SECRET: 'a-secret-of-16-or-more' },
    });
    app.sandbox.setTruth(15, '2026-03-03', [sandboxSlot({ startDate: '2026-03-03' })]);
    app.sandbox.addFault({ kind: 'status', status: 500, experienceId: 14 });
    await app.syncUntilIdle();
    await app.sync.everyFiveSeconds();
    await app.sync.everyMinute();
    document = (await request(app.url).get('/openapi.json')).body as Document;
    await addExampleWebhook(app);
    await addExampleBackfill(app);
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
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(document.openapi).toBe('3.1.0');
  });

  it('is sent once: a client that has it is told so', async () => {
    const first = await request(app.url).get('/openapi.json');
    const again = await request(app.url).get('/openapi.json').set('if-none-match', String(first.headers['etag']));
    expect([first.status, again.status]).toEqual([200, 304]);
  });

  it('has every route of the application, and no other', () => {
    const routes = app.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
    const registered = routesOf(routes)
      .filter((route) => !/ \/octo(\/|$)/.test(route)) // described by OCTO
      .map((route) => route.replace(/:(\w+)/g, '{$1}'));
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
      const url = app.url + exampleUrl(path, operation);
      const answer = await fetch(url, { method: method.toUpperCase() });
      await answer.body?.cancel();
      expect([operation.operationId, answer.status === 401]).toEqual([
        operation.operationId,
        Boolean(operation.security),
      ]);
    }
  });

  it('has examples that can be tried as they are: each operation answers what it says', async () => {
    const inOrder = operations().toSorted((a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'));
    for (const { path, method, operation } of inOrder) {
      const body = operation.requestBody?.content['application/json']?.example;
      const answer = await fetch(app.url + exampleUrl(path, operation), {
        method: method.toUpperCase(),
        headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const [type] = (answer.headers.get('content-type') ?? '').split(';');
      const of = { operation: operation.operationId, status: answer.status };
      expect(of).toEqual({ ...of, status: answer.ok && String(answer.status) in operation.responses && of.status });
      if (type === 'application/json') {
        const { schema } = described(path, method, answer.status) ?? { schema: { not: {} } };
        expect({ ...of, wrong: complaints(schema, await answer.json()) }).toEqual({ ...of, wrong: [] });
      } else await answer.body?.cancel();
    }
  });

  it('names the query parameters that a route takes, and every route refuses others', async () => {
    for (const { path, method, operation } of operations()) {
      const ask = async (name: string) => {
        const url = new URL(exampleUrl(path, operation), app.url);
        url.searchParams.append(name, 'x');
        const answer = await request(app.url)
          [method as 'get'](url.pathname + url.search)
          .set({ authorization });
        return `${operation.operationId}: ${answer.status} ${(answer.body as { detail?: string }).detail}`;
      };
      const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
      for (const { name } of known) expect(await ask(name)).not.toContain('is not known');
      expect(await ask('nonsense')).toContain('400 The query parameter "nonsense" is not known.');
    }
  });

  it.each([
    ['get', '/api/v1/experience/{id}/slots', '/api/v1/experience/15/slots?date=2026-02-30', 400],
    ['get', '/api/v1/experience/{id}/slots', '/api/v1/experience/14/slots?date=2026-03-02', 503],
    ['get', '/api/v1/experience/{id}/dates', '/api/v1/experience/99/dates', 404],
    ['put', '/api/v1/experience/{id}', '/api/v1/experience/16', 201],
    ['post', '/api/v1/sync/run', '/api/v1/sync/run', 202],
    ['post', '/api/v1/experience/{id}/refresh', '/api/v1/experience/14/refresh', 202],
    ['post', '/api/v1/experience/{id}/days/{date}/refresh', '/api/v1/experience/14/days/2027-03-02/refresh', 409],
    ['get', '/api/v1/sync/days/{id}/{date}', '/api/v1/sync/days/14/2026-03-02', 200],
    ['get', '/api/v1/sync/status', '/api/v1/sync/status', 200],
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

/** Where an operation's own examples lead. */
function exampleUrl(path: string, { parameters = [] }: Operation): string {
  const place = path.replace(/\{(\w+)\}/g, (_, name) => String(parameters.find((it) => it.name === name)?.example));
  const query = parameters.filter((it) => it.in === 'query' && (it.required || it.example !== undefined));
  return query.length === 0
    ? place
    : `${place}?${query.map(({ name, example }) => `${name}=${String(example)}`).join('&')}`;
}

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
