import type { Client } from 'pg';

import { auditedOf, figuresOf } from '../../../src/sync/accuracy/accuracy-figures.js';
import type { Truth } from '../../../src/sync/accuracy/read-truth.js';
import type { Scope } from '../scope.js';
import type { Answered, Read } from './live-reads.js';

type Sums = Truth & { readonly audits: number; readonly trueAudits: number };

/** What the service measured between two times that it stored, and what the same reads saw. */
export interface AccuracyWindow {
  readonly second: number;
  readonly measured: Sums;
  readonly reads: number;
  readonly fresh: number;
}

interface SeenRead {
  readonly fresh: boolean;
}

const LOOK_MS = 20;
const CHANNEL = 'slotmirror_day';
/** The start of a second is not a window. */
const FEWEST_READS = 20;

/**
 * Compares what the service measures with what its readers saw. A read is judged by the next confirmation of its day, of which
 * the database notifies; the sums grow when the service stores them, every five seconds.
 */
export class LiveAccuracy {
  readonly windows: AccuracyWindow[] = [];
  private readonly waiting = new Map<string, SeenRead[]>();
  private judged: SeenRead[] = [];
  private before: Sums | undefined;
  private readonly start = performance.now();

  private constructor(private readonly client: Client) {}

  static async begin(scope: Scope, client: Client): Promise<LiveAccuracy> {
    const accuracy = new LiveAccuracy(client);
    client.on('notification', ({ payload = '' }) => {
      const [id, date] = payload.split(' ');
      accuracy.confirmed(`${id} ${date}`);
    });
    await client.query(`LISTEN ${CHANNEL}`);
    let looking = Promise.resolve();
    const timer = setInterval(() => (looking = looking.then(() => accuracy.look())), LOOK_MS);
    scope.defer(async () => {
      clearInterval(timer);
      await looking;
    });
    return accuracy;
  }

  saw({ id, date }: Pick<Read, 'id' | 'date'>, outcome: Answered['outcome']): void {
    if (outcome === 'unknown') return;
    const key = `${id} ${date}`;
    const reads = this.waiting.get(key) ?? [];
    reads.push({ fresh: outcome === 'fresh' });
    this.waiting.set(key, reads);
  }

  private confirmed(key: string): void {
    this.judged.push(...(this.waiting.get(key) ?? []));
    this.waiting.delete(key);
  }

  private async look(): Promise<void> {
    const { rows } = await this.client.query<Sums>(`
      SELECT coalesce(sum(reads), 0) AS reads, coalesce(sum(unchanged), 0) AS unchanged, coalesce(sum(measured), 0) AS measured,
        coalesce(sum(high), 0) AS high, coalesce(sum(variance), 0) AS variance,
        coalesce(sum(expected), 0) AS expected, coalesce(sum(audits), 0)::int AS audits,
        coalesce(sum(true_audits), 0)::int AS "trueAudits" FROM accuracy`);
    const [now] = rows;
    if (!now || now.reads === this.before?.reads) return;
    if (this.before) {
      const { judged } = this;
      const fresh = judged.filter((read) => read.fresh).length;
      const second = (performance.now() - this.start) / 1_000;
      this.windows.push({ second, measured: minus(now, this.before), reads: judged.length, fresh });
    }
    this.judged = [];
    this.before = now;
  }
}

/** A row of a table: how often the measured interval held the truth, and by how much it was off. */
export function accuracyRow(windows: readonly AccuracyWindow[]): Record<string, string | number> {
  const whole = windows.filter(({ reads, measured }) => Math.min(reads, measured.reads) >= FEWEST_READS);
  const places = whole.map(({ measured, reads, fresh }) => {
    const { lower, upper } = figuresOf(measured);
    if (lower === null || upper === null || fresh / reads < lower) return 'below';
    return fresh / reads > upper ? 'above' : 'held';
  });
  const count = (place: (typeof places)[number]) => places.filter((each) => each === place).length;
  const total = whole.map(({ measured }) => measured).reduce(plus, NO_SUMS);
  const seen = whole.reduce((sum, { reads }) => sum + reads, 0);
  const fresh = whole.reduce((sum, each) => sum + each.fresh, 0);
  const { measured, lower, upper, certain, expected } = figuresOf(total);
  const audited = auditedOf(total);
  return {
    windows: whole.length,
    'held the truth': count('held'),
    'truth below': count('below'),
    'truth above': count('above'),
    'reads, ours': seen,
    judged: Math.round(total.reads),
    true: fresh / seen,
    measured: measured ?? NaN,
    interval: `${lower}–${upper}`,
    certain: certain ?? NaN,
    expected: expected ?? NaN,
    audited: audited ? `${audited.share} (${audited.lower}–${audited.upper})` : 'none',
  };
}

const NO_SUMS: Sums = {
  ...{ reads: 0, unchanged: 0, measured: 0, high: 0, variance: 0, expected: 0 },
  ...{ audits: 0, trueAudits: 0 },
};

function plus(a: Sums, b: Sums): Sums {
  return combined(a, b, 1);
}

function minus(a: Sums, b: Sums): Sums {
  return combined(a, b, -1);
}

function combined(a: Sums, b: Sums, sign: 1 | -1): Sums {
  const names = Object.keys(NO_SUMS) as (keyof Sums)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + sign * b[name]])) as unknown as Sums;
}
