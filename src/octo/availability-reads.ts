import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { DemandFetch, ReadTally } from '../experience/index.js';
import { LoadShedder, PreparedResponse, ResponseCache, type ReadResponse } from '../http/index.js';
import { fingerprintOf } from '../inventory/index.js';
import { addDays, Clock, datesFrom, daysBetween, localDayAt, type LocalDate } from '../time/index.js';
import { availabilityAnswer } from './availability-answer.js';
import { unknownProduct, type AvailabilityQuery } from './availability-query.js';
import { freshnessHeaders } from './day-age.js';
import { badRequest, OctoError } from './octo-error.js';
import { OctoResponses } from './octo-responses.js';
import { ProductCatalogue, type Product } from './product-catalogue.js';

/** As for the other reads. */
const KEPT_MS = 60_000;
/** Sooner where single dates are stale: each read of them has them refreshed. */
const STALE_KEPT_MS = 5_000;
/** Seconds after which a client may ask again for what was never fetched. */
const FIRST_FETCH_SECONDS = 5;
/** More dates than that are a range, however they are named. */
const MOST_DEMANDED = 7;

/** A query in the one spelling under which its response is kept. */
export interface KeyedQuery {
  readonly key: string;
  readonly query: AvailabilityQuery;
  readonly pricing: boolean;
  /** With each day as it is stored, and as it is now: see `ofNow`. */
  readonly mirrored: boolean;
}

/** Computes what the cache does not have, keeps it, and counts it as read. */
@Injectable()
export class AvailabilityReads {
  constructor(
    private readonly products: ProductCatalogue,
    private readonly cache: ResponseCache,
    private readonly responses: OctoResponses,
    private readonly shedder: LoadShedder,
    private readonly demand: DemandFetch,
    private readonly tally: ReadTally,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  /** @throws OctoError, ApiProblem */
  async read(keyed: KeyedQuery): Promise<PreparedResponse> {
    const response = keyed.mirrored ? await this.ofNow(keyed) : await this.kept(keyed);
    this.tally.count(response.content.about);
    return response;
  }

  private kept(keyed: KeyedQuery): Promise<PreparedResponse> {
    this.responses.add(keyed.query.experienceId, keyed.key);
    return this.cache.fill(keyed.key, () => this.compute(keyed));
  }

  /**
   * For a mirror of this mirror. We told it of a change, and it asks once: from a process that has not heard of the change yet, it
   * would take what was there before for the state after it. So neither the cache nor a read replica answers.
   */
  private async ofNow(keyed: KeyedQuery): Promise<PreparedResponse> {
    return new PreparedResponse(await this.compute(keyed), () => undefined);
  }

  private async compute({ query, pricing, mirrored }: KeyedQuery): Promise<ReadResponse> {
    const product = await this.product(query, mirrored);
    const { span, zone, facts, days, waitsInVain = false } = product;
    const { experienceId, exact } = query;
    checkUnits(query, product);
    const unknown = this.unknownDates(query, product);
    // A mirror reads in the header which dates are unknown, and would not ask for anything else while it waits.
    if (days.length === 0 && unknown.length > 0 && !mirrored) throw notFetched(unknown, waitsInVain);
    const now = this.clock.now();
    const { body, changesAt } = availabilityAnswer(query, days, { facts, zone, now, pricing, mirrored });
    const stale = days.filter(({ staleAfter }) => staleAfter === null || staleAfter <= now.getTime());
    if (exact && exact.length <= MOST_DEMANDED) {
      for (const { date } of stale) if (exact.includes(date)) void this.demand.refresh(experienceId, date);
    }
    const kept = exact && stale.length > 0 ? STALE_KEPT_MS : KEPT_MS;
    return {
      about: [{ supplier: span.supplier, experienceId, zone, date: exact?.length === 1 ? (exact[0] ?? null) : null }],
      body,
      tag: fingerprintOf(body),
      headers: freshnessHeaders(days, unknown, now),
      ...{ staleAfter: null, changedAt: null, complete: unknown.length === 0, changesAt },
      until: Math.min(now.getTime() + kept, changesAt, localDayAt(now, zone).until),
    };
  }

  /** A single date that was never fetched is waited for, briefly. */
  private async product(
    query: AvailabilityQuery,
    ofNow: boolean,
  ): Promise<Product & { readonly waitsInVain?: boolean }> {
    const { experienceId, first, last, exact } = query;
    const read = () => this.shedder.run(() => this.products.find(experienceId, [first, last], ofNow));
    const product = await read();
    if (!product) {
      this.responses.forget(experienceId);
      throw unknownProduct(String(experienceId));
    }
    const missing = exact && exact.length <= MOST_DEMANDED ? this.unknownDates(query, product) : [];
    if (missing.length === 0) return product;
    const waited = await Promise.all(missing.map((date) => this.demand.wait(experienceId, date)));
    return { ...((await read()) ?? product), waitsInVain: waited.every((result) => result === 'paused') };
  }

  /** The requested dates of the window that were never fetched. */
  private unknownDates({ first, last, exact }: AvailabilityQuery, { span, days }: Product): LocalDate[] {
    const end = addDays(span.today, this.settings.windowDays - 1);
    const from = first > span.today ? first : span.today;
    const to = last < end ? last : end;
    if (from > to) return [];
    const known = new Set(days.map(({ date }) => date));
    const dates = exact ?? datesFrom(from, daysBetween(from, to) + 1);
    return dates.filter((date) => date >= from && date <= to && !known.has(date));
  }
}

/** @throws OctoError */
function checkUnits({ party, currency }: AvailabilityQuery, { facts }: Product): void {
  // Without a slot in the window there is no unit to compare with.
  const wrong = facts.units.length > 0 && party.find(({ id }) => !facts.units.some((unit) => unit.id === id));
  if (wrong) {
    throw new OctoError(
      'INVALID_UNIT_ID',
      `The product has no unit "${wrong.id}". GET /octo/products/<id> lists its units.`,
      { about: { unitId: wrong.id } },
    );
  }
  if (currency !== null && facts.currencies.length > 0 && !facts.currencies.includes(currency)) {
    throw badRequest(`The product is sold in ${facts.currencies.join(' and ')} only.`);
  }
}

/** @param inVain nothing is fetched until someone acts, so there is no time at which to try again */
function notFetched(dates: readonly LocalDate[], inVain: boolean): OctoError {
  const of = dates.length === 1 ? dates[0] : `${dates[0]} to ${dates.at(-1)}`;
  const known = `Nothing is known of ${of} so far`;
  if (inVain) {
    const why = 'it is not being fetched, because its sync is paused or its supplier is no longer configured';
    return new OctoError('INTERNAL_SERVER_ERROR', `${known}: ${why}. Ask the operator.`, { status: 503 });
  }
  const message = `${known}. Try again in ${FIRST_FETCH_SECONDS} seconds.`;
  const headers = ['retry-after', String(FIRST_FETCH_SECONDS)];
  return new OctoError('INTERNAL_SERVER_ERROR', message, { status: 503, headers });
}
