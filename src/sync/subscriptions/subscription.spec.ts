import { describe, expect, it } from '@jest/globals';
import { afterAnswer, afterFailure, isDue, nextStep, stateOf, type Step, type Subscription } from './subscription.js';

const NOW = new Date('2026-03-02T00:00:00Z');
const HOUR_MS = 3_600_000;
const NONE: Subscription = {
  ...{ id: null, address: null, stage: null, since: null, dueAt: null },
  ...{ failures: 0, error: null },
};
const SUBSCRIBED: Subscription = { ...NONE, id: 's', address: 'here', stage: 'subscribed', since: NOW };

const inMs = ({ dueAt }: Subscription): number => (dueAt?.getTime() ?? NOW.getTime()) - NOW.getTime();

describe('the next request for a subscription', () => {
  it.each<[string, Partial<Subscription>, string | null, Step | null]>([
    ['nothing is known', {}, 'here', 'discover'],
    ['the supplier offers none: ask again', { address: 'here', stage: 'not_offered' }, 'here', 'discover'],
    ['it offers them', { address: 'here', stage: 'offered' }, 'here', 'find'],
    ['it has none of ours', { address: 'here', stage: 'absent' }, 'here', 'subscribe'],
    ['it has one', SUBSCRIBED, 'here', 'check'],
    ['the address has changed', SUBSCRIBED, 'there', 'unsubscribe'],
    ['the address has changed before there was one', { address: 'here', stage: 'absent' }, 'there', 'discover'],
    ['none is to be subscribed any more', SUBSCRIBED, null, 'unsubscribe'],
    ['none is to be subscribed', {}, null, null],
  ])('%s', (_, known, address, step) => {
    expect(nextStep({ ...NONE, ...known }, address)).toBe(step);
  });

  it('comes when it is due', () => {
    expect([null, NOW, new Date(NOW.getTime() + 1)].map((dueAt) => isDue({ dueAt }, NOW))).toEqual([true, true, false]);
  });
});

describe('after an answer', () => {
  const answered = (...[known, answer]: [Subscription, Parameters<typeof afterAnswer>[1]]) =>
    afterAnswer(known, answer, 'here', NOW);

  it('a subscription comes to be in three requests at once, and is checked after an hour', () => {
    const offered = answered(NONE, { step: 'discover', yes: true });
    const absent = answered(offered, { step: 'find', id: null });
    const made = answered(absent, { step: 'subscribe', id: 's' });
    expect([offered, absent].map(({ dueAt }) => dueAt)).toEqual([null, null]);
    expect(made).toMatchObject({ id: 's', address: 'here', stage: 'subscribed', since: NOW });
    expect(inMs(made)).toBe(HOUR_MS);
  });

  it('one that the supplier has lost is looked for', () => {
    const lost = answered(SUBSCRIBED, { step: 'check', yes: false });
    expect(lost).toMatchObject({ id: 's', stage: 'offered', dueAt: null });
    expect(nextStep(lost, 'here')).toBe('find');
    expect(answered(lost, { step: 'find', id: 't' })).toMatchObject({ id: 't', stage: 'subscribed' });
    expect(answered(lost, { step: 'find', id: null })).toMatchObject({ id: null, stage: 'absent' });
  });

  it('one that the supplier neither shows nor lists is kept, and no other is made', () => {
    const lost = answered(SUBSCRIBED, { step: 'check', yes: false });
    const kept = answered(lost, { step: 'find', id: null, yes: false });
    expect(kept).toMatchObject({ id: 's', stage: 'subscribed' });
    expect(inMs(kept)).toBe(HOUR_MS);
    // Where there is none so far, one is made.
    const offered = answered(NONE, { step: 'discover', yes: true });
    expect(answered(offered, { step: 'find', id: null, yes: false })).toMatchObject({ id: null, stage: 'absent' });
  });

  it('one that is deleted leaves nothing, so that another process does not make it again', () => {
    expect(answered(SUBSCRIBED, { step: 'unsubscribe' })).toMatchObject({ id: null, address: null, stage: null });
  });

  it('its state began when it changed last', () => {
    const since = new Date(NOW.getTime() - HOUR_MS);
    expect(answered({ ...SUBSCRIBED, since }, { step: 'check', yes: true }).since).toBe(since);
    expect(answered({ ...SUBSCRIBED, since }, { step: 'check', yes: false }).since).toBe(NOW);
  });
});

describe('after a failure', () => {
  const failed = (known: Subscription, step: Step, address: string | null = 'here') =>
    afterFailure(known, { step, detail: 'why' }, address, NOW);

  it('the request is repeated, after twice as long each time, up to an hour', () => {
    const waits: number[] = [];
    let known = SUBSCRIBED;
    for (let i = 0; i < 9; i++) {
      known = failed(known, 'check');
      waits.push(inMs(known) / 60_000);
    }
    expect(waits).toEqual([0.5, 1, 2, 4, 8, 16, 32, 60, 60]);
    expect(known).toMatchObject({ id: 's', error: 'why' });
    expect(stateOf(known)).toBe('failing');
  });

  it('the address counts as tried, so that the wait holds for it', () => {
    expect(failed(NONE, 'discover')).toMatchObject({ address: 'here', stage: null });
    // Its answer may have been lost: it is looked for first.
    expect(nextStep(failed({ ...NONE, address: 'here', stage: 'absent' }, 'subscribe', 'here'), 'here')).toBe('find');
    expect(failed(SUBSCRIBED, 'unsubscribe', 'there')).toMatchObject({ id: 's', address: 'here' });
  });

  it('a subscription that cannot be deleted is left to the supplier in the end', () => {
    let known = SUBSCRIBED;
    for (let i = 0; i < 4; i++) known = failed(known, 'unsubscribe', null);
    expect(known.id).toBe('s');
    expect(failed(known, 'unsubscribe', null)).toMatchObject({ id: null, address: null, failures: 0 });
  });
});
