import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { loadTime } from '../dist.js';
import type { Options, Slow } from '../options.js';
import { anotherDatabase, postmasterPid, startPostgres, type BenchDatabase } from '../postgres.js';
import { progress } from '../progress.js';
import type { BenchResult } from '../report.js';
import { Scope } from '../scope.js';
import { assertSame, capture } from './capture.js';
import { cachedCases, missCases, mixedCase, pathsOf } from './cases.js';
import { captureOcto, octoSequences } from './octo.js';
import { startCompetitor, startOurs, type ServerProcess } from './child.js';
import { hold, type Contest } from './contest.js';
import { ReadFigures } from './figures.js';
import type { Catalogue } from './fill.js';
import { writeSequences } from './load.js';
import { memoryUnderLoad, type MemoryFigures } from './memory.js';
import { NO_CACHE, startMirror } from './mirror.js';
import { Recorder } from './recording.js';
import { secondsToFirstAnswer } from './start.js';
import { CACHED, LARGE, RECORDING, targetsOf } from './targets.js';

/** As deployed: the default of DEFAULT_TIME_ZONE and the last tier of SYNC_TIERS. */
const TIME_ZONE = 'Asia/Singapore';
const WINDOW_DAYS = 61;
const LARGE_EXPERIENCES = 5_000;

/** What all that is measured stands on. */
interface Ground {
  readonly scope: Scope;
  readonly options: Options;
  readonly database: BenchDatabase;
  readonly catalogue: Catalogue;
  readonly figures: ReadFigures;
}

export function benchReads(options: Options): Promise<BenchResult> {
  return Scope.run(async (scope) => {
    const unless = async <T>(slow: Slow, work: () => Promise<T>) =>
      options.skip.includes(slow) ? undefined : await work();
    const catalogue = await catalogueOf(options.seed, options.experiences);
    const start = await unless('start', () => timeStart(scope, catalogue, options.runs));
    const database = await startPostgres(scope);
    const figures = new ReadFigures(await postmasterPid(database));
    const ground = { scope, options, database, catalogue, figures };
    const cached = await startMirror(scope, 'slotmirror', database, catalogue);
    const memory = await unless('memory', () => watchMemory(ground, cached));
    await holdCached(ground, cached);
    await holdOcto(ground, cached);
    const settings = { ...NO_CACHE, DATABASE_URL: database.url };
    const uncached = await startOurs(scope, 'slotmirror, no cache', database.dir, settings);
    await holdMisses(ground, uncached);
    await unless('large', () => holdLarge(ground, uncached));
    const recorded = await holdRecording(ground, cached);
    const rows = targetsOf(figures, { memory, start, recorded });
    return figures.result(options, { title: 'targets', rows });
  });
}

/** In a PostgreSQL that the server itself starts. */
async function timeStart(scope: Scope, catalogue: Catalogue, runs: number): Promise<number> {
  const database = await startPostgres(scope);
  const server = await startMirror(scope, 'before', database, catalogue);
  await server.stop();
  progress('reads: starting');
  const [any = ''] = pathsOf(cachedCases(catalogue).slots);
  return secondsToFirstAnswer(scope, database, any, runs);
}

async function watchMemory({ database, catalogue }: Ground, server: ServerProcess): Promise<MemoryFigures> {
  progress('reads: memory, a minute');
  return memoryUnderLoad(server, await writeSequences(database.dir, mixedCase(catalogue)));
}

async function holdCached(
  { scope, options, database, catalogue, figures }: Ground,
  ours: ServerProcess,
): Promise<void> {
  const { slots, dates, availability, known } = cachedCases(catalogue);
  const paths = [...pathsOf(known), ...pathsOf(availability)];
  const dir = path.join(database.dir, 'captured');
  await mkdir(dir);
  const { etags } = await capture(ours.origin, paths, dir);
  const bare = await startCompetitor(scope, 'node:http, from memory', 'node-http.mjs', [dir]);
  const fastify = await startCompetitor(scope, 'Fastify, from memory', 'fastify-memory.mjs', [dir]);
  for (const server of [bare, fastify]) await assertSame(ours.origin, server, paths, true);
  for (const readCase of [slots, dates, availability, known]) {
    const file = await writeSequences(dir, readCase, etags);
    await hold(contestOf(readCase.name, [ours, bare, fastify], file), figures, options);
  }
}

async function holdOcto({ scope, options, database, catalogue, figures }: Ground, ours: ServerProcess): Promise<void> {
  const dir = path.join(database.dir, 'captured-octo');
  await mkdir(dir);
  const file = await captureOcto(ours.origin, octoSequences(catalogue), dir);
  const bare = await startCompetitor(scope, 'node:http, from memory', 'node-http-post.mjs', [dir]);
  await hold(contestOf(CACHED.octo, [ours, bare], file), figures, options);
}

async function holdMisses(
  { scope, options, database, catalogue, figures }: Ground,
  ours: ServerProcess,
): Promise<void> {
  const { slots, dates, availability } = missCases(catalogue);
  const other = await startCompetitor(scope, 'Fastify, one prepared statement', 'fastify-pg.mjs', [database.url]);
  for (const readCase of [slots, dates, availability]) {
    await assertSame(ours.origin, other, pathsOf(readCase), false);
    const file = await writeSequences(database.dir, readCase);
    await hold(contestOf(readCase.name, [ours, other], file), figures, options);
  }
}

/** The same server on a large catalogue and on the usual one. */
async function holdLarge({ scope, options, database, catalogue, figures }: Ground, few: ServerProcess): Promise<void> {
  const own = await anotherDatabase(scope, database, 'large');
  const large = await catalogueOf(catalogue.seed, LARGE_EXPERIENCES);
  const many = await startMirror(scope, 'many', own, large, NO_CACHE);
  const fileOf = (of: Catalogue) =>
    writeSequences(database.dir, { ...missCases(of).slots, name: `slots of ${of.ids.length}` });
  const entrants = [
    { name: `${large.ids.length} experiences`, server: many, sequencesFile: await fileOf(large) },
    { name: `${catalogue.ids.length} experiences`, server: few, sequencesFile: await fileOf(catalogue) },
  ];
  await hold({ name: LARGE, entrants }, figures, options);
  await many.stop();
}

/** Last, for it changes what is stored. @returns how many days a second were recorded */
async function holdRecording(
  { scope, options, database, catalogue, figures }: Ground,
  server: ServerProcess,
): Promise<number> {
  const recorder = await Recorder.start(scope, database, catalogue);
  const sequencesFile = await writeSequences(database.dir, cachedCases(catalogue).slots);
  const meanwhile = <T>(work: () => Promise<T>) => recorder.during(work);
  const entrants = [
    { name: 'a day recorded every 10 ms', server, sequencesFile, meanwhile },
    { name: 'quiet', server, sequencesFile },
  ];
  await hold({ name: RECORDING, entrants }, figures, options);
  return recorder.pace;
}

function contestOf(name: string, servers: readonly ServerProcess[], sequencesFile: string): Contest {
  return { name, entrants: servers.map((server) => ({ name: server.name, server, sequencesFile })) };
}

async function catalogueOf(seed: number, experiences: number): Promise<Catalogue> {
  const { datesFrom, localDateAt } = await loadTime();
  const ids = Array.from({ length: experiences }, (_, i) => i + 1);
  return { seed, ids, dates: datesFrom(localDateAt(new Date(), TIME_ZONE), WINDOW_DAYS) };
}
