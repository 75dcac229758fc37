import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadTime } from '../dist.js';
import type { Options } from '../options.js';
import { startPostgres, type BenchDatabase } from '../postgres.js';
import { progress } from '../progress.js';
import type { BenchResult } from '../report.js';
import { Scope } from '../scope.js';
import { assertSame, capture, type Captured } from './capture.js';
import { startCompetitor, startOurs, type ServerProcess } from './child.js';
import { fillDatabase, settle, type Catalogue } from './fill.js';
import { ReadFigures } from './figures.js';
import { load, writeSequences } from './load.js';
import { readCases, type ReadCase } from './targets.js';

const OURS = 'slotmirror';
/** As deployed: the default of DEFAULT_TIME_ZONE and the last tier of SYNC_TIERS. */
const TIME_ZONE = 'Asia/Singapore';
const WINDOW_DAYS = 61;
const WARM_UP_SECONDS = 2;

export function benchReads(options: Options): Promise<BenchResult> {
  return Scope.run(async (scope) => {
    progress(`reads: filling PostgreSQL with ${options.experiences} × ${WINDOW_DAYS} days`);
    const database = await startPostgres(scope);
    const catalogue = await catalogueOf(options);
    await fillDatabase(database.client, catalogue);
    const ours = await startOurs(scope, OURS, database.dir, database.url);
    await planned(database);
    await settle(database.client);
    const cases = readCases(catalogue);
    const paths = [...new Set(cases.flatMap((each) => each.sequences.flat()))];
    progress(`reads: asking our server for ${paths.length} different answers, for the others to repeat`);
    const dir = path.join(database.dir, 'captured');
    await mkdir(dir);
    const captured = await capture(ours.origin, paths, dir);
    const competitors = await startCompetitors(scope, captured, database.url);
    for (const { name, origin } of competitors) await assertSame(ours.origin, origin, name, paths);
    const figures = new ReadFigures([ours, ...competitors], cases, await postmasterPid(database));
    await measure(figures, captured, options);
    return figures.result(options, captured.bytes);
  });
}

async function measure(figures: ReadFigures, captured: Captured, options: Options): Promise<void> {
  for (const readCase of figures.cases) {
    progress(`reads: ${readCase.name}`);
    const file = await writeSequences(captured.dir, readCase, captured);
    for (const server of figures.servers) await load(server.origin, file, WARM_UP_SECONDS);
    for (let run = 0; run < options.runs; run += 1) {
      for (const server of figures.servers) await measureOne(figures, readCase, server, file, options.seconds);
    }
  }
}

async function measureOne(
  figures: ReadFigures,
  readCase: ReadCase,
  server: ServerProcess,
  file: string,
  seconds: number,
): Promise<void> {
  const before = await figures.usage(server);
  const result = await load(server.origin, file, seconds);
  figures.add(readCase, server, result, before, await figures.usage(server));
}

function startCompetitors(scope: Scope, { dir }: Captured, databaseUrl: string): Promise<ServerProcess[]> {
  return Promise.all([
    startCompetitor(scope, 'node:http, from memory', 'node-http.mjs', [dir]),
    startCompetitor(scope, 'Fastify, from memory', 'fastify-memory.mjs', [dir]),
    startCompetitor(scope, 'Fastify, one prepared statement', 'fastify-pg.mjs', [databaseUrl]),
  ]);
}

async function catalogueOf({ seed, experiences }: Options): Promise<Catalogue> {
  const { datesFrom, localDateAt } = await loadTime();
  const ids = Array.from({ length: experiences }, (_, i) => i + 1);
  return { seed, ids, dates: datesFrom(localDateAt(new Date(), TIME_ZONE), WINDOW_DAYS) };
}

/** Resolves when the server has computed the deadlines of what it found: from then on it leaves the days alone. */
async function planned({ client }: BenchDatabase): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { rowCount } = await client.query('SELECT FROM sync_control WHERE plan_key IS NOT NULL');
    if (rowCount === 1) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server does not get ready');
}

async function postmasterPid({ client }: BenchDatabase): Promise<number> {
  const { rows } = await client.query<{ dir: string }>(`SELECT current_setting('data_directory') AS dir`);
  const text = await readFile(path.join(rows[0]?.dir ?? '', 'postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0]);
}
