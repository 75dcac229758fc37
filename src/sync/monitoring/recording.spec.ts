import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { TestClock } from '../../../test/setup/test-clock.js';
import { Recording } from './recording.js';

const FULL = Object.assign(new pg.DatabaseError('could not extend file', 0, 'error'), { code: '53100' });

describe('whether answers can be recorded', () => {
  it('is judged by the claims of each supplier, from the second failure in a row on', () => {
    const clock = new TestClock('2026-03-02T04:00:00.000Z');
    const recording = new Recording(clock);
    recording.failed('leap', FULL);
    recording.worked('paused');
    expect(recording.troubleOf('leap')).toBeNull();
    clock.advance(1_000);
    recording.failed('leap', FULL);
    recording.worked('paused');
    const since = new Date('2026-03-02T04:00:00.000Z');
    expect(recording.troubleOf('leap')).toMatchObject({ code: 'database_full', since });
    expect(recording.troubleOf('paused')).toBeNull();
    expect(recording.troubleBy(new Error('x'))).toMatchObject({ code: 'database_full', since });
    expect(recording.worked('leap')).toMatchObject({ since });
    expect([recording.troubleOf('leap'), recording.workedAgainAt('leap')]).toEqual([null, clock.now()]);
    expect(recording.workedAgainAt('paused')).toBeNull();
  });
});
