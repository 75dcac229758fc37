import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OctoRequests } from '../../../test/fixtures/octo-requests.js';
import { datesBetween } from '../calendar.js';
import { SandboxSupplier, type SandboxOptions } from '../sandbox-supplier.js';
import type { AvailabilityUpdate } from './availability-update.js';

const START = Date.parse('2025-03-28T03:00:00Z');
const HOUR = 3_600_000;
const PATH = '/notifications/subscriptions';

interface Received {
  headers: IncomingHttpHeaders;
  body: AvailabilityUpdate;
}

let now = START;
let sandbox: SandboxSupplier;
let octo: OctoRequests;
let received: Received[];
let answerWith: number;
let heard: (() => void) | undefined;

const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({
      headers: request.headers,
      body: JSON.parse(Buffer.concat(chunks).toString()) as AvailabilityUpdate,
    });
    response.writeHead(answerWith, { location: '/elsewhere' }).end('thanks');
    heard?.();
  });
});
const receiverUrl = (): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hints`;

async function start(options: SandboxOptions['octo'] = { notifyEveryMs: 3_600_000 }): Promise<void> {
  sandbox = new SandboxSupplier({ now: () => now, octo: { requestsPerMinute: 1000, ...options } });
  await sandbox.start();
  octo = new OctoRequests(sandbox.octoUrl());
}

const subscribe = (fields: object = {}) =>
  octo.answer('POST', PATH, { url: receiverUrl(), notificationTypes: ['availability_update'], ...fields });

beforeEach(async () => {
  now = START;
  received = [];
  answerWith = 200;
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});
afterEach(async () => {
  await sandbox.stop();
  receiver.closeAllConnections();
  receiver.close();
});

describe('the subscriptions', () => {
  it('are made, listed, changed and removed', async () => {
    await start();
    const { status, body } = await subscribe({ headers: { 'X-Secret': 's' } });
    const made = {
      id: 'subscription-1',
      url: receiverUrl(),
      notificationTypes: ['AVAILABILITY_UPDATE'],
      headers: { 'X-Secret': 's' },
    };
    expect([status, body]).toEqual([200, made]);
    expect(await octo.get(PATH)).toEqual([made]);
    expect(await octo.answer('PATCH', `${PATH}/subscription-1`, { notificationTypes: ['PRODUCT_UPDATE'] })).toEqual({
      status: 200,
      body: { ...made, notificationTypes: ['PRODUCT_UPDATE'] },
    });
    expect(await octo.get(`${PATH}/subscription-1`)).toMatchObject({ notificationTypes: ['PRODUCT_UPDATE'] });
    expect(await octo.answer('DELETE', `${PATH}/subscription-1`)).toEqual({ status: 204, body: undefined });
    expect(await octo.get(PATH)).toEqual([]);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const gone = await octo.answer(method, `${PATH}/subscription-1`, method === 'PATCH' ? {} : undefined);
      expect(gone).toMatchObject({
        status: 400,
        body: { error: 'INVALID_SUBSCRIPTION_ID', subscriptionId: 'subscription-1' },
      });
    }
  });

  it.each([
    [{ url: 'https://example.com/hints' }, 'this machine only'],
    [{ url: 'http://127.0.0.1.example.com/' }, 'this machine only'],
    [{ url: 'ftp://127.0.0.1/' }, 'http or https'],
    [{ url: 7 }, 'http or https'],
    [{ url: undefined }, 'needs url'],
    [{ notificationTypes: ['WEATHER_UPDATE'] }, 'notificationTypes must be'],
    [{ notificationTypes: [] }, 'notificationTypes must be'],
    [{ headers: { 'no name': 'x' } }, 'headers must be'],
    [{ headers: { name: 7 } }, 'headers must be'],
    [{ headers: null }, 'headers must be'],
  ])('refuse %j', async (fields, why) => {
    await start();
    expect(await subscribe(fields)).toMatchObject({
      status: 400,
      body: { error: 'BAD_REQUEST', errorMessage: expect.stringContaining(why) },
    });
  });

  it.each(['http://localhost:1/', 'http://[::1]:1/', 'http://127.1:1/', 'http://2130706433/'])(
    'take %s',
    async (url) => {
      await start();
      expect((await subscribe({ url })).status).toBe(200);
    },
  );

  it('take any host when that is allowed', async () => {
    await start({ notifyAnywhere: true });
    expect((await subscribe({ url: 'https://example.com/hints' })).status).toBe(200);
  });
});

describe('the notifications', () => {
  it('name exactly the days that have changed on their own, with the headers of the subscription', async () => {
    await start();
    await subscribe({ headers: { 'X-Secret': 's' } });
    const before = await everyDay();
    now += 2 * HOUR;
    await sandbox.notifySubscribers();
    const after = await everyDay();
    const changed = [...after].filter(([day, slots]) => before.get(day) !== slots).map(([day]) => day);
    expect(changed.length).toBeGreaterThan(5);
    const named = received.flatMap(({ body: { productId, optionId, localDateStart, localDateEnd } }) =>
      datesBetween(localDateStart, localDateEnd).map((date) => `${productId} ${optionId} ${date}`),
    );
    expect(named.sort()).toEqual(changed.sort());
    expect(received[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'x-secret': 's' });
    expect(received[0]?.body.notificationType).toBe('AVAILABILITY_UPDATE');
    const posted = received.length;
    await sandbox.notifySubscribers();
    expect(received).toHaveLength(posted);
    expect(named).toHaveLength(new Set(named).size);
  });

  it('name a day that was set by hand, and come without being waited for', async () => {
    await start({ notifyEveryMs: 5 });
    await subscribe();
    const arrived = new Promise<void>((resolve) => (heard = resolve));
    sandbox.setTruth(16, '2025-04-10', []);
    await arrived;
    expect(received.map(({ body }) => body)).toEqual([
      {
        notificationType: 'AVAILABILITY_UPDATE',
        productId: 'octo-16',
        optionId: 'DEFAULT',
        localDateStart: '2025-04-10',
        localDateEnd: '2025-04-10',
      },
    ]);
  });

  it('are of changes after the subscription only', async () => {
    await start();
    sandbox.setTruth(16, '2025-04-10', []);
    now += 2 * HOUR;
    await sandbox.notifySubscribers();
    await subscribe();
    await sandbox.notifySubscribers();
    expect(received).toEqual([]);
  });

  it('go only to who has subscribed to them', async () => {
    await start();
    await subscribe({ notificationTypes: ['PRODUCT_UPDATE'] });
    sandbox.setTruth(16, '2025-04-11', []);
    await sandbox.notifySubscribers();
    expect(received).toEqual([]);
  });

  it('are not repeated, whatever the subscriber answers, and follow no redirect', async () => {
    await start();
    await subscribe();
    await subscribe({ url: 'http://127.0.0.1:1/' });
    for (const status of [500, 307]) {
      answerWith = status;
      sandbox.setTruth(16, '2025-04-10', [status]);
      await sandbox.notifySubscribers();
      await sandbox.notifySubscribers();
    }
    expect(received).toHaveLength(2);
  });
});

/** The slots of every day of every option, in the order of their ids. */
async function everyDay(): Promise<Map<string, string>> {
  const products = (await octo.get('/products')) as { id: string; timeZone: string; options: { id: string }[] }[];
  const days = products.flatMap(({ id, timeZone, options }) => {
    const dates =
      timeZone === 'Asia/Singapore'
        ? datesBetween('2025-03-28', '2025-05-28')
        : datesBetween('2025-03-27', '2025-05-27');
    return options.flatMap((option) => dates.map((date) => ({ id, option: option.id, date })));
  });
  return new Map(
    days.map(({ id, option, date }) => {
      const slots = (sandbox.octoTruth(id, option, date) ?? []).toSorted((one, other) => (one.id < other.id ? -1 : 1));
      return [`${id} ${option} ${date}`, JSON.stringify(slots)];
    }),
  );
}
