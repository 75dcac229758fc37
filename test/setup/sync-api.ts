import request from 'supertest';
import type { SyncStatus } from '../../src/sync/monitoring/status.shape.js';
import { ADMIN_KEY, type TestApp } from './test-app.js';

interface Served {
  readonly url: string;
}

export async function syncStatus({ url }: Served): Promise<SyncStatus> {
  const response = await request(url).get('/api/v1/sync/status').expect(200);
  return response.body as SyncStatus;
}

export async function pauseSync({ url }: Served, reason?: string): Promise<SyncStatus> {
  return post(url, 'pause', reason === undefined ? {} : { reason });
}

export async function resumeSync({ url }: Served): Promise<SyncStatus> {
  return post(url, 'resume', {});
}

/** Has a day fetched as an admin does, ahead of the queue. */
export async function fetchDay(app: TestApp, date: string): Promise<void> {
  const [{ id } = { id: 0 }] = await app.prisma.experience.findMany({ select: { id: true }, take: 1 });
  await app.tick();
  await request(app.url)
    .post(`/api/v1/experience/${id}/days/${date}/refresh`)
    .set('authorization', `Bearer ${ADMIN_KEY}`)
    .expect(202);
  app.clock.advance(60_000);
  await app.tick();
}

async function post(url: string, verb: 'pause' | 'resume', body: object): Promise<SyncStatus> {
  const response = await request(url)
    .post(`/api/v1/sync/${verb}`)
    .set('authorization', `Bearer ${ADMIN_KEY}`)
    .send(body)
    .expect(200);
  return response.body as SyncStatus;
}

/** What a buyer gets: the status, and the slots or the problem. */
export async function readSlots(
  { url }: Served,
  experienceId: number,
  date: string,
): Promise<{ status: number; body: { asOf?: string; slots?: unknown[]; code?: string } }> {
  const response = await request(url).get(`/api/v1/experience/${experienceId}/slots?date=${date}`);
  return { status: response.status, body: response.body as { asOf?: string; slots?: unknown[]; code?: string } };
}
