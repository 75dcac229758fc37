import { json, type TimedAnswer } from './answer.js';
import { daysAfter, isDate } from './calendar.js';
import type { Faults } from './faults.js';
import { faultyAnswer } from './faulty-answer.js';
import { LEAP } from './leap-dialect.js';
import type { MovingTruth } from './moving-truth.js';
import { productId } from './product-id.js';
import { type RateLimit, rateLimitBody } from './rate-limit.js';
import type { LoggedRequest, RequestLog } from './request-log.js';

export interface InventoryRequest {
  id: string;
  date: unknown;
  key: unknown;
}

/** Decides what an inventory request gets: first the key is looked at, then the limit, then what is asked for, and then the faults. */
export class InventoryAnswers {
  constructor(
    private readonly parts: {
      truth: MovingTruth;
      faults: Faults;
      limit: RateLimit;
      log: RequestLog;
      now: () => number;
    },
    private readonly apiKey: string | undefined,
  ) {}

  answer(request: InventoryRequest): TimedAnswer {
    const at = this.parts.now();
    const entry = logEntry(at, request);
    this.parts.log.add(entry);
    const timed = this.decide(request, at);
    entry.status = timed.answer.status;
    return timed;
  }

  private decide({ id, date, key }: InventoryRequest, now: number): TimedAnswer {
    if (!this.accepts(key)) return atOnce(401, { message: 'Missing or wrong x-api-key' });
    const decision = this.parts.limit.take(now);
    if (!decision.accepted) return atOnce(429, rateLimitBody(decision.reset));
    const known = productId(id);
    if (known === undefined || !this.parts.truth.knows(known)) return atOnce(404, { message: `No product ${id}` });
    if (typeof date !== 'string' || !isDate(date)) return atOnce(400, { message: 'date must be a date YYYY-MM-DD' });
    return this.withFaults(known, date, now);
  }

  private withFaults(id: number, date: string, now: number): TimedAnswer {
    const { waitMs, fault } = this.parts.faults.draw({ api: 'leap', experienceId: id, date, lastDate: date });
    const body = (): unknown => this.parts.truth.at(id, date);
    if (fault === undefined) return { waitMs, answer: json(200, body()) };
    const bodyOfAnotherDate = (): unknown => this.anotherDate(id, date);
    return { waitMs, answer: faultyAnswer(fault, { body, bodyOfAnotherDate, now }, LEAP) };
  }

  /** The next day that has slots: those of a closed day would look right. */
  private anotherDate(id: number, date: string): unknown {
    const week = [1, 2, 3, 4, 5, 6, 7].map((days) => this.parts.truth.at(id, daysAfter(date, days)));
    return week.find((slots) => Array.isArray(slots) && slots.length > 0) ?? [];
  }

  private accepts(key: unknown): boolean {
    return typeof key === 'string' && key !== '' && (this.apiKey === undefined || key === this.apiKey);
  }
}

function atOnce(status: number, body: unknown): TimedAnswer {
  return { waitMs: 0, answer: json(status, body) };
}

function logEntry(at: number, { id, date }: InventoryRequest): LoggedRequest {
  const asked = typeof date === 'string' ? date : null;
  const target = { api: 'leap', experienceId: productId(id) ?? null, date: asked, lastDate: asked } as const;
  return { at, route: 'GET /inventory/:id', ...target, option: null, status: 0 };
}
