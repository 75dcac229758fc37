import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Change, ChangePage } from '../../src/changes/change.shape.js';
import { Deployment } from '../setup/deployment.js';
import type { MirrorProcess } from '../setup/mirror-process.js';
import { ADMIN_KEY } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { WebhookReceiver } from '../setup/webhook-receiver.js';

const DAYS = 40;
const ANSWERS_AFTER_MS = 100;
/** A guard: the killed process's lease (30 s), and what is left to be sent. */
const TAKEOVER_MS = 90_000;

let deployment: Deployment;
let receiver: WebhookReceiver;
let origin: string;

beforeAll(async () => {
  const env = { EXPERIENCES: ',', SYNC_TIERS: `${DAYS}:24h`, WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' };
  deployment = await Deployment.create({ ...env, SUPPLIER_REQUESTS_PER_MINUTE: '6000' }, 1);
  receiver = new WebhookReceiver();
  receiver.answer = (_, response) => void pause(ANSWERS_AFTER_MS).then(() => response.writeHead(204).end());
  origin = await receiver.start();
});
afterAll(async () => {
  await deployment.close();
  await receiver.stop();
});

const call = async (server: MirrorProcess, method: string, path: string, body?: object): Promise<void> => {
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(server.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
};
const keyOf = ({ experienceId, date, version }: Change) => `${experienceId}/${date}/${version}`;

it('is sent every change, though the process that sends to it is killed', async () => {
  const first = await deployment.start();
  await call(first, 'POST', '/api/v1/webhook', { url: `${origin}/all`, batchSize: 1, delaySeconds: 0 });
  await call(first, 'PUT', '/api/v1/experience/14', {});
  await until('some messages arrived', () => receiver.arrived.length >= 5);
  const second = await deployment.start();
  await first.kill();
  await until(
    'all days are mirrored',
    async () => (await deployment.count('confirmed_at is not null')) === DAYS,
    30_000,
  );
  const page = (await (await fetch(`${second.url}/api/v1/changes?cursor=oldest&limit=1000`)).json()) as ChangePage;
  expect(page.changes).toHaveLength(DAYS);
  const arrived = () => receiver.arrived.flatMap(({ changes }) => changes.map(keyOf));
  await until('all changes arrived', () => new Set(arrived()).size === DAYS, TAKEOVER_MS);
  // In the order of the feed; what was under way when the process was killed came again, with the same id.
  const order = page.changes.map(keyOf);
  expect([...new Set(arrived())]).toEqual(order);
  const again = receiver.arrived.length - DAYS;
  expect(again).toBeLessThanOrEqual(1);
  expect(new Set(receiver.arrived.map(({ id }) => id)).size).toBe(DAYS);
}, 240_000);
