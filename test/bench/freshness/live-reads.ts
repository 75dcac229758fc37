import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, localDateAt, type LocalDate } from '../../../src/time/index.js';
import type { LiveTruth } from './live-truth.js';
import { pick, randomOf } from './random.js';
import { makeWorld } from './world.js';

export interface Read {
  readonly id: number;
  readonly date: LocalDate;
  readonly lead: number;
}

/** What one mirror answered. */
export interface Answered {
  readonly lead: number;
  /** Seconds since the reads began. */
  readonly second: number;
  readonly outcome: 'fresh' | 'stale' | 'unknown';
  /** Since it was confirmed; NaN when it was not answered. */
  readonly ageSeconds: number;
}

/** The default of DEFAULT_TIME_ZONE, which is the zone of the sandbox's products too. */
const TIME_ZONE = 'Asia/Singapore';

export function today(): LocalDate {
  return localDateAt(new Date(), TIME_ZONE);
}

/**
 * The same reads for the same seed: popularity is Zipf's, shuffled over the ids, because who asks in order of ids must not
 * gain by it; lead times by the demand curve of the simulation. As there, days that are closed are not read.
 */
export function* reads(truth: LiveTruth, seed: number): Generator<Read, never> {
  const random = randomOf(seed * 15_485_863 + truth.ids.length);
  const { byExperience, byLead } = makeWorld({ experiences: truth.ids.length, seed, days: 1 }).readers;
  const ids = truth.ids
    .map((id) => ({ id, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ id }) => id);
  for (;;) {
    const id = ids[pick(byExperience, random())] ?? 0;
    const lead = pick(byLead, random());
    const date = addDays(today(), lead);
    if (truth.at(id, date).json !== '[]') yield { id, date, lead };
  }
}

/** On a grid, so that slow answers don't make fewer reads; until one fails. */
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

/** Asks a mirror, and compares with the truth at the instant of asking or of the answer: between them it may have moved. */
export async function ask(
  origin: string,
  truth: LiveTruth,
  { id, date, lead }: Read,
): Promise<Omit<Answered, 'second'>> {
  const before = truth.at(id, date).json;
  const response = await fetch(`${origin}/api/v1/experience/${id}/slots?date=${date}`);
  const body = await response.text();
  if (response.status === 503) return { lead, outcome: 'unknown', ageSeconds: NaN };
  if (!response.ok) throw new Error(`experience ${id} on ${date}: ${response.status} ${body}`);
  const { asOf } = JSON.parse(body) as { asOf: string };
  // The text itself: the mirror serves the document as it was stored.
  const slots = body.slice(body.indexOf('"slots":') + '"slots":'.length, -1);
  const fresh = slots === before || slots === truth.at(id, date).json;
  return { lead, outcome: fresh ? 'fresh' : 'stale', ageSeconds: (Date.now() - Date.parse(asOf)) / 1_000 };
}
