import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpService } from '@nestjs/axios';
import { AnsweringServer } from '../../../test/setup/answering-server.js';
import { TestClock } from '../../../test/setup/test-clock.js';
import { supplierSettings } from '../../../test/fixtures/supplier-spans.js';
import type { SupplierWait } from '../supplier-client.js';
import { OctoClient } from './octo.client.js';
import type { OctoNotifications } from './octo-notifications.js';
import { octoSettings } from './octo-settings.js';

const SECRET = 'the-secret-of-the-address';
const URL = `https://mirror.example/api/v1/supplier/ocean/notifications/${SECRET}`;
const LOST = { error: 'INVALID_SUBSCRIPTION_ID', errorMessage: 'no such subscription', subscriptionId: 's' };

const server = new AnsweringServer();
const clock = new TestClock();
let notifications: OctoNotifications;
let waits: SupplierWait[];
let said: string[];

beforeEach(async () => {
  await server.listen();
  waits = [];
  said = [];
  const settings = supplierSettings({ url: server.url, api: 'octo', notificationSecret: SECRET });
  const client = new OctoClient(new HttpService(), settings, octoSettings({}), clock);
  client.onWait((wait) => waits.push(wait));
  notifications = client.notifications;
});
afterEach(() => server.close());

function answer(status: number, body?: unknown, headers: Record<string, string> = {}): void {
  server.answer = (incoming, response) => {
    said.push(
      `${incoming.method} ${(incoming.url ?? '').replace('/api/v1', '')} ${String(incoming.headers['octo-capabilities'])}`,
    );
    response.writeHead(status, headers).end(body === undefined ? undefined : JSON.stringify(body));
  };
}

describe('the notifications of OCTO', () => {
  it.each([
    [200, [{ id: 'octo/pricing' }, { id: 'octo/notifications' }], true],
    [200, ['notifications'], true],
    [200, [{ id: 'octo/pricing' }], false],
    [404, { error: 'NOT_FOUND' }, false],
  ])('are offered: %d %j: %p', async (status, body, offered) => {
    answer(status, body);
    expect(await notifications.isOffered()).toBe(offered);
    expect(said).toEqual(['GET /capabilities octo/notifications']);
  });

  it('are subscribed to, whether the supplier answers 200 or 201', async () => {
    for (const [status, id] of [
      [200, 's'],
      [201, 7],
    ] as const) {
      answer(status, { id, url: URL });
      expect(await notifications.subscribe(URL)).toBe(String(id));
    }
  });

  it('are found by their address', async () => {
    answer(200, [
      { id: 'other', url: 'https://other.example' },
      { id: 's', url: URL },
    ]);
    expect(await notifications.find(URL)).toBe('s');
    answer(200, []);
    expect(await notifications.find(URL)).toBeNull();
    answer(404, { error: 'NOT_FOUND' });
    expect(await notifications.find(URL)).toBeUndefined();
  });

  it.each([
    [200, { id: 's' }, true],
    [400, LOST, false],
    [404, undefined, false],
  ])('are known: %d %j: %p', async (status, body, known) => {
    answer(status, body);
    expect(await notifications.isKnown('a/b')).toBe(known);
    expect(said[0]).toContain('/notifications/subscriptions/a%2Fb');
  });

  it.each([
    [204, undefined],
    [200, undefined],
    [202, { deleted: true }],
    [400, LOST],
  ])('end, also where the supplier does not know them: %d %j', async (status, body) => {
    answer(status, body);
    await expect(notifications.unsubscribe('s')).resolves.toBeUndefined();
  });

  it('fail with the words of the supplier, without our secret', async () => {
    answer(422, { error: 'UNPROCESSABLE_ENTITY', errorMessage: `${URL} does not answer` });
    await expect(notifications.subscribe(URL)).rejects.toMatchObject({
      kind: 'rejected',
      detail: expect.stringMatching(/^(?!.*the-secret).*does not answer/),
    });
    answer(500);
    await expect(notifications.unsubscribe('s')).rejects.toMatchObject({ kind: 'supplier_error' });
  });

  it.each([[{}], [{ id: '' }], [{ id: URL }], [{ id: 'x'.repeat(201) }]])('have an id: %j has none', async (body) => {
    answer(200, body);
    await expect(notifications.subscribe(URL)).rejects.toMatchObject({ kind: 'bad_answer' });
  });

  it('pass the wait on that an answer names', async () => {
    answer(200, { id: 's' }, { 'retry-after': '30' });
    expect(await notifications.isKnown('s')).toBe(true);
    expect(waits).toHaveLength(1);
  });
});
