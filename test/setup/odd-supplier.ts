import request from 'supertest';
import type { SyncStatus } from '../../src/sync/index.js';
import { LogCapture } from './log-capture.js';
import { SupplierStandIn, goodDay, type StandInAnswer, type StandInRequest } from './supplier-stand-in.js';
import { ADMIN_KEY, startTestApp, type TestApp } from './test-app.js';
import { TestClock } from './test-clock.js';

export interface OddSupplierOptions {
  readonly experiences: readonly number[];
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: TestClock;
  readonly logger?: LogCapture;
}

/** The shipped policy against a supplier that answers what the test says, on a clock that the test moves. */
export class OddSupplier {
  private constructor(
    readonly supplier: SupplierStandIn,
    readonly app: TestApp,
    readonly clock: TestClock,
    readonly log: LogCapture,
  ) {}

  static async start({
    experiences,
    env = {},
    clock = new TestClock(),
    logger = new LogCapture(),
  }: OddSupplierOptions) {
    const supplier = new SupplierStandIn(
      ({ date }) => ({ body: goodDay(date) }),
      () => clock.now().getTime(),
    );
    const url = await supplier.start();
    const served = { url, requests: () => supplier.requests() };
    const rate = { SUPPLIER_REQUESTS_PER_MINUTE: '300' };
    const settings = { MIN_VALUE: '0', EXPERIENCES: experiences.join(','), ...rate, ...env };
    return new OddSupplier(
      supplier,
      await startTestApp({ clock, supplier: served, logger, env: settings }),
      clock,
      logger,
    );
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.supplier.stop();
  }

  /** From now on some requests are answered otherwise; the rest with a good day. */
  answers(answer: (of: StandInRequest) => StandInAnswer | undefined): void {
    this.supplier.answers((of) => answer(of) ?? { body: goodDay(of.date) });
  }

  /** Lets time pass as the intervals of production would see it. */
  async run(seconds: number, stepMs = 500): Promise<void> {
    const end = this.clock.now().getTime() + seconds * 1_000;
    while (this.clock.now().getTime() < end) {
      this.clock.advance(stepMs);
      await this.app.sync.claim();
      await this.app.sync.settled();
    }
  }

  /** Has the day fetched as an admin does. */
  async fetch(experienceId: number, date: string): Promise<void> {
    this.clock.advance(1);
    await this.post(`/api/v1/experience/${experienceId}/days/${date}/refresh`).expect(202);
    await this.run(3, 1_100);
  }

  post(path: string) {
    return request(this.app.url).post(path).set('authorization', `Bearer ${ADMIN_KEY}`);
  }

  async slots(experienceId: number, date: string) {
    const answer = await this.get(`/api/v1/experience/${experienceId}/slots?date=${date}`);
    return { status: answer.status, headers: headersOf(answer), body: answer.body as Served };
  }

  async dates(experienceId: number) {
    const answer = await this.get(`/api/v1/experience/${experienceId}/dates`).expect(200);
    return { ...(answer.body as ServedCalendar), headers: headersOf(answer) };
  }

  async status(): Promise<SyncStatus> {
    const answer = await this.get('/api/v1/sync/status').expect(200);
    return answer.body as SyncStatus;
  }

  private get(path: string) {
    return request(this.app.url).get(path);
  }
}

function headersOf(answer: request.Response): Record<string, string> {
  return answer.headers;
}

interface Served {
  readonly asOf: string;
  readonly code?: string;
  readonly degraded: { readonly code: string; readonly since: string } | null;
  readonly slots: readonly (Record<string, unknown> & {
    readonly startTime: string;
    readonly remaining: number | null;
    readonly paxAvailability: readonly Record<string, unknown>[];
  })[];
}

interface ServedCalendar {
  readonly asOf: string | null;
  readonly staleAfter: string | null;
  readonly degraded: { readonly code: string; readonly dates: readonly string[] } | null;
  readonly unknown: readonly string[];
  readonly dates: readonly {
    readonly date: string;
    readonly price: { readonly finalPrice: number; readonly currencyCode: string };
    readonly remaining: number | null;
    readonly slots: number;
  }[];
}
