import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as Inventory from '../../src/inventory/index.js';
import type * as Prisma from '../../src/prisma/index.js';
import type * as Embedded from '../../src/embedded-postgres/index.js';
import type * as Time from '../../src/time/index.js';

/** The built program: what is measured is what is deployed, and decorated classes need the metadata that only the build writes. */
const DIST = new URL('../../dist/', import.meta.url);

/** What Node is started with by `npm start`: the server, and what is set for the engine. */
export const SERVER_ARGS = serverArgs();

function serverArgs(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', DIST), 'utf8')) as {
    scripts: { start: string };
  };
  const [, ...args] = scripts.start.split(' ');
  return args.map((arg) => (arg.startsWith('dist/') ? fileURLToPath(new URL(arg.slice('dist/'.length), DIST)) : arg));
}

export async function loadInventory() {
  return (await load('inventory/index.js')) as typeof Inventory;
}

export async function loadPrisma() {
  return (await load('prisma/index.js')) as typeof Prisma;
}

export async function loadEmbeddedPostgres() {
  return (await load('embedded-postgres/index.js')) as typeof Embedded;
}

export async function loadTime() {
  return (await load('time/index.js')) as typeof Time;
}

async function load(path: string): Promise<unknown> {
  const url = new URL(path, DIST);
  if (!existsSync(url))
    throw new Error(`${fileURLToPath(url)} is missing: run \`npm run build\`, or the benches by \`npm run bench\`.`);
  return import(url.href);
}
