import { dayDocument, type DayDocument } from '../../../src/inventory/day-document.js';
import { SandboxSupplier } from '../../../src/sandbox/index.js';
import { readLeapAnswer } from '../../../src/supplier/leap/read-leap-answer.js';
import type { LocalDate } from '../../../src/time/index.js';
import type { Scope } from '../scope.js';

/** No rate limit of its own: each mirror keeps to its budget. */
const UNLIMITED = 1_000_000;

const NO_SECRET = { text: (text: string) => text, label: (text: string) => text };

/** How far the supplier's clock is set back. */
interface SandboxClock {
  behindMs: number;
}

/** A supplier that both mirrors ask over HTTP, whose truth can be looked up besides. */
export class LiveTruth {
  private constructor(
    private readonly sandbox: SandboxSupplier,
    private readonly clock: SandboxClock,
    readonly url: string,
    readonly ids: readonly number[],
  ) {}

  static async start(scope: Scope, options: { seed: number; experiences: number; speed: number }): Promise<LiveTruth> {
    const { seed, experiences, speed } = options;
    const clock: SandboxClock = { behindMs: 0 };
    const now = () => Date.now() - clock.behindMs;
    const sandbox = new SandboxSupplier({ seed, speed, now, products: experiences, requestsPerMinute: UNLIMITED });
    const url = await sandbox.start();
    scope.defer(() => sandbox.stop());
    return new LiveTruth(
      sandbox,
      clock,
      url,
      sandbox.products().map(({ id }) => id),
    );
  }

  /** The day at this instant, as the mirrors store it. */
  at(id: number, date: LocalDate): DayDocument {
    const body = JSON.stringify(this.sandbox.truth(id, date));
    return dayDocument(readLeapAnswer(body, { date, timeZone: 'Asia/Singapore' }, NO_SECRET).slots);
  }

  /** The day as it was so long ago. */
  before(id: number, date: LocalDate, ms: number): DayDocument {
    this.clock.behindMs = ms;
    try {
      return this.at(id, date);
    } finally {
      this.clock.behindMs = 0;
    }
  }
}
