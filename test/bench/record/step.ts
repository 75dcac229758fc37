import type { Client } from 'pg';
import { Samples, secondsOf } from '../measure.js';
import { SLOTS_PER_DAY } from '../fixtures.js';

/** One thing that is measured. */
export interface Step {
  readonly name: string;
  /** How many days it stores. */
  readonly days: number;
  /** Not measured. */
  readonly prepare?: () => Promise<unknown>;
  readonly run: () => Promise<unknown>;
}

/** Runs steps; counts their statements where they arrive, in the server's own statistics. */
export class StepRunner {
  readonly slotsPerSecond = new Samples();
  readonly statementsPerDay = new Samples();

  constructor(private readonly client: Client) {}

  async start(): Promise<void> {
    await this.client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  }

  async run(step: Step, keep: boolean): Promise<void> {
    await step.prepare?.();
    // Every step begins right after a checkpoint, so none pays for the pages of another.
    await this.client.query('CHECKPOINT');
    await this.client.query('SELECT pg_stat_statements_reset()');
    const seconds = await secondsOf(step.run);
    const statements = await this.statements();
    if (!keep) return;
    this.slotsPerSecond.add(step.name, (step.days * SLOTS_PER_DAY) / seconds);
    this.statementsPerDay.add(step.name, statements / step.days);
  }

  private async statements(): Promise<number> {
    const { rows } = await this.client.query<{ calls: string }>(
      `SELECT coalesce(sum(calls), 0) AS calls FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'`,
    );
    return Number(rows[0]?.calls);
  }
}
