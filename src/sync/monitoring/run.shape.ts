import * as s from '../../schema/index.js';

export const RUNS_LIMIT = { most: 200, usual: 50 } as const;

/** What one instance did within a minute, or until it had nothing to do. */
export const run = s.named(
  'Run',
  s.object({
    id: s.text(undefined, '812'),
    instance: s.text('The process', 'host-1:4711:9f2c11aa'),
    startedAt: s.instant(),
    finishedAt: s.orNull(s.instant(), 'Null: it goes on, or its process was killed', (day) => day.at(1)),
    durationSeconds: s.orNull(s.number(), undefined, 60),
    requested: s.count(undefined, 30),
    changed: s.count(undefined, 4),
    unchanged: s.count(undefined, 25),
    failed: s.count(undefined, 1),
    refused: s.count(),
  }),
);

export const runPage = s.named('RunList', s.object({ runs: s.list(run), nextCursor: s.nextCursor }));

export type RunReport = s.TypeOf<typeof run>;
export type RunPage = s.TypeOf<typeof runPage>;
