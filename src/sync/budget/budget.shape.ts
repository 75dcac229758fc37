import * as s from '../../schema/index.js';

const CIRCUIT_PHASES = ['closed', 'open', 'half_open'] as const;
export type CircuitPhase = (typeof CIRCUIT_PHASES)[number];

/** How often the supplier may be asked. */
export const budget = s.named(
  'Budget',
  s.object({
    requestsPerMinute: s.count('As configured', 30),
    effectiveRequestsPerMinute: s.number('What repeated refusals and the supplier’s quota leave of it now', 30),
    throttledUntil: s.orNull(
      s.instant(),
      'After repeated refusals: when the whole budget is used again; null: it is used now',
    ),
    usedThisMinute: s.count('Requests in the current clock minute', 12),
    usedLastMinute: s.count('Requests in the clock minute before', 30),
    nextAt: s.orNull(s.instant(), 'When the next request may be sent', (day) => day.at(0)),
    blockedUntil: s.orNull(s.instant(), 'The supplier refused: no request is sent before'),
    quota: s.orNull(
      s.object({ remaining: s.integer(undefined, 500), resetAt: s.instant() }),
      'What the supplier said that it still accepts, less the requests since; null: it names no quota',
    ),
    circuit: s.object({
      state: s.oneOf(CIRCUIT_PHASES, '`open`: no request is sent; `half_open`: one at a time, until one is answered'),
      failures: s.count('In a row'),
      retryAt: s.orNull(s.instant(), 'When a request may be sent to see whether the supplier answers again; null: now'),
    }),
  }),
);

export type BudgetReport = s.TypeOf<typeof budget>;
