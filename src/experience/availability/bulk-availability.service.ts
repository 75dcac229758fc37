import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { LoadShedder, ResponseCache, type ReadResponse } from '../../http/index.js';
import { DayReader, positionOf, PreparedParty, type ExperienceRange } from '../../inventory/index.js';
import { Clock, datesFrom, daysBetween } from '../../time/index.js';
import { availabilityAnswer, type AnsweredPage } from './availability-answer.js';
import { pageOf, pageSize, type AvailabilityQuery } from './availability-query.js';
import { BodyWriter } from './body-writer.js';
import { assertCoveredSomewhere } from './covered.js';
import { experienceAnswer, type ExperienceAnswer } from './experience-answer.js';
import { KeptParts, type KeptAnswer } from './kept-parts.js';
import { zonesAt } from './zone-now.js';

/** An empty answer is computed again after a minute. */
const KEPT_MS = 60_000;

type Parts = ReadonlyMap<number, ExperienceAnswer>;

/** Many experiences in one answer. One statement reads all its days, or only those that have changed since it was last computed. */
@Injectable()
export class BulkAvailabilityService {
  private readonly writer = new BodyWriter();

  constructor(
    private readonly days: DayReader,
    private readonly kept: KeptParts,
    private readonly cache: ResponseCache,
    private readonly shedder: LoadShedder,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  /** @param url under which the answer is kept */
  async answer(url: string, query: AvailabilityQuery): Promise<ReadResponse> {
    const now = this.clock.now();
    const ids = pageOf(query);
    // Before anything is read: what changes meanwhile must be noticed.
    const kept = this.cache.ready ? this.keptAnswer(url, query, ids) : undefined;
    assertCoveredSomewhere(query, now, this.settings);
    const page = (kept && (await this.again(query, kept, now))) ?? (await this.whole(query, ids, kept, now));
    return availabilityAnswer(query, page, now.getTime() + KEPT_MS, this.writer.begin());
  }

  private keptAnswer(url: string, query: AvailabilityQuery, ids: readonly number[] | null): KeptAnswer {
    const { from, to } = query;
    return this.kept.of(url, { from, to, experiences: ids && new Set(ids), most: ids?.length ?? pageSize(query) });
  }

  /** Reads only what changed, or may not be used any longer; undefined: too much of it. */
  private async again(query: AvailabilityQuery, kept: KeptAnswer, now: Date): Promise<AnsweredPage | undefined> {
    const { page } = kept;
    if (!page) return undefined;
    const at = now.getTime();
    const outdated = page.parts.filter(({ id, until }) => until <= at || kept.changed.has(id)).map(({ id }) => id);
    if (outdated.length * 2 > page.parts.length) return undefined;
    const change = kept.begin();
    const read = outdated.length === 0 ? NO_PARTS : await this.read(query, { ids: outdated }, now);
    const parts = page.parts.map((part) => read.get(part.id) ?? part);
    // One of them was removed meanwhile.
    if (read.size < outdated.length) return undefined;
    change.end({ ...page, parts });
    return { ...page, parts };
  }

  private async whole(
    query: AvailabilityQuery,
    ids: readonly number[] | null,
    kept: KeptAnswer | undefined,
    now: Date,
  ): Promise<AnsweredPage> {
    const size = pageSize(query);
    const change = kept?.begin();
    const read = await this.read(query, ids ? { ids } : { after: query.after, limit: size }, now);
    const parts = [...read.values()];
    const lastId = ids ? ids.at(-1) : parts.at(-1)?.id;
    const isFull = (ids?.length ?? parts.length) === size;
    const isEnd = query.experiences !== null && lastId === query.experiences.at(-1);
    const page = {
      parts,
      missing: ids?.filter((id) => !read.has(id)) ?? [],
      last: isFull && !isEnd ? (lastId ?? null) : null,
    };
    change?.end(page);
    return page;
  }

  private async read(query: AvailabilityQuery, of: ExperienceRange, now: Date): Promise<Parts> {
    const { windowDays, defaultTimeZone } = this.settings;
    const there = zonesAt(now, windowDays);
    const asked = {
      dates: datesFrom(query.from, daysBetween(query.from, query.to)),
      party: query.party && new PreparedParty(query.party),
    };
    const parts = await this.shedder.run(() =>
      this.days.range(of, [query.from, query.to], (days, first) => {
        const position = first.position == null ? null : (positionOf(first.position) ?? null);
        return experienceAnswer(days, asked, there(days[0].timeZone ?? defaultTimeZone), position);
      }),
    );
    return new Map(parts.map((part) => [part.id, part]));
  }
}

const NO_PARTS: Parts = new Map();
