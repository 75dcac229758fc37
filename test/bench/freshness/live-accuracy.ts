import type { Client } from 'pg';
import type { Scope } from '../scope.js';
import { minus, type AccuracyWindow, type Sums } from './accuracy-windows.js';
import type { Answered, Read } from './live-reads.js';

interface SeenRead {
  readonly fresh: boolean;
}

const LOOK_MS = 20;
const CHANNEL = 'slotmirror_day';

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
