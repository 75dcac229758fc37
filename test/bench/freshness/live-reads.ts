import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, instantAt, localDateAt, type LocalDate } from '../../../src/time/index.js';
import type { DayDocument } from '../../../src/inventory/day-document.js';
import { randomFrom } from '../fixtures.js';
import type { Answer } from './live-round-robin.js';
import type { LiveTruth } from './live-truth.js';
import { cumulate, pick } from './random.js';
import { demandByLead, makeWorld } from './world.js';

export interface Read {
  readonly id: number;
  readonly date: LocalDate;
  readonly lead: number;
}

/** One of the mirrors that are compared. */
export interface Mirror {
  readonly name: string;
  read(read: Read): Promise<Answer>;
  /** Requests that it has sent to the supplier. */
  requests(): Promise<number>;
}

/** What one mirror answered. */
export interface Answered {
  readonly lead: number;
  /** Seconds since the reads began. */
  readonly second: number;
  readonly outcome: 'fresh' | 'stale' | 'unknown';
  /** Since it was fetched; NaN when there was no answer. */
  readonly ageSeconds: number;
}

/** The default of DEFAULT_TIME_ZONE, which is the zone of the sandbox's products too. */
const TIME_ZONE = 'Asia/Singapore';

export function today(): LocalDate {
  return localDateAt(new Date(), TIME_ZONE);
}

/** Who is read how often: relative to each other. */
export interface LiveDemand {
  /** The most popular first. */
  readonly ids: readonly number[];
  readonly popularity: readonly number[];
  readonly byLead: readonly number[];
}

/** Zipf popularity, shuffled over the ids, so that a mirror that goes by ids gains nothing; lead times by the demand curve of the simulation. */
export function demandFor({ ids }: Pick<LiveTruth, 'ids'>, seed: number, random = randomOf(ids, seed)): LiveDemand {
  return {
    ids: ids
      .map((id) => ({ id, place: random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ id }) => id),
    popularity: makeWorld({ experiences: ids.length, seed, days: 1 }).popularity,
    byLead: demandByLead(),
  };
}

function randomOf(ids: readonly number[], seed: number): () => number {
  return randomFrom(seed * 15_485_863 + ids.length);
}

/** The same draws for the same seed. What nobody can book at the time is left out. */
export function* reads(truth: LiveTruth, seed: number): Generator<Read, never> {
  const random = randomOf(truth.ids, seed);
  const { ids, ...demand } = demandFor(truth, seed, random);
  const byExperience = cumulate(demand.popularity);
  const byLead = cumulate(demand.byLead);
  for (;;) {
    const id = ids[pick(byExperience, random())] ?? 0;
    const lead = pick(byLead, random());
    const date = addDays(today(), lead);
    if (isRead(truth.at(id, date), date, Date.now())) yield { id, date, lead };
  }
}

/** Closed days are not read, nor a date after its last start by our clock: nobody can book them. (The truth's time runs ahead.) */
export function isRead({ json, lastStart }: DayDocument, date: LocalDate, now: number): boolean {
  if (json === '[]') return false;
  return lastStart === null || instantAt(date, lastStart, TIME_ZONE) > now;
}

/** On a grid, so that slow answers do not make reads fewer; until one fails. */
export async function atPace(perSecond: number, seconds: number, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  const underWay: Promise<void>[] = [];
  const failure = new AbortController();
  for (let n = 0; n < perSecond * seconds && !failure.signal.aborted; n++) {
    const wait = start + (n * 1_000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    const one = work();
    one.catch(() => failure.abort());
    underWay.push(one);
  }
  await Promise.all(underWay);
}

/** Reads from a mirror, and compares with the truth of the instant before or after: in between it may have changed. */
export async function ask(mirror: Mirror, truth: LiveTruth, read: Read): Promise<Omit<Answered, 'second'>> {
  const { id, date, lead } = read;
  const before = truth.at(id, date).json;
  const answer = await mirror.read(read);
  if (answer === null) return { lead, outcome: 'unknown', ageSeconds: NaN };
  const fresh = answer.slots === before || answer.slots === truth.at(id, date).json;
  return { lead, outcome: fresh ? 'fresh' : 'stale', ageSeconds: (Date.now() - answer.fetchedAt) / 1_000 };
}
