import { type Answer, json, type TimedAnswer } from '../answer.js';
import type { Faults } from '../faults.js';
import { faultyAnswer } from '../faulty-answer.js';
import type { RateLimit } from '../rate-limit.js';
import type { LoggedRequest, RequestLog } from '../request-log.js';
import { OCTO } from './octo-dialect.js';
import { OctoError } from './octo-error.js';
import { keyError } from './octo-key.js';
import { limitHeaders, tooManyRequests } from './octo-limit.js';
import { octoTarget } from './octo-target.js';
import type { Plan } from './plan.js';

export interface OctoRequest {
  route: string;
  authorization: string | undefined;
  /** The product that the path names. */
  pathId: string | undefined;
  body: unknown;
  /** Headers that go back with whatever is answered. */
  echoed: Readonly<Record<string, string>>;
}

/** Decides what an OCTO request gets: first the key is looked at, then the limit, then what is asked for, and then the faults. */
export class OctoAnswers {
  constructor(
    private readonly parts: { faults: Faults; limit: RateLimit; log: RequestLog; now: () => number },
    private readonly apiKey: string | undefined,
  ) {}

  answer(request: OctoRequest, plan: () => Plan): TimedAnswer {
    const at = this.parts.now();
    const target = octoTarget(request.pathId, request.body);
    const entry: LoggedRequest = { at, route: request.route, ...target, status: 0 };
    this.parts.log.add(entry);
    const { waitMs, answer } = this.decide(request, entry, plan);
    entry.status = answer.status;
    return { waitMs, answer: { ...answer, headers: { ...request.echoed, ...answer.headers } } };
  }

  private decide(request: OctoRequest, entry: LoggedRequest, plan: () => Plan): TimedAnswer {
    const wrongKey = keyError(request.authorization, this.apiKey);
    if (wrongKey !== undefined) return atOnce(wrongKey.answer());
    const { limit } = this.parts;
    const decision = limit.take(entry.at);
    const headers = limitHeaders(limit, decision, entry.at);
    if (!decision.accepted) return atOnce(tooManyRequests().answer(headers));
    const { waitMs, answer } = this.withFaults(entry, plan);
    return { waitMs, answer: { ...answer, headers: { ...headers, ...answer.headers } } };
  }

  private withFaults(entry: LoggedRequest, plan: () => Plan): TimedAnswer {
    try {
      const right = plan();
      const { waitMs, fault } = this.parts.faults.draw(entry);
      if (fault === undefined) return { waitMs, answer: json(right.status ?? 200, right.body()) };
      return { waitMs, answer: faultyAnswer(fault, { ...right, now: entry.at }, OCTO) };
    } catch (error) {
      if (error instanceof OctoError) return atOnce(error.answer());
      throw error;
    }
  }
}

function atOnce(answer: Answer): TimedAnswer {
  return { waitMs: 0, answer };
}
