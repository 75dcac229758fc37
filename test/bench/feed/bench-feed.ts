import { setTimeout as sleep } from 'node:timers/promises';
import { daysOf } from '../days.js';
import { loadPrisma, loadTime } from '../dist.js';
import { fixtureDay } from '../fixtures.js';
import { eachOf } from '../measure.js';
import type { Options } from '../options.js';
import { startPostgres } from '../postgres.js';
import { progress } from '../progress.js';
import { startOurs, type ServerProcess } from '../reads/child.js';
import { cpuMs, residentMegabytes } from '../reads/usage.js';
import type { BenchResult } from '../report.js';
import { Scope } from '../scope.js';
import { follow } from './streams.js';
import { LOOPBACK, subscribe } from './webhooks.js';

const EXPERIENCES = 100;
const EVERY_MS = 10;
const IDLE_STREAMS = 1_000;
const WEBHOOKS = 20;
const IDLE_MS = 20_000;
const HOUR_MS = 3_600_000;

/** How soon a reader of the change feed sees what another process recorded, and what readers cost who wait. */
export function benchFeed(options: Options): Promise<BenchResult> {
  return Scope.run(async (scope) => {
    progress('feed: starting PostgreSQL and the server');
    const { client, database, url, dir } = await startPostgres(scope);
    const date = (await loadTime()).parseLocalDate('2027-03-01');
    if (date === undefined) throw new Error('no date');
    const ids = Array.from({ length: EXPERIENCES }, (_, i) => i + 1_000);
    await client.query(
      `INSERT INTO experience (id, supplier, product) SELECT id, 'leap', id FROM unnest($1::int[]) AS id`,
      [ids],
    );
    await client.query(
      `INSERT INTO day (experience_id, date, supplier) SELECT id, $2, 'leap' FROM unnest($1::int[]) AS id`,
      [ids, date],
    );
    const server = await startOurs(scope, 'Slotmirror', dir, { DATABASE_URL: url, WEBHOOK_ALLOWED_NETWORKS: LOOPBACK });
    const { PrismaService } = await loadPrisma();
    const prisma = new PrismaService(database);
    scope.defer(() => prisma.$disconnect());
    const { record, documentOf } = await daysOf(prisma);
    const recordedAt = new Map<string, number>();
    const seenAt = new Map<string, number>();
    await follow(scope, server.origin, ({ experienceId, version }) => {
      seenAt.set(`${experienceId} ${version}`, performance.now());
    });
    const versions = new Map<number, number>();
    /** By webhook. */
    const receivedAt = new Map<string, Map<string, number>>();

    const recordOne = async (index: number): Promise<void> => {
      const experienceId = ids[index % ids.length] ?? 0;
      const version = (versions.get(experienceId) ?? 0) + 1;
      versions.set(experienceId, version);
      const now = new Date();
      const later = new Date(now.getTime() + HOUR_MS);
      const priority = { intervalClass: 0, refreshAt: later, refreshValue: null };
      const day = { experienceId, date, fingerprint: null, openSlots: null };
      const document = documentOf(fixtureDay(options.seed + index, experienceId, date).slots);
      const next = { staleAfter: later, dueAt: later, sentAt: now, by: 'bench', priority };
      if ((await record(day, document, now, next)) === 'changed')
        recordedAt.set(`${experienceId} ${version}`, performance.now());
    };
    /** On a grid, however long each takes. */
    const load = async (count: number): Promise<number> => {
      const start = performance.now();
      const underWay: Promise<void>[] = [];
      for (let i = 0; i < count; i += 1) {
        const one = recordOne(i);
        // Reported when all are awaited.
        one.catch(() => undefined);
        underWay.push(one);
        await sleep(Math.max(0, start + (i + 1) * EVERY_MS - performance.now()));
      }
      await Promise.all(underWay);
      return (count / (performance.now() - start)) * 1_000;
    };
    const lateAtReader = (name: string, at: number) => [Math.max(0, (seenAt.get(name) ?? NaN) - at)];
    const lateAtWebhooks = (name: string, at: number) =>
      [...receivedAt.values()].map((received) => Math.max(0, (received.get(name) ?? NaN) - at));
    const measured = async (what: string, lateness = lateAtReader) => {
      recordedAt.clear();
      const before = await cpuMs(server.pid);
      const pace = await load(options.seconds * 100);
      await sleep(1_000);
      const late = [...recordedAt].flatMap(([name, at]) => lateness(name, at)).sort((a, b) => a - b);
      const at = (share: number) => late[Math.floor(late.length * share)] ?? NaN;
      const missing = late.filter(Number.isNaN).length;
      const cpu = ((await cpuMs(server.pid)) - before) / (options.seconds * 10);
      return {
        what,
        'changes/s': pace,
        missing,
        'p50 ms': at(0.5),
        'p99 ms': at(0.99),
        'most ms': late.at(-1) ?? NaN,
        'server CPU %': cpu,
      };
    };

    progress('feed: warming up');
    await load(200);
    progress('feed: one reader');
    const rows = [await measured('one reader')];
    progress(`feed: ${WEBHOOKS} webhooks`);
    const end = await subscribe(scope, server.origin, WEBHOOKS, (webhook, { experienceId, version }) => {
      const received = receivedAt.get(webhook) ?? new Map<string, number>();
      receivedAt.set(webhook, received.set(`${experienceId} ${version}`, performance.now()));
    });
    const webhookRow = await measured(`${WEBHOOKS} webhooks, and a reader`, lateAtWebhooks);
    await end();
    progress(`feed: ${IDLE_STREAMS} idle streams`);
    const quiet = await idle(server);
    await eachOf(Array.from({ length: IDLE_STREAMS }), 20, () => idleStream(scope, server.origin));
    const held = await idle(server);
    const idleRows = [
      { what: 'without streams', 'resident MB': quiet.megabytes, 'CPU %': quiet.cpu },
      { what: `${IDLE_STREAMS} idle streams`, 'resident MB': held.megabytes, 'CPU %': held.cpu },
    ];
    rows.push(await measured(`one reader, and ${IDLE_STREAMS} of an experience that does not change`));
    return {
      bench: 'feed',
      notes: [
        `One process records changed days on a grid of ${EVERY_MS} ms for ${options.seconds} s; another one serves the stream. From the end of recording`,
        'until the client has the change, milliseconds. Recorder, PostgreSQL (fsync on), server and clients share the machine.',
      ],
      unit: 'ms',
      comparisons: [],
      details: [
        { title: 'Recorded → seen by a reader of another process', rows },
        { title: 'Recorded → received by webhooks', rows: [webhookRow] },
        { title: `Idle streams, over ${IDLE_MS / 1_000} s`, rows: idleRows },
      ],
    };
  });
}

/** A stream of an experience that does not exist. */
function idleStream(scope: Scope, origin: string): Promise<void> {
  return follow(scope, origin, () => undefined, '?experience=99');
}

async function idle({ pid }: ServerProcess): Promise<{ megabytes: number; cpu: number }> {
  await sleep(3_000);
  const before = await cpuMs(pid);
  await sleep(IDLE_MS);
  return { cpu: ((await cpuMs(pid)) - before) / (IDLE_MS / 100), megabytes: await residentMegabytes(pid) };
}
