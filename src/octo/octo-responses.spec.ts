import { describe, expect, it } from '@jest/globals';
import type { ResponseCache } from '../http/index.js';
import type { DayEvents } from '../inventory/index.js';
import { OctoResponses } from './octo-responses.js';

describe('the answers to resellers in the response cache', () => {
  it('are forgotten with the days of their experience, and those about none take no memory', () => {
    const forgotten: string[] = [];
    let change: (experienceId: number) => void = () => undefined;
    const cache = { forget: (key: string) => forgotten.push(key) } as unknown as ResponseCache;
    const events = {
      onConfirmed: () => undefined,
      onExperience: (listener: typeof change) => (change = listener),
      onLost: () => undefined,
    } as unknown as DayEvents;
    const responses = new OctoResponses(cache, events);
    responses.add(14, 'a');
    responses.add(14, 'b');
    responses.add(99, 'c');
    responses.forget(99);
    forgotten.length = 0;
    change(99);
    change(14);
    expect(forgotten).toEqual(['a', 'b']);
  });
});
