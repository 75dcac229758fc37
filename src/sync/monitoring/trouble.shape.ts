import type { FailureKind } from '../../inventory/failure-kind.shape.js';
import type { OddityCode } from '../../inventory/oddity.shape.js';
import * as s from '../../schema/index.js';

const supplier = s.text('The name of the supplier', 'leap');
const dates = s.list(s.date(), 'The first of these days, at most seven');

/** What fails of one product for one cause. */
export const failure = s.named(
  'Failure',
  s.object({
    supplier,
    experienceId: s.experienceId(),
    date: s.date('The day that failed last'),
    dates,
    attempts: s.count('Failures in a row, of all its days that fail so', 2),
    error: s.text('`cause: what happened`, in the supplier’s own words', 'supplier_error: the supplier answered 500'),
    failedAt: s.instant('The last time', (day) => day.at(-10)),
    since: s.instant('The first time', (day) => day.at(-15)),
    retryAt: s.orNull(s.instant(), 'When the next of its days is tried; null: not before their dates are over', (day) =>
      day.at(10),
    ),
    cause: s.text('Stable: what happened', 'supplier_error' satisfies FailureKind),
    days: s.count('How many days fail so', 1),
    advice: s.text('What to do', 'Nothing to do here: the supplier fails. Ask it if this lasts.'),
  }),
);

/** What was odd about answers for one product that were accepted. */
export const oddity = s.named(
  'Oddity',
  s.object({
    supplier,
    experienceId: s.experienceId(),
    code: s.text('Stable: what was odd', 'negative_count' satisfies OddityCode),
    detail: s.text('Where it was seen last, and what was done', '[2].remaining: -2 was read as 0'),
    date: s.date('Where it was seen last'),
    dates,
    days: s.count(undefined, 1),
    slots: s.count(undefined, 1),
    since: s.instant(),
    seenAt: s.instant(),
    advice: s.text('What to do', 'Nothing to do: the slot counts as sold out.'),
  }),
);

export type ErrorReport = s.TypeOf<typeof failure>;
export type OddityReport = s.TypeOf<typeof oddity>;
