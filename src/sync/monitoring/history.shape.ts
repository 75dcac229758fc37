import * as s from '../../schema/index.js';

const point = s.object(
  {
    at: s.instant(),
    changed: s.count(undefined, 4),
    unchanged: s.count(undefined, 25),
    failed: s.count(undefined, 1),
    refused: s.count(),
    reads: s.count(undefined, 8_100),
    hits: s.count('Those of the reads that were answered from memory', 8_000),
    days: s.orNull(s.number(), 'Days that are fetched or fresh; null: not measured', 122),
    freshDays: s.orNull(s.number(), 'Those of them that were fresh', 122),
    ageP50Seconds: s.orNull(s.number(), undefined, 1_800),
    ageP95Seconds: s.orNull(s.number(), undefined, 10_400),
  },
  'What all replicas did within `stepSeconds` from `at` on',
);

/** `GET /api/v1/sync/history` */
export const history = s.named(
  'History',
  s.object({
    range: s.oneOf(['hour', 'day']),
    stepSeconds: s.count(undefined, 60),
    points: s.list(point, 'Oldest first; a step of which nothing is known has none'),
  }),
);

export type HistoryPoint = s.TypeOf<typeof point>;
export type History = s.TypeOf<typeof history>;
