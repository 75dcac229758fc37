import { describe, expect, it } from '@jest/globals';
import { SystemClock, type MachineClocks } from './clock.js';

const SECOND = 1_000;
const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T04:00:00.000Z');

/** A machine whose clocks a test moves; asking the database takes `roundTripMs`. */
class Machine implements MachineClocks {
  private steadyMs = 5;
  private wallMs = START;
  databaseAheadMs = 0;
  roundTripMs = 0;
  readonly clock = new SystemClock(this);

  wall = (): number => this.wallMs;
  steady = (): number => this.steadyMs;

  pass(ms: number): void {
    this.steadyMs += ms;
    this.wallMs += ms;
  }

  setWall(byMs: number): void {
    this.wallMs += byMs;
    this.databaseAheadMs -= byMs;
  }

  /** The steady clock stands still meanwhile. */
  suspend(ms: number): void {
    this.wallMs += ms;
  }

  /** What a database read at the middle of the round trip tells. */
  align(): Promise<void> {
    return this.clock.alignWith(() => {
      this.pass(this.roundTripMs / 2);
      const told = this.wallMs + this.databaseAheadMs;
      this.pass(this.roundTripMs / 2);
      return Promise.resolve(told);
    });
  }

  /** How far the clock is from the database's. */
  get wrongMs(): number {
    return this.clock.now().getTime() - this.wallMs - this.databaseAheadMs;
  }
}

describe('SystemClock', () => {
  it('is the machine’s as long as nobody told it better', () => {
    const machine = new Machine();
    machine.setWall(HOUR);
    expect(machine.clock.now().getTime()).toBe(START + HOUR);
    expect(machine.clock.unsure).toBe(false);
    expect(Math.abs(new SystemClock().now().getTime() - Date.now())).toBeLessThan(SECOND);
  });

  it.each([60 * SECOND, -60 * SECOND, 90 * HOUR])('is that of a database that is %d ms ahead', async (ahead) => {
    const machine = new Machine();
    machine.databaseAheadMs = ahead;
    machine.roundTripMs = 30;
    await machine.align();
    machine.pass(HOUR);
    expect(machine.wrongMs).toBe(0);
    expect(machine.clock.wallAheadMs).toBe(-ahead);
    await machine.align();
    expect(machine.wrongMs).toBe(0);
  });

  it('takes a difference within the round trip for none', async () => {
    const machine = new Machine();
    [machine.databaseAheadMs, machine.roundTripMs] = [18, 40];
    await machine.align();
    expect(machine.clock.wallAheadMs).toBe(0);
  });

  it.each([2 * HOUR, -2 * HOUR])('goes on as before when the machine’s is set by %d ms, and is unsure', async (by) => {
    const machine = new Machine();
    await machine.align();
    machine.setWall(by);
    machine.pass(SECOND);
    expect(machine.clock.now().getTime()).toBe(START + SECOND);
    expect(machine.clock.unsure).toBe(true);
    await machine.align();
    expect([machine.clock.unsure, machine.wrongMs, machine.clock.wallAheadMs]).toEqual([false, 0, by]);
  });

  it('is unsure after the machine was suspended, and right again after it asked', async () => {
    const machine = new Machine();
    await machine.align();
    machine.suspend(HOUR);
    expect(machine.clock.unsure).toBe(true);
    let told = 0;
    machine.clock.onSet(() => told++);
    await machine.align();
    expect([machine.clock.unsure, machine.wrongMs, told]).toEqual([false, 0, 1]);
  });

  it('tells when it was set, and not when it was only adjusted', async () => {
    const machine = new Machine();
    await machine.align();
    const told: number[] = [];
    machine.clock.onSet(() => told.push(machine.wrongMs));
    machine.databaseAheadMs = 400;
    await machine.align();
    expect(told).toEqual([]);
    machine.databaseAheadMs = -2 * HOUR;
    await machine.align();
    expect(told).toEqual([0]);
  });

  it('stays as it was when the database does not answer', async () => {
    const machine = new Machine();
    machine.databaseAheadMs = HOUR;
    await machine.align();
    await expect(machine.clock.alignWith(() => Promise.reject(new Error('out of reach')))).rejects.toThrow(
      'out of reach',
    );
    expect(machine.wrongMs).toBe(0);
  });
});
