import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { EmptyDatabase } from '../postgres.js';
import { progress } from '../progress.js';
import type { Scope } from '../scope.js';
import { untilCalm } from './calm.js';
import { startOurs, type OurSettings, type ServerProcess } from './child.js';
import { fillDatabase, settle, type Catalogue } from './fill.js';

export const NO_CACHE = { RESPONSE_CACHE_MB: '0' };

/** How long the due times of 5,000 experiences may take. */
const PLANNED_SECONDS = 300;

/** Fills an empty database and starts our server on it. Resolves when both have come to rest. */
export async function startMirror(
  scope: Scope,
  name: string,
  { client, url, dir }: EmptyDatabase,
  catalogue: Catalogue,
  settings: Partial<OurSettings> = {},
): Promise<ServerProcess> {
  progress(`reads: filling PostgreSQL with ${catalogue.ids.length} × ${catalogue.dates.length} days`);
  await fillDatabase(client, catalogue);
  const server = await startOurs(scope, name, dir, { DATABASE_URL: url, ...settings });
  await planned(client);
  await untilCalm(server);
  await settle(client);
  return server;
}

/** Resolves when the server has computed the due times of the days that it found: from then on it leaves them alone. */
async function planned(client: Client): Promise<void> {
  for (let tries = 0; tries < PLANNED_SECONDS * 10; tries += 1) {
    const { rowCount } = await client.query('SELECT FROM schedule WHERE plan_key IS NOT NULL');
    if (rowCount === 1) return;
    await sleep(100);
  }
  throw new Error('the server does not get ready');
}
