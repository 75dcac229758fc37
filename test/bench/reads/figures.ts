import { Samples } from '../measure.js';
import type { Options } from '../options.js';
import { compare, type BenchResult, type Detail } from '../report.js';
import type { ServerProcess } from './child.js';
import type { LoadResult } from './load.js';
import { CONNECTIONS, type ReadCase } from './targets.js';
import { cpuMs, cpuMsBetween, cpuMsOfChildren, residentMegabytes } from './usage.js';

/** What a server and PostgreSQL have used so far. */
export interface Usage {
  readonly serverCpuMs: number;
  /** By process. */
  readonly postgresCpuMs: ReadonlyMap<number, number>;
  readonly megabytes: number;
}

/** Collects what the loads saw, and lays it out. The first of the servers is ours. */
export class ReadFigures {
  private readonly samples = new Samples();

  constructor(
    readonly servers: readonly ServerProcess[],
    readonly cases: readonly ReadCase[],
    private readonly postmaster: number,
  ) {}

  async usage({ pid }: ServerProcess): Promise<Usage> {
    return {
      serverCpuMs: await cpuMs(pid),
      postgresCpuMs: await cpuMsOfChildren(this.postmaster),
      megabytes: await residentMegabytes(pid),
    };
  }

  add(readCase: ReadCase, server: ServerProcess, result: LoadResult, before: Usage, after: Usage): void {
    const add = (what: string, value: number) => this.samples.add(keyOf(readCase, server, what), value);
    add('rate', result.responses / result.seconds);
    add('p50', result.p50);
    add('p99', result.p99);
    add('load cpu', result.cpu * 100);
    add('bytes', result.bodyBytes);
    add('cpu', ((after.serverCpuMs - before.serverCpuMs) * 1_000) / result.responses);
    add('postgres cpu', (cpuMsBetween(before.postgresCpuMs, after.postgresCpuMs) * 1_000) / result.responses);
    add('megabytes', after.megabytes);
  }

  result(options: Options, capturedBytes: number): BenchResult {
    const [ours, ...competitors] = this.servers;
    if (!ours) throw new Error('no server was measured');
    const rates = (readCase: ReadCase, server: ServerProcess) => this.samples.of(keyOf(readCase, server, 'rate'));
    return {
      bench: 'reads',
      notes: [
        `GET over HTTP from another process, ${CONNECTIONS} connections, one request at a time each; ${options.experiences} experiences × 61 days of`,
        `12 slots × 3 pax types; ${options.runs} × ${options.seconds} s of load each after a warm-up, the servers taking turns. All answer the same bytes`,
        `(compared). "From memory" holds the ${Math.round(capturedBytes / 1e6)} MB of answers in its own memory. "CPU µs": of the server's process per`,
        'answer; "PG µs": of PostgreSQL per answer; "load %": of one core, used by the load itself: near 100 it is what limits.',
      ],
      unit: 'requests/s',
      comparisons: this.cases.flatMap((readCase) =>
        competitors.map((server) =>
          compare(readCase.name, rates(readCase, ours), server.name, rates(readCase, server)),
        ),
      ),
      details: this.cases.map((readCase) => this.detail(readCase)),
    };
  }

  private detail(readCase: ReadCase): Detail {
    const rows = this.servers.map((server) => {
      const of = (what: string) => this.samples.spread(keyOf(readCase, server, what));
      const rate = of('rate');
      return {
        server: server.name,
        'requests/s': rate.median,
        least: rate.least,
        most: rate.most,
        'p50 ms': of('p50').median,
        'p99 ms': of('p99').median,
        'CPU µs': of('cpu').median,
        'PG µs': of('postgres cpu').median,
        'load %': of('load cpu').median,
        'resident MB': of('megabytes').median,
      };
    });
    const bytes = this.servers[0] ? this.samples.spread(keyOf(readCase, this.servers[0], 'bytes')).median : NaN;
    return { title: `${readCase.name} (${Math.round(bytes)} bytes an answer, head included)`, rows };
  }
}

function keyOf(readCase: ReadCase, server: ServerProcess, what: string): string {
  return `${readCase.name}/${server.name}/${what}`;
}
