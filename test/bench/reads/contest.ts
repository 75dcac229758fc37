import type { Options } from '../options.js';
import { progress } from '../progress.js';
import type { ServerProcess } from './child.js';
import type { ReadFigures } from './figures.js';
import { load, type LoadResult } from './load.js';

/** A server, and the requests that it gets. */
export interface Entrant {
  readonly name: string;
  readonly server: ServerProcess;
  readonly sequencesFile: string;
  /** Runs while it is loaded. */
  readonly meanwhile?: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Entrants that alternate. The first is ours. */
export interface Contest {
  readonly name: string;
  readonly entrants: readonly Entrant[];
}

const WARM_UP_SECONDS = 2;

export async function hold(contest: Contest, figures: ReadFigures, { runs, seconds }: Options): Promise<void> {
  progress(`reads: ${contest.name}`);
  for (const entrant of contest.entrants) await loaded(entrant, WARM_UP_SECONDS);
  for (let run = 0; run < runs; run += 1) {
    for (const entrant of contest.entrants) await measure(contest, entrant, figures, seconds);
  }
}

async function measure(contest: Contest, entrant: Entrant, figures: ReadFigures, seconds: number): Promise<void> {
  const before = await figures.usage(entrant.server);
  const result = await loaded(entrant, seconds);
  figures.add(contest, entrant, result, before, await figures.usage(entrant.server));
}

function loaded(
  { server, sequencesFile, meanwhile = (work) => work() }: Entrant,
  seconds: number,
): Promise<LoadResult> {
  return meanwhile(() => load(server.origin, sequencesFile, seconds));
}
