import type * as page from '../../src/console/page/api-types.js';
import type * as status from '../../src/console/page/status-types.js';
import type { ExperienceReport } from '../../src/experience/experience-report.js';
import type { Slot } from '../../src/inventory/slot.js';
import type { DayDetail } from '../../src/sync/monitoring/day-details.js';
import type { DayMap } from '../../src/sync/monitoring/day-map.js';
import type { History } from '../../src/sync/monitoring/sync-history.js';
import type { BackfillReport } from '../../src/sync/backfill/backfill-report.js';
import type { RunReport } from '../../src/sync/monitoring/run-report.js';
import type { SyncState, SyncStatus } from '../../src/sync/monitoring/status-report.js';
import type { ErrorReport, OddityReport } from '../../src/sync/monitoring/trouble-report.js';

/**
 * The page is compiled for browsers, and has its own types of what the API tells: an import of the server's, even of types
 * alone, would bring the whole server, its decorators and Node's globals, into the page's compilation. Here the two are held
 * against each other: where the server tells something else than the page reads, `npm run types` fails.
 */
type Fits<Read, Told extends Read> = Told;

/** What the database gives as JSON is untold by the server's types. */
type Untyped = 'slots' | 'oddities';

export type Checked = [
  Fits<status.SyncState, SyncState>,
  Fits<status.SyncStatus, SyncStatus>,
  Fits<status.Failure, ErrorReport>,
  Fits<status.ProductOddity, OddityReport>,
  // Both ways: a state that only one of them knows would have no name, or never be.
  Fits<SyncState['state'], status.StateName>,
  Fits<page.DayMap, DayMap>,
  Fits<Omit<page.DayDetail, Untyped>, Omit<DayDetail, Untyped>>,
  Fits<page.Slot, Slot>,
  Fits<page.History, History>,
  Fits<page.Run, RunReport>,
  Fits<page.BackfillReport, BackfillReport>,
  Fits<page.Experience, ExperienceReport>,
];
