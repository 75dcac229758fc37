import type { HttpService } from '@nestjs/axios';
import type { SupplierSettings } from '../../config/index.js';
import type { Clock } from '../../time/index.js';
import { answerAge } from '../answer-age.js';
import { answerMeaning } from '../answer-meaning.js';
import { Exchange } from '../exchange.js';
import { quotaOf } from '../quota.js';
import { SupplierClient, type DayAnswer, type RequestedSpan, type SupplierAnswer } from '../supplier-client.js';
import type { SupplierWait } from '../supplier-client.js';
import { SupplierFailure } from '../supplier-error.js';
import { readLeapAnswer } from './read-leap-answer.js';
import type { RequestedDay } from '../reading/slot-reading.js';

/** Leap's inventory API: `GET /inventory/:id?date=` with `x-api-key`, one product on one date. */
export class LeapClient extends SupplierClient {
  readonly daysPerRequest = 1;
  private readonly exchange: Exchange;

  constructor(
    http: HttpService,
    private readonly settings: SupplierSettings,
    private readonly clock: Clock,
  ) {
    super();
    this.exchange = new Exchange(http, settings, () => {
      this.emitExtraRequest();
    });
  }

  async fetchSpan({ product, timeZone, first: date }: RequestedSpan): Promise<SupplierAnswer> {
    const answer = await this.exchange.send({
      method: 'GET',
      path: `/inventory/${encodeURIComponent(product)}`,
      query: { date },
      headers: { 'x-api-key': this.settings.apiKey },
    });
    const now = this.clock.now();
    const meaning = answerMeaning(answer, { now, mask: this.exchange.mask, proxy: this.settings.proxy });
    if (meaning instanceof Error) throw meaning;
    const { body, wait } = meaning;
    const day = this.readList(body, { date, timeZone }, wait);
    // The answers are lists of slots, so only headers can name an age or a quota.
    return {
      days: new Map([[date, day]]),
      ageMs: answerAge(now, answer.header),
      quota: quotaOf(now, answer.header),
      wait,
    };
  }

  /** Reads the list. An unreadable one still carries the wait that the supplier named. */
  private readList(list: string, requested: RequestedDay, wait: SupplierWait | null): DayAnswer {
    try {
      return readLeapAnswer(list, requested, this.exchange.mask);
    } catch (error) {
      throw error instanceof SupplierFailure ? new SupplierFailure(error.kind, error.detail, wait) : error;
    }
  }
}
