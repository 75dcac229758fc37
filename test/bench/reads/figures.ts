import { ratioOf, Samples } from '../measure.js';
import type { Options } from '../options.js';
import { compare, type BenchResult, type Detail } from '../report.js';
import { CONNECTIONS, POPULAR } from './cases.js';
import type { ServerProcess } from './child.js';
import type { Contest, Entrant } from './contest.js';
import type { LoadResult } from './load.js';
import { cpuMs, cpuMsBetween, cpuMsOfChildren, residentMegabytes } from './usage.js';

/** What a server and PostgreSQL have used so far. */
export interface Usage {
  readonly serverCpuMs: number;
  /** By process. */
  readonly postgresCpuMs: ReadonlyMap<number, number>;
  readonly megabytes: number;
}

/** Collects what the loads saw, and lays it out. */
export class ReadFigures {
  private readonly samples = new Samples();
  private readonly contests = new Set<Contest>();

  constructor(private readonly postmaster: number) {}

  async usage({ pid }: ServerProcess): Promise<Usage> {
    return {
      serverCpuMs: await cpuMs(pid),
      postgresCpuMs: await cpuMsOfChildren(this.postmaster),
      megabytes: await residentMegabytes(pid),
    };
  }

  add(contest: Contest, entrant: Entrant, result: LoadResult, before: Usage, after: Usage): void {
    this.contests.add(contest);
    const add = (what: string, value: number) => this.samples.add(keyOf(contest, entrant, what), value);
    add('rate', result.responses / result.seconds);
    add('p50', result.p50);
    add('p99', result.p99);
    add('load cpu', result.cpu * 100);
    add('bytes', result.bodyBytes);
    add('cpu', ((after.serverCpuMs - before.serverCpuMs) * 1_000) / result.responses);
    add('postgres cpu', (cpuMsBetween(before.postgresCpuMs, after.postgresCpuMs) * 1_000) / result.responses);
    add('megabytes', after.megabytes);
  }

  /** Ours by the first of the others, pair by pair, the median; undefined: it was not held. */
  ratio(contest: string, what: 'rate' | 'p99'): number | undefined {
    const held = [...this.contests].find(({ name }) => name === contest);
    const [ours, theirs] = held?.entrants ?? [];
    if (!held || !ours || !theirs) return undefined;
    const of = (entrant: Entrant) => this.samples.of(keyOf(held, entrant, what));
    return ratioOf(of(ours), of(theirs)).median;
  }

  result(options: Options, targets: Detail): BenchResult {
    return {
      bench: 'reads',
      notes: notesFor(options),
      unit: 'requests/s',
      comparisons: [...this.contests].flatMap((contest) => this.compared(contest)),
      details: [...[...this.contests].map((contest) => this.detail(contest)), targets],
    };
  }

  private compared(contest: Contest): BenchResult['comparisons'] {
    const [ours, ...others] = contest.entrants;
    const rates = (entrant: Entrant) => this.samples.of(keyOf(contest, entrant, 'rate'));
    return ours ? others.map((other) => compare(contest.name, rates(ours), other.name, rates(other))) : [];
  }

  private detail(contest: Contest): Detail {
    const rows = contest.entrants.map((entrant) => {
      const of = (what: string) => this.samples.spread(keyOf(contest, entrant, what));
      const rate = of('rate');
      return {
        server: entrant.name,
        'requests/s': rate.median,
        least: rate.least,
        most: rate.most,
        'p50 ms': of('p50').median,
        'p99 ms': of('p99').median,
        'CPU µs': of('cpu').median,
        'PG µs': of('postgres cpu').median,
        'load %': of('load cpu').median,
        'resident MB': of('megabytes').median,
        bytes: Math.round(of('bytes').median),
      };
    });
    return { title: contest.name, rows };
  }
}

function notesFor({ runs, seconds, experiences }: Options): readonly string[] {
  return [
    `GET over HTTP from another process, ${CONNECTIONS} connections, one request at a time each; ${experiences} experiences × 61 days of`,
    `12 slots × 3 pax types, the sync paused; ${runs} × ${seconds} s of load each after a warm-up, the servers alternating. All answer the`,
    `same bodies (compared). "Cached": ${POPULAR} popular answers, which fit into the cache; the servers "from memory" write the same header`,
    'bytes too (compared, but for max-age and request id), made beforehand. "A miss": any answer, with RESPONSE_CACHE_MB=0; there ours writes its usual',
    'headers (MISSES_PER_MINUTE counts, but refuses none) and Fastify + pg only type and ETag; both have 8 connections. Requests for one URL at the same instant share a read in ours:',
    'of days hardly any, of calendars up to 31 in as many as there are experiences. Recorded are all days in turn, in random order, one',
    'each 10 ms, by leasing and DayRepository in another process. Memory: the most that is resident in the last 30 of 60 s of any reads;',
    'it is flat when the mean of the last 10 s is at most 5 % above that of 20 s before. The start is from spawning the process, with an',
    'embedded database as it was closed in order, to a 200 for the slots of a day.',
    '"CPU µs": of the server\'s process per answer; "PG µs": of PostgreSQL per answer; "load %": of one core, used by the load itself:',
    'near 100 it is what limits. "Bytes": of an answer, head included.',
  ];
}

function keyOf(contest: Contest, entrant: Entrant, what: string): string {
  return `${contest.name}/${entrant.name}/${what}`;
}
