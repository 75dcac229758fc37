import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { FeedHistory } from '../../src/changes/feed-history.js';
import { WebhookSenders } from '../../src/webhooks/webhook-senders.js';
import type { WebhookReport } from '../../src/webhooks/webhook.shape.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { makeDue } from '../setup/day-row.js';
import { OTHER_RESELLER_KEY, reseller, WITH_RESELLERS } from '../setup/octo-reseller.js';
import { published } from '../setup/published.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { WebhookReceiver } from '../setup/webhook-receiver.js';

const PATH = '/notifications/subscriptions';
const TYPES = ['AVAILABILITY_UPDATE'];
const ID = 16;
const DATE = '2026-03-05';

interface Subscription {
  readonly id: string;
  readonly url: string;
  readonly notificationTypes: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

describe('A reseller’s subscription', () => {
  let app: TestApp;
  let receiver: WebhookReceiver;
  let origin: string;
  const octo = () => reseller(app, { 'octo-capabilities': 'octo/notifications' });
  const other = () => reseller(app, { authorization: `Bearer ${OTHER_RESELLER_KEY}` });
  const list = async () => (await octo().get(PATH)) as Subscription[];
  const add = async (path: string, fields: object = {}) => {
    const body = { url: origin + path, notificationTypes: ['availability_update', 'PRODUCT_UPDATE'], ...fields };
    return (await octo().post(PATH, body)) as Subscription;
  };
  const webhooks = (method: 'get' | 'post', path = '') =>
    request(app.url)[method](`/api/v1/webhook${path}`).set('authorization', `Bearer ${ADMIN_KEY}`);
  const report = async (id: string) => (await webhooks('get', `/${id}`)).body as WebhookReport;
  const change = async (startTime: string, date = DATE): Promise<void> => {
    app.sandbox.setTruth(ID, date, [sandboxSlot({ startDate: date, startTime })]);
    app.clock.advance(1_100);
    await makeDue(app.prisma, ID, date, app.clock.now());
    await app.tick();
  };

  beforeAll(async () => {
    app = await startTestApp({
      env: {
        ...WITH_RESELLERS,
        EXPERIENCES: String(ID),
        SYNC_TIERS: '10:24h',
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      },
      sandboxOptions: { speed: 0 },
    });
    receiver = new WebhookReceiver();
    origin = await receiver.start();
    await app.syncUntilIdle();
  });
  afterAll(async () => {
    await app.close();
    await receiver.stop();
  });
  beforeEach(async () => {
    for (const { id } of await list()) await octo().send('DELETE', `${PATH}/${id}`);
    // A subscription begins at what is published so far.
    await published(app.prisma);
    receiver.arrived.length = 0;
    receiver.answer = (_, response) => response.writeHead(204).end();
  });

  it('is made, shown, changed and deleted, as OCTO says', async () => {
    expect(JSON.stringify(await octo().get('/capabilities'))).toContain('"octo/notifications"');
    const made = await add('/a', { headers: { 'X-Token': 'secret' } });
    const { id } = made;
    expect(made).toEqual({ id, url: `${origin}/a`, notificationTypes: TYPES, headers: { 'X-Token': 'secret' } });
    expect(await list()).toEqual([made]);
    expect(await octo().get(`${PATH}/${id}`)).toEqual(made);
    const changed = { ...made, headers: {} };
    expect(await octo().answer('PATCH', `${PATH}/${id}`, { headers: {} })).toEqual({ status: 200, body: changed });
    expect((await octo().send('PATCH', PATH, {})).headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    expect(await octo().answer('DELETE', `${PATH}/${id}`)).toEqual({ status: 204, body: undefined });
    expect(await octo().answer('GET', `${PATH}/${id}`)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_SUBSCRIPTION_ID', subscriptionId: id },
    });
  });

  it('is one where it is made twice, and nobody else’s', async () => {
    const { id } = await add('/once');
    expect((await add('/once')).id).toBe(id);
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => add('/at-once')));
    expect(new Set(atOnce.map((each) => each.id)).size).toBe(1);
    await octo().send('DELETE', `${PATH}/${atOnce[0]?.id}`);
    expect(await other().get(PATH)).toEqual([]);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const answer = await other().answer(method, `${PATH}/${id}`, method === 'PATCH' ? {} : undefined);
      expect(answer).toMatchObject({ status: 400, body: { error: 'INVALID_SUBSCRIPTION_ID' } });
    }
    expect(await list()).toHaveLength(1);
  });

  it('is sent which dates have changed, with its headers and without a signature', async () => {
    const { id } = await add('/hints', { headers: { 'X-Token': 'secret' } });
    await change('11:00');
    await until('it arrives', () => receiver.at('/hints').length === 1);
    const [{ body, headers } = { body: '{}', headers: {} }] = receiver.arrived;
    expect(JSON.parse(body)).toEqual({
      ...{ notificationType: 'AVAILABILITY_UPDATE', productId: String(ID), localDateStart: DATE, localDateEnd: DATE },
    });
    expect(headers).toMatchObject({ 'x-token': 'secret', 'webhook-id': expect.stringMatching(/^msg_/) });
    expect(headers).not.toHaveProperty('webhook-signature');
    await until('it is noted', async () => (await report(id)).lastDeliveredAt !== null);
    expect(await report(id)).toMatchObject({ reseller: 'klook', createdBy: 'octo:klook', state: 'active' });
    expect(JSON.stringify((await webhooks('get')).body)).not.toContain('secret');
    for (const path of ['rotate', 'test']) expect((await webhooks('post', `/${id}/${path}`)).status).toBe(400);
  });

  it('is sent again what was not taken, and not what was', async () => {
    const { id } = await add('/twice');
    receiver.answer = ({ body }, response) => response.writeHead(body.includes('03-07') ? 500 : 204).end();
    const senders = app.app.get(WebhookSenders);
    await senders.beforeApplicationShutdown();
    await change('12:00');
    await change('12:00', '2026-03-07');
    Object.assign(senders, { stopped: false });
    app.clock.advance(60_000);
    await senders.claim();
    await until('the second one fails', async () => (await report(id)).attempts === 1);
    receiver.answer = (_, response) => response.writeHead(204).end();
    await until('it is delivered', async () => {
      app.clock.advance(1_000);
      await senders.renew();
      return (await report(id)).attempts === 0;
    });
    const said = receiver
      .at('/twice')
      .map(({ body }) => (JSON.parse(body) as { localDateStart: string }).localDateStart);
    expect(said).toEqual([DATE, '2026-03-07', '2026-03-07']);
  });

  it('is not punished for earlier failures once it takes a message again', async () => {
    const { id } = await add('/mended');
    const senders = app.app.get(WebhookSenders);
    await senders.beforeApplicationShutdown();
    await change('12:30');
    await change('12:30', '2026-03-07');
    let failing = DATE;
    receiver.answer = ({ body }, response) => response.writeHead(body.includes(failing) ? 500 : 204).end();
    Object.assign(senders, { stopped: false });
    app.clock.advance(60_000);
    await senders.claim();
    await until('the first one fails', async () => (await report(id)).attempts === 1);
    const { firstFailedAt } = await report(id);
    failing = '2026-03-07';
    await until('the second one fails', async () => {
      app.clock.advance(1_000);
      await senders.renew();
      return (await report(id)).firstFailedAt !== firstFailedAt;
    });
    expect((await report(id)).attempts).toBe(1);
  });

  it('goes on with what is left when its place in the feed is lost', async () => {
    const { id } = await add('/lost');
    await app.prisma.$executeRaw`UPDATE change_feed SET history = 'of another cluster'`;
    await app.app.get(FeedHistory).checkAgain();
    await change('12:45');
    await until('it arrives', () => receiver.at('/lost').length === 1);
    expect((await list()).map((each) => each.id)).toEqual([id]);
  });

  it('does not take the URL of another', async () => {
    const [one, other] = [await add('/one'), await add('/other')];
    const answer = await octo().answer('PATCH', `${PATH}/${other.id}`, { url: one.url });
    expect(answer).toMatchObject({ status: 400, body: { error: 'BAD_REQUEST' } });
    expect((await list()).map(({ url }) => url).toSorted()).toEqual([one.url, other.url].toSorted());
  });

  it('is gone for its reseller when 410 has ended it, and begins anew when it is made again', async () => {
    const { id } = await add('/gone');
    receiver.answer = (_, response) => response.writeHead(410).end();
    await change('13:00');
    await until('it has ended', async () => (await list()).length === 0);
    expect(await report(id)).toMatchObject({ state: 'disabled' });
    const again = await add('/gone');
    expect(again.id).not.toBe(id);
    expect(await report(again.id)).toMatchObject({ state: 'active' });
    expect((await webhooks('get', `/${id}`)).status).toBe(404);
  });

  it.each<[string, object]>([
    ['no URL', { notificationTypes: TYPES }],
    ['no types', { url: 'https://shop.example/hints' }],
    ['none that is sent', { url: 'https://shop.example/hints', notificationTypes: ['PRODUCT_UPDATE'] }],
    ['an address that is not public', { url: 'http://10.0.0.1/hints', notificationTypes: TYPES }],
    ['an address in another form', { url: 'http://[::ffff:a9fe:a9fe]/', notificationTypes: TYPES }],
    ['a header of ours', { url: 'https://shop.example/', notificationTypes: TYPES, headers: { Host: 'x' } }],
    ['a broken header', { url: 'https://shop.example/', notificationTypes: TYPES, headers: { x: 'a\r\nb: c' } }],
    ['a list', []],
  ])('is refused with %s', async (_, body) => {
    expect(await octo().answer('POST', PATH, body)).toMatchObject({ status: 400, body: { error: 'BAD_REQUEST' } });
    expect(await list()).toEqual([]);
  });

  it('is one of at most twenty', async () => {
    for (let i = 0; i < 20; i++) await add(`/${i}`);
    expect(await add('/too-many')).toMatchObject({ error: 'BAD_REQUEST' });
  });
});
