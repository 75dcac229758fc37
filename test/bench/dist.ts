import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as Inventory from '../../src/inventory/index.js';
import type * as Prisma from '../../src/prisma/index.js';
import type * as Embedded from '../../src/embedded-postgres/index.js';
import type * as DayQueues from '../../src/sync/schedule/day-queue.js';
import type * as RecordedColumns from '../../src/sync/schedule/sql/recorded-columns.js';
import type * as Time from '../../src/time/index.js';

/** The built program: what is measured is what is deployed. Only the build writes the metadata that decorated classes need. */
const DIST = new URL('../../dist/', import.meta.url);

/** The arguments of `node` in `npm start`. */
export const SERVER_ARGS = serverArgs();

function serverArgs(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', DIST), 'utf8')) as {
    scripts: { start: string };
  };
  const [, ...args] = scripts.start.split(' ');
  return args.map((arg) => (arg.startsWith('dist/') ? fileURLToPath(new URL(arg.slice('dist/'.length), DIST)) : arg));
}

export async function loadInventory() {
  return built<typeof Inventory>('inventory/index.js');
}

export type PrismaService = Prisma.PrismaService;

export async function loadPrisma() {
  return built<typeof Prisma>('prisma/index.js');
}

export async function loadEmbeddedPostgres() {
  return built<typeof Embedded>('embedded-postgres/index.js');
}

export async function loadTime() {
  return built<typeof Time>('time/index.js');
}

export async function loadSchedule() {
  const { DayQueue } = await built<typeof DayQueues>('sync/schedule/day-queue.js');
  const { recordedColumns } = await built<typeof RecordedColumns>('sync/schedule/sql/recorded-columns.js');
  return { DayQueue, recordedColumns };
}

/** A module of the build, also one that its own module exports to nobody. */
export async function built<T>(path: string): Promise<T> {
  const url = new URL(path, DIST);
  if (!existsSync(url))
    throw new Error(`${fileURLToPath(url)} is missing: run \`npm run build\`, or the benches by \`npm run bench\`.`);
  return (await import(url.href)) as T;
}
