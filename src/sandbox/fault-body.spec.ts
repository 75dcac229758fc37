import { describe, expect, it } from '@jest/globals';
import { FAULT_KINDS } from './fault.js';
import { faultFrom } from './fault-body.js';

const complaint = (body: unknown): string => {
  try {
    faultFrom(body);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('a fault asked for', () => {
  it('is taken with all its fields', () => {
    const scope = { api: 'octo', share: 0.5, experienceId: 14, date: '2025-04-03', times: 3, latencyMs: 20 };
    for (const kind of FAULT_KINDS.filter((each) => each !== 'status'))
      expect(faultFrom({ kind, ...scope })).toEqual({ kind, ...scope });
    expect(faultFrom({ kind: 'status', status: 429, body: null, ...scope })).toMatchObject({ status: 429, body: null });
  });

  it.each([
    [[], 'must be a JSON object'],
    [undefined, 'must be a JSON object'],
    [{}, 'kind must be one of latency, hang'],
    [{ kind: 'explode' }, 'kind must be one of'],
    [{ kind: 'status' }, 'status must be an HTTP status'],
    [{ kind: 'status', status: 99 }, 'status must be an HTTP status'],
    [{ kind: 'hang', status: 500 }, 'belong to the kind status'],
    [{ kind: 'hang', experienceID: 14 }, 'experienceID is unknown'],
    [{ kind: 'hang', toString: 1 }, 'toString is unknown'],
    [{ kind: 'hang', api: 'soap' }, 'api must be leap or octo'],
    [{ kind: 'hang', share: 2 }, 'share must be'],
    [{ kind: 'hang', date: '2025-02-30' }, 'date must be'],
    [{ kind: 'hang', times: 0 }, 'times must be'],
    [{ kind: 'hang', latencyMs: -1 }, 'latencyMs must be'],
  ])('is refused when it is %j', (body, why) => {
    expect(complaint(body)).toContain(why);
  });

  it('is told everything that is wrong with it at once', () => {
    expect(complaint({ kind: 'hang', share: 'half', times: 1.5 })).toMatch(/share must be .*; times must be/);
  });
});
