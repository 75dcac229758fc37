import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { LARGEST_ID, MirrorSettings } from '../config/index.js';
import { Catalogue } from '../experience/index.js';
import { DayEvents, DayReader, type SpanDay, type StoredSpan } from '../inventory/index.js';
import { Clock, type LocalDate } from '../time/index.js';
import { productBody } from './product-body.js';
import { productFacts, type ProductFacts } from './product-facts.js';

/** An experience as a product, with the known days that were requested. */
export interface Product {
  readonly span: StoredSpan;
  readonly zone: string;
  readonly facts: ProductFacts;
  readonly days: readonly SpanDay[];
}

type Dates = readonly [first: LocalDate, last: LocalDate];

const ALL = ['0001-01-01', '9999-12-31'] as unknown as Dates;
const NO_DATES = ['9999-12-31', '0001-01-01'] as unknown as Dates;
/** Each takes a kilobyte or two. */
const MOST_KEPT = 5_000;
/** Products whose days are read at the same time. */
const AT_ONCE = 4;

/**
 * Experiences as products. What their days say of them is computed again when one of these days has changed, which the sum of
 * their versions shows: it needs no notification.
 */
@Injectable()
export class ProductCatalogue {
  private readonly kept = new LRUCache<number, { readonly stamp: string; readonly facts: ProductFacts }>({
    max: MOST_KEPT,
  });

  constructor(
    private readonly days: DayReader,
    private readonly catalogue: Catalogue,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
    events: DayEvents,
  ) {
    // It may mirror another product by now, with as many versions.
    events.onExperience((experienceId) => this.kept.delete(experienceId));
  }

  /**
   * Undefined: the experience is unknown.
   * @param dates of which the days are wanted, too
   * @param ofNow from no read replica
   */
  async find(experienceId: number, dates: Dates = NO_DATES, ofNow = false): Promise<Product | undefined> {
    const span = await this.read(experienceId, dates, ofNow);
    if (!span) return undefined;
    const known = this.kept.get(experienceId);
    if (known?.stamp === stampOf(span)) return this.product(span, known.facts, daysIn(span));
    const whole = await this.read(experienceId, ALL, ofNow);
    if (!whole) return undefined;
    const days = daysIn(whole);
    const facts = productFacts(days);
    this.kept.set(experienceId, { stamp: stampOf(whole), facts });
    return this.product(
      whole,
      facts,
      days.filter(({ date }) => date >= dates[0] && date <= dates[1]),
    );
  }

  /** All of which slots are known, by id: of others there is nothing to say, and nothing to sell. */
  async list(pricing: boolean): Promise<object[]> {
    const entries = await this.catalogue.list({ after: 0, limit: LARGEST_ID });
    const bodies: (object | undefined)[] = [];
    let next = 0;
    const work = async () => {
      for (let place = next++; place < entries.length; place = next++) {
        const id = entries[place]?.id ?? 0;
        const product = await this.find(id);
        if (product && product.facts.units.length > 0) bodies[place] = this.bodyOf(id, product, pricing);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return bodies.flatMap((body) => body ?? []);
  }

  bodyOf(id: number, { span, zone, facts }: Product, pricing: boolean): object {
    return productBody({ id, name: span.name, timeZone: zone }, facts, pricing);
  }

  private product(span: StoredSpan, facts: ProductFacts, days: readonly SpanDay[]): Product {
    return { span, facts, days, zone: span.timeZone ?? this.settings.defaultTimeZone };
  }

  private read(experienceId: number, dates: Dates, ofNow: boolean): Promise<StoredSpan | undefined> {
    const { defaultTimeZone: zone, windowDays: days } = this.settings;
    return this.days.span(experienceId, dates, { now: this.clock.now(), zone, days, ofNow });
  }
}

function stampOf({ today, versions, known }: StoredSpan): string {
  return `${today} ${versions} ${known}`;
}

function daysIn({ days }: StoredSpan): SpanDay[] {
  return JSON.parse(`[${days}]`) as SpanDay[];
}
