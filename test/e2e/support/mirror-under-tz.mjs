// Run as a process of its own under some TZ: builds the mirror with the built server, and tells its answers as JSON.
import 'reflect-metadata';
import { createApp } from '../../../dist/app.factory.js';
import { PrismaService } from '../../../dist/prisma/index.js';
import { SyncService } from '../../../dist/sync/index.js';
import { DayOpening } from '../../../dist/sync/schedule/day-opening.js';
import { SystemClock } from '../../../dist/time/index.js';

/** @type {{ env: Record<string, string>, zones: Record<string, string>, start: string, instants: string[], paths: string[] }} */
const { env, zones, start, instants, paths } = JSON.parse(process.argv[2] ?? '');

const silent = { log: () => undefined, warn: () => undefined, error: console.error };
const app = await createApp({ environment: { only: true, overrides: () => env }, intervals: false, logger: silent });
let now = Date.parse(start);
app.get(SystemClock).now = () => new Date(now);
await app.init();
await app.getHttpAdapter().getInstance().ready();
const prisma = app.get(PrismaService);
for (const [id, timeZone] of Object.entries(zones)) {
  await prisma.experience.update({ where: { id: Number(id) }, data: { timeZone } });
}

const answers = [];
for (const instant of instants) {
  now = Math.max(now, Date.parse(instant));
  await syncUntilIdle();
  for (const path of paths) {
    const { statusCode, headers, body } = await app.inject({ method: 'GET', url: path });
    const { etag, 'cache-control': cacheControl, 'last-modified': lastModified } = headers;
    answers.push({ now: new Date(now).toISOString(), path, statusCode, etag, cacheControl, lastModified, body });
  }
}
const days = await prisma.$queryRaw`
  SELECT experience_id, date::text, confirmed_at::text, stale_after::text, due_at::text, open_slots FROM day ORDER BY 1, 2`;
await app.close();
process.stdout.write(JSON.stringify({ zone: new Date(now).getTimezoneOffset(), answers, days }));

async function syncUntilIdle() {
  const sync = app.get(SyncService);
  for (let idle = 0; idle < 2;) {
    now += 1_100;
    const before = await confirmations();
    // Days of new experiences are opened beside the claims, in no set order.
    await app.get(DayOpening).advanceNow();
    await sync.claim();
    await sync.settled();
    idle = (await confirmations()) === before ? idle + 1 : 0;
  }
}

async function confirmations() {
  const rows =
    await prisma.$queryRaw`SELECT string_agg(confirmed_at::text, ' ' ORDER BY experience_id, date) AS told FROM day`;
  return rows[0].told;
}
