import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { FeedHistory } from '../../src/changes/feed-history.js';
import type { Change, ChangePage } from '../../src/changes/change.shape.js';
import type { DeliveryPage, WebhookReport, WebhookWithSecret } from '../../src/webhooks/webhook.shape.js';
import { WebhookSenders } from '../../src/webhooks/webhook-senders.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { published } from '../setup/published.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { isSignedWith, WebhookReceiver } from '../setup/webhook-receiver.js';

const ID = 16;
const [FIRST, SECOND] = ['2026-03-05', '2026-03-06'] as const;
const WEBHOOKS = '/api/v1/webhook';
const HOUR_MS = 3_600_000;

/** A date with one slot that has so many places left. */
function soldDown(date: string, remaining: number) {
  const { paxAvailability, ...slot } = sandboxSlot({ startDate: date, remaining });
  return { ...slot, paxAvailability: paxAvailability.map((pax) => ({ ...pax, remaining })) };
}

describe('A webhook', () => {
  let app: TestApp;
  let receiver: WebhookReceiver;
  let origin: string;
  let senders: WebhookSenders;
  let remaining = 100;

  beforeAll(async () => {
    app = await startTestApp({
      env: { EXPERIENCES: String(ID), SYNC_TIERS: '10:24h', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' },
      sandboxOptions: { speed: 0 },
    });
    senders = app.app.get(WebhookSenders);
    receiver = new WebhookReceiver();
    origin = await receiver.start();
    await app.syncUntilIdle();
  });
  afterAll(async () => {
    await app.close();
    await receiver.stop();
  });
  beforeEach(async () => {
    for (const { id } of (await list()).webhooks) await call('delete', `/${id}`).expect(204);
    // A webhook begins at what is published so far: what was recorded before the test must be.
    await published(app.prisma);
    receiver.arrived.length = 0;
    receiver.answer = (_, response) => response.writeHead(204).end();
  });

  const call = (method: 'get' | 'post' | 'patch' | 'delete', path = '', body: object = {}) => {
    const started = request(app.url)
      [method](WEBHOOKS + path)
      .set('authorization', `Bearer ${ADMIN_KEY}`);
    return method === 'get' || method === 'delete' ? started : started.send(body);
  };
  const list = async () => (await call('get').expect(200)).body as { webhooks: WebhookReport[] };
  const read = async (id: string) => (await call('get', `/${id}`).expect(200)).body as WebhookReport;
  const add = async (path: string, settings: object = {}) =>
    (await call('post', '', { url: origin + path, ...settings }).expect(201)).body as WebhookWithSecret;
  const deliveries = async (id: string) =>
    ((await call('get', `/${id}/deliveries`).expect(200)).body as DeliveryPage).deliveries;
  const changesFrom = async (cursor: string) => {
    await published(app.prisma);
    return ((await request(app.url).get(`/api/v1/changes?cursor=${cursor}`).expect(200)).body as ChangePage).changes;
  };
  const change = async (date: string, left = (remaining -= 1)): Promise<void> => {
    app.sandbox.setTruth(ID, date, [soldDown(date, left)]);
    app.clock.advance(1_100);
    await makeDue(app.prisma, ID, date, app.clock.now());
    await app.tick();
  };
  const arrives = (path: string, count: number) =>
    until(`${count} messages at ${path}`, () => receiver.at(path).length >= count);
  const changesAt = (path: string): Change[] => receiver.at(path).flatMap(({ changes }) => changes);
  const inState = (id: string, state: string) => until(`it is ${state}`, async () => (await read(id)).state === state);

  it('is sent each change once, signed, as the change feed has it', async () => {
    const { id, secret, cursor } = await add('/all');
    await change(FIRST);
    await arrives('/all', 1);
    await change(SECOND);
    await arrives('/all', 2);
    expect(changesAt('/all')).toEqual(await changesFrom(cursor));
    for (const message of receiver.arrived) expect(isSignedWith(secret, message)).toBe(true);
    expect(receiver.arrived.map(({ body }) => JSON.parse(body) as object)).toEqual(
      receiver.arrived.map(({ changes }) => ({
        ...{ type: 'availability.changed', timestamp: changes.at(-1)?.at },
        data: { changes, nextCursor: expect.any(String) },
      })),
    );
    await until('it is logged', async () => (await deliveries(id)).length === 2);
    const [last] = await deliveries(id);
    expect(last).toMatchObject({
      messageId: receiver.arrived[1]?.id,
      attempt: 1,
      test: false,
      changes: 1,
      status: 204,
      error: null,
    });
    expect(await read(id)).toMatchObject({
      ...{ state: 'active', attempts: 0, lastError: null, createdBy: 'admin', leadDays: null, delaySeconds: 0 },
      ...{ lastDeliveredAt: app.clock.now().toISOString(), backlog: { changes: 0, more: false, oldestAt: null } },
    });
  });

  it('is sent nothing that it does not ask for, and one message for what it collects', async () => {
    await add('/sold-out', { kinds: ['sold_out', 'closed'] });
    await add('/others', { experiences: [15] });
    await add('/merged', { delaySeconds: 0.5 });
    await change(FIRST, 50);
    await arrives('/merged', 1);
    await change(FIRST, 49);
    await change(FIRST, 48);
    await change(SECOND, 0);
    await arrives('/sold-out', 1);
    await until('both days are merged', () => new Set(changesAt('/merged').map(({ date }) => date)).size === 2);
    expect(changesAt('/sold-out').map(({ date, kind }) => ({ date, kind }))).toEqual([
      { date: SECOND, kind: 'sold_out' },
    ]);
    expect(receiver.at('/others')).toEqual([]);
    const merged = changesAt('/merged').findLast(({ date }) => date === FIRST);
    expect(merged).toMatchObject({ before: { remaining: 50 }, after: { remaining: 48 } });
  });

  it('is sent again what it did not take, with the same id and before anything later', async () => {
    const { id, cursor } = await add('/broken', { batchSize: 1 });
    receiver.answer = (_, response) => response.writeHead(receiver.arrived.length < 3 ? 500 : 200).end();
    await change(FIRST);
    await until('the first attempt is noted', async () => (await read(id)).attempts === 1);
    expect(await read(id)).toMatchObject({ lastError: 'it answered 500', nextAttemptAt: expect.any(String) });
    await change(FIRST);
    // Its pauses are by the clock of the service, which a test moves.
    await until('all is delivered', async () => {
      app.clock.advance(1_000);
      await senders.renew();
      return (await changesFrom((await read(id)).cursor)).length === 0;
    });
    const taken = receiver.at('/broken').slice(2);
    expect(
      new Set(
        receiver
          .at('/broken')
          .slice(0, 3)
          .map((message) => message.id),
      ).size,
    ).toBe(1);
    expect(taken.flatMap(({ changes }) => changes)).toEqual(await changesFrom(cursor));
    expect((await deliveries(id)).map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 200],
      [3, 200],
      [2, 500],
      [1, 500],
    ]);
  });

  it('is sent again the same message, whatever is recorded meanwhile and whoever sends it', async () => {
    const { id, cursor } = await add('/again');
    receiver.answer = (_, response) => response.writeHead(receiver.arrived.length < 3 ? 500 : 200).end();
    await change(FIRST);
    await until('the first attempt is noted', async () => (await read(id)).attempts === 1);
    await change(SECOND);
    await published(app.prisma);
    app.clock.advance(2_000);
    await senders.renew();
    await until('the second attempt is noted', async () => (await read(id)).attempts === 2);
    // Another sender begins from what is stored, as another process does.
    await call('post', `/${id}/resume`).expect(200);
    await until('all is delivered', async () => {
      app.clock.advance(1_000);
      await senders.renew();
      return (await changesFrom((await read(id)).cursor)).length === 0;
    });
    const [first, second, third, ...others] = receiver.at('/again');
    expect([second, third].map((message) => [message?.id, message?.body])).toEqual(
      [first, first].map((message) => [message?.id, message?.body]),
    );
    expect(others).toHaveLength(1);
    expect([first, ...others].flatMap((message) => message?.changes)).toEqual(await changesFrom(cursor));
  });

  it('is failing after three days, loses nothing, and goes on when an admin resumes it', async () => {
    const { id, cursor } = await add('/down');
    receiver.answer = (_, response) => response.writeHead(503).end();
    await change(FIRST);
    await until('the first attempt is noted', async () => (await read(id)).attempts === 1);
    app.clock.advance(72 * HOUR_MS);
    await senders.renew();
    await inState(id, 'failing');
    expect((await read(id)).reason).toBe(
      'No message was taken for three days, last: it answered 503. Mend the receiver, then resume the webhook.',
    );
    await change(SECOND);
    receiver.answer = (_, response) => response.writeHead(204).end();
    await call('post', `/${id}/resume`).expect(200);
    await until('all is delivered', async () => (await changesFrom((await read(id)).cursor)).length === 0);
    const missed = await changesFrom(cursor);
    expect(missed.length).toBeGreaterThan(1);
    expect(changesAt('/down').slice(-missed.length)).toEqual(missed);
    const audit = await request(app.url).get('/api/v1/admin/audit?limit=3').set('authorization', `Bearer ${ADMIN_KEY}`);
    expect(
      (audit.body as { entries: { action: string; actor: string }[] }).entries.map(({ action, actor }) => [
        action,
        actor,
      ]),
    ).toEqual([
      ['webhook.resume', 'admin'],
      ['webhook.failing', 'schedule'],
      ['webhook.add', 'admin'],
    ]);
  });

  it('is shown without a backlog where its place in the feed has expired', async () => {
    const { id } = await add('/late');
    await call('post', `/${id}/pause`).expect(200);
    // Of another history of the feed.
    const cursor = Buffer.from('00000000.1.1').toString('base64url');
    await app.prisma.webhook.update({ where: { id }, data: { cursor } });
    expect(await read(id)).toMatchObject({ state: 'paused', cursor, backlog: null });
    expect((await list()).webhooks).toMatchObject([{ id, backlog: null }]);
  });

  it('goes on where it was when a standby is promoted, though readers start again', async () => {
    const { id, cursor } = await add('/promoted');
    await change(FIRST);
    await arrives('/promoted', 1);
    const waiting = await add('/waiting');
    await call('post', `/${waiting.id}/pause`).expect(200);
    await change(SECOND);
    await arrives('/promoted', 2);
    const history = app.app.get(FeedHistory);
    await app.prisma.$executeRaw`UPDATE change_feed SET history = split_part(history, ' ', 1) || ' 00000000'`;
    await history.checkAgain();
    await request(app.url).get(`/api/v1/changes?cursor=${cursor}`).expect(410);
    await change(FIRST);
    await until('its sender began again', async () => {
      await senders.claim();
      return receiver.at('/promoted').length === 3;
    });
    await call('post', `/${waiting.id}/resume`).expect(200);
    await until('nothing is missing', () => changesAt('/waiting').length === 2);
    expect(changesAt('/waiting').map(({ date }) => date)).toEqual([SECOND, FIRST]);
    expect(changesAt('/promoted').map(({ date }) => date)).toEqual([FIRST, SECOND, FIRST]);
    for (const each of [id, waiting.id]) expect(await read(each)).toMatchObject({ state: 'active', reason: null });
  });

  it('is sent the last minutes again then, because its position may be of the old timeline', async () => {
    await add('/rewound');
    await change(FIRST);
    await change(SECOND);
    await arrives('/rewound', 2);
    await app.prisma.$executeRaw`
      UPDATE day_change SET at = now() WHERE (xid, id) IN (SELECT xid, id FROM day_change ORDER BY xid DESC, id DESC LIMIT 2)`;
    await app.prisma.$executeRaw`UPDATE change_feed SET history = split_part(history, ' ', 1) || ' 00000000'`;
    await app.app.get(FeedHistory).checkAgain();
    await until('both came again', async () => {
      await senders.renew();
      await senders.claim();
      return changesAt('/rewound').length >= 4;
    });
    expect(changesAt('/rewound').map(({ date }) => date)).toEqual([FIRST, SECOND, FIRST, SECOND]);
  });

  it('is failing when a dump was restored, also into the same cluster', async () => {
    const { id } = await add('/restored');
    await app.prisma.$executeRaw`UPDATE change_feed SET relation = 1`;
    await app.app.get(FeedHistory).checkAgain();
    await change(FIRST);
    await inState(id, 'failing');
  });

  it('is failing in another cluster, where what it missed cannot be told', async () => {
    const { id } = await add('/moved');
    await app.prisma.$executeRaw`UPDATE change_feed SET history = 'of another cluster'`;
    await app.app.get(FeedHistory).checkAgain();
    await change(FIRST);
    await inState(id, 'failing');
    const reason = 'The feed has begun anew since this cursor. Replay it from "oldest" or "now".';
    expect(await read(id)).toMatchObject({ reason });
  });

  it('is disabled by 410, and gets what it missed by a replay', async () => {
    const { id, cursor } = await add('/gone');
    receiver.answer = (_, response) => response.writeHead(410).end();
    await change(FIRST);
    await inState(id, 'disabled');
    receiver.answer = (_, response) => response.writeHead(204).end();
    await change(FIRST);
    await call('post', `/${id}/replay`, { cursor }).expect(200);
    await until('both are delivered', () => changesAt('/gone').length >= 3);
    expect(changesAt('/gone').slice(1)).toEqual(await changesFrom(cursor));
  });

  it('is paused and resumed, and changed while it runs', async () => {
    const { id } = await add('/before');
    await call('post', `/${id}/pause`).expect(200);
    await change(FIRST);
    await call('patch', `/${id}`, { url: `${origin}/after`, description: 'moved' }).expect(200);
    await published(app.prisma);
    expect(await read(id)).toMatchObject({ state: 'paused', description: 'moved', backlog: { changes: 1 } });
    await call('post', `/${id}/resume`).expect(200);
    await arrives('/after', 1);
    expect(receiver.at('/before')).toEqual([]);
  });

  it('is signed with both secrets while they change', async () => {
    const { id, secret } = await add('/rotated');
    const next = ((await call('post', `/${id}/rotate`, { overlapHours: 1 }).expect(200)).body as WebhookWithSecret)
      .secret;
    await change(FIRST);
    await arrives('/rotated', 1);
    app.clock.advance(HOUR_MS);
    await senders.renew();
    await change(FIRST);
    await arrives('/rotated', 2);
    const signed = receiver.arrived.map((message) => [isSignedWith(secret, message), isSignedWith(next, message)]);
    expect(signed).toEqual([
      [true, true],
      [false, true],
    ]);
    // Shown when made, and never again.
    expect(JSON.stringify([await list(), await read(id)])).not.toContain('whsec_');
  });

  it('is tried by hand, whatever its state', async () => {
    const { id, secret } = await add('/tried');
    await call('post', `/${id}/pause`).expect(200);
    const tried = await call('post', `/${id}/test`).expect(200);
    expect(tried.body).toMatchObject({ test: true, status: 204, error: null, attempt: 1, changes: 0 });
    const [message] = receiver.at('/tried');
    expect(message && isSignedWith(secret, message)).toBe(true);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ type: 'webhook.test', data: { webhookId: id } });
  });

  it('that hangs delays no other', async () => {
    receiver.answer = ({ path }, response) => (path === '/hangs' ? undefined : response.writeHead(204).end());
    await add('/hangs');
    for (let i = 0; i < 20; i++) await add(`/well/${i}`);
    const began = performance.now();
    await change(FIRST);
    await until('all others have it', () => receiver.arrived.filter(({ path }) => path !== '/hangs').length >= 20);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(receiver.at('/hangs')).toHaveLength(1);
  });

  it('of a process that was killed is taken over when its lease ends', async () => {
    const { id } = await add('/taken-over');
    await call('post', `/${id}/pause`).expect(200);
    await call('post', `/${id}/resume`).expect(200);
    await app.prisma.webhook.update({
      where: { id },
      data: { leasedBy: 'another', leasedUntil: new Date(app.clock.now().getTime() + 30_000) },
    });
    await senders.renew();
    await until('this process has let go of it', async () => {
      await senders.claim();
      return (await app.prisma.webhook.findUniqueOrThrow({ where: { id } })).leasedBy === 'another';
    });
    await change(FIRST);
    expect(receiver.at('/taken-over')).toEqual([]);
    app.clock.advance(30_000);
    await senders.claim();
    await arrives('/taken-over', 1);
  });

  it.each([
    ['http://example.com@127.0.0.1/', 'must not hold a user'],
    ['ftp://shop.example/', 'must begin with https://'],
    ['nowhere', 'write an absolute URL'],
    ['https://169.254.169.254/latest', '169.254.169.254 is not a public address'],
    ['https://[::ffff:a00:1]/', 'is not a public address'],
    ['https://0xa000001/', '10.0.0.1 is not a public address'],
  ])('is not added with the URL %s', async (url, detail) => {
    const refused = await call('post', '', { url }).expect(400);
    expect((refused.body as { detail: string }).detail).toContain(detail);
  });

  it('that is unknown is 404, and nothing is done without a key', async () => {
    const unknown = '/0d6f4dd0-54a3-4f0c-9f3c-0f6c1e0f7a51';
    expect((await call('get', unknown).expect(404)).body).toMatchObject({ code: 'WEBHOOK_NOT_FOUND' });
    await call('delete', '/x').expect(404);
    await request(app.url).post(WEBHOOKS).send({ url: origin }).expect(401);
  });
});
