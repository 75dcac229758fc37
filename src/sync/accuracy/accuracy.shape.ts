import * as s from '../../schema/index.js';

export const RANGES = ['hour', 'day', 'week', 'month'] as const;
/** How many experiences are listed. */
export const WORST_LIMIT = { usual: 20, most: 200 } as const;

const figures = {
  reads: s.number('Reads that a confirmation has judged. A calendar is shared out among its dates', 8_412.5),
  measured: s.orNull(s.share(), 'The share of them that saw the truth; null: none was judged', 0.9521),
  lower: s.orNull(
    s.share(),
    'At least this share saw the truth, however often days change: the same as `certain`',
    0.9013,
  ),
  upper: s.orNull(s.share(), 'At most this share, with a probability of 95 %: each changed day changed once', 0.9643),
  certain: s.orNull(s.share(), 'The share that certainly saw the truth: of days that were confirmed unchanged', 0.9013),
  expected: s.orNull(s.share(), 'The share that should have seen it by the rates that schedule the fetches', 0.9498),
};

const audited = s.orNull(
  s.named(
    'AuditedDays',
    s.object({
      days: s.count(
        'Days drawn at random by their reads, and fetched whether they were due or not (`AUDIT_SHARE`)',
        431,
      ),
      unchanged: s.count('Those that were as mirrored: a random read saw the truth', 412),
      share: s.share(undefined, 0.9559),
      lower: s.share(
        'The share of all reads lies between `lower` and `upper` with a probability of 95 % (Wilson)',
        0.9322,
      ),
      upper: s.share(undefined, 0.9716),
    }),
  ),
  'What random audits found; null: there were none',
  { days: 431, unchanged: 412, share: 0.9559, lower: 0.9322, upper: 0.9716 },
);

const lead = s.object({
  from: s.count('Days ahead of today', 1),
  to: s.orNull(s.count(), 'The last of them; null: to the end of the window', 2),
  ...figures,
  audited,
});

/** `GET /api/v1/sync/accuracy` */
export const accuracy = s.named(
  'Accuracy',
  s.object({
    range: s.oneOf(RANGES, undefined, 'day'),
    from: s.instant('A full hour'),
    until: s.instant(),
    total: s.object({ ...figures, audited }),
    suppliers: s.list(
      s.object({
        supplier: s.text(undefined, 'leap'),
        ...figures,
        audited,
        leads: s.list(lead, 'By lead, nearest first'),
      }),
    ),
    experiences: s.list(
      s.object({ id: s.experienceId(), supplier: s.text(undefined, 'leap'), name: s.orNull(s.text()), ...figures }),
      'Those with most reads that did not see the truth first, of whole UTC days from that of `from` on',
    ),
  }),
);

export type Accuracy = s.TypeOf<typeof accuracy>;
export type AccuracyRange = Accuracy['range'];
export type AccuracyFigures = Omit<Accuracy['total'], 'audited'>;
export type AuditedDays = Accuracy['total']['audited'];
