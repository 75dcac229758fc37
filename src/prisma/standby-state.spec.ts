import { describe, expect, it } from '@jest/globals';
import { ReplayLag, standbyState, type Position } from './standby-state.js';

const SYSTEM = '7000';
const standbyAt = (position: bigint | null, of: Partial<Position> = {}): Position => ({
  ...{ system: SYSTEM, standby: true, position },
  ...of,
});
const primaryAt = (position: bigint, system = SYSTEM) => ({ system, standby: false, position });

describe('a read replica', () => {
  it.each([
    ['serving', standbyAt(100n), primaryAt(120n), 100n],
    ['serving', standbyAt(120n), primaryAt(120n), 100n],
    ['behind', standbyAt(99n), primaryAt(120n), 100n],
    ['behind', standbyAt(null), primaryAt(120n), 100n],
    ['unchecked', standbyAt(100n), primaryAt(120n), undefined],
    ['not_standby', standbyAt(100n, { standby: false }), primaryAt(120n), 100n],
    ['other_database', standbyAt(100n), primaryAt(120n, '7001'), 100n],
    ['other_database', standbyAt(121n), primaryAt(120n), 100n],
    // The primary is gone: what it had written is all there is.
    ['serving', standbyAt(100n), undefined, 100n],
    ['behind', standbyAt(99n), undefined, 100n],
    ['unchecked', standbyAt(99n), undefined, undefined],
  ] as const)('is %s: %j beside %j, where %s is needed', (state, standby, primary, needed) => {
    expect(standbyState(standby, primary, needed)).toBe(state);
  });
});

describe('the lag of a read replica', () => {
  it('is the time since the primary wrote the first of what it lacks', () => {
    const lag = new ReplayLag();
    lag.note(100n, 0);
    lag.note(100n, 1_000);
    lag.note(200n, 2_000);
    lag.note(300n, 3_000);
    // Nobody knows when that was written.
    expect(lag.of(50n, 4_000)).toBeNull();
    expect(lag.of(100n, 5_000)).toBe(3_000);
    expect(lag.of(250n, 6_000)).toBe(3_000);
    expect(lag.of(300n, 99_000)).toBe(0);
  });

  it('keeps no more samples than it may, and the oldest of them', () => {
    const lag = new ReplayLag();
    for (let i = 1; i <= 10_000; i++) lag.note(BigInt(i), i);
    expect(lag.of(1n, 10_001)).toBe(9_999);
    expect(lag.of(600n, 10_001)).toBe(0);
  });
});
