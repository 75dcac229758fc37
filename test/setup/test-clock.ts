import { Clock } from '../../src/time/index.js';

/** A clock that stands still until a test moves it. */
export class TestClock extends Clock {
  private instant: number;

  constructor(start: string | Date = '2026-03-02T04:00:00.000Z') {
    super();
    this.instant = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.instant);
  }

  set(instant: string | Date): void {
    this.instant = new Date(instant).getTime();
  }

  advance(ms: number): void {
    this.instant += ms;
  }

  /** As the database's clock does when somebody sets it. */
  jump(ms: number): void {
    this.advance(ms);
    this.emitSet();
  }
}
