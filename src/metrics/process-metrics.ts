import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram } from 'prom-client';
import { ReadProblems, ResponseCache } from '../http/index.js';
import { FAILURE_KINDS } from '../inventory/index.js';
import { Notifications, ReadDatabase, STANDBY_STATES } from '../prisma/index.js';
import { Suppliers } from '../supplier/index.js';
import { LiveFeed, FetchEvents } from '../sync/index.js';
import { SystemClock } from '../time/index.js';
import { MetricsRegistry } from './metrics-registry.js';

/** The one that says most first. */
const OUTCOMES = ['changed', 'failed', 'refused', 'unconfirmed', 'superseded', 'unchanged'] as const;
const SUPPLIER_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const HTTP_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What this process does, counted as it is done, or looked up at the scrape where it is at hand. */
@Injectable()
export class ProcessMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: MetricsRegistry,
    private readonly events: FetchEvents,
    private readonly suppliers: Suppliers,
    private readonly cache: ResponseCache,
    private readonly problems: ReadProblems,
    private readonly notifications: Notifications,
    private readonly reads: ReadDatabase,
    private readonly feed: LiveFeed,
    private readonly systemClock: SystemClock,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    this.countRequests();
    this.countReads();
    this.logReplica();
    this.timeAnswers();
    const registers = [this.metrics.registry];
    const { notifications, feed, systemClock } = this;
    new Gauge({
      name: 'slotmirror_notifications_connected',
      help: 'Whether the notifications of the database arrive: while they do not, nothing is served from memory',
      registers,
      collect() {
        this.set(notifications.connected ? 1 : 0);
      },
    });
    new Gauge({
      name: 'slotmirror_live_listeners',
      help: 'Consoles that follow this process',
      registers,
      collect() {
        this.set(feed.watching);
      },
    });
    new Gauge({
      name: 'slotmirror_clock_ahead_seconds',
      help: 'How far the wall clock of this machine is ahead of that of the database, which counts',
      registers,
      collect() {
        this.set(systemClock.wallAheadMs / 1_000);
      },
    });
    new Gauge({
      name: 'slotmirror_build_info',
      help: 'Always 1; the labels tell what runs',
      labelNames: ['node'],
      registers,
    }).set({ node: process.version }, 1);
  }

  private countRequests(): void {
    const registers = [this.metrics.registry];
    const requests = new Counter({
      name: 'slotmirror_supplier_requests_total',
      help: 'Requests to suppliers by outcome; changed and unchanged were recorded',
      labelNames: ['supplier', 'outcome'],
      registers,
    });
    const failures = new Counter({
      name: 'slotmirror_supplier_failures_total',
      help: 'Requests to suppliers that failed, by what the failure was',
      labelNames: ['supplier', 'reason'],
      registers,
    });
    const seconds = new Histogram({
      name: 'slotmirror_supplier_request_duration_seconds',
      help: 'From sending a request to the supplier until its answer was recorded',
      buckets: SUPPLIER_SECONDS,
      registers,
    });
    for (const { name: supplier } of this.suppliers.all) {
      for (const outcome of OUTCOMES) requests.inc({ supplier, outcome }, 0);
      for (const reason of FAILURE_KINDS) failures.inc({ supplier, reason }, 0);
    }
    this.events.onFetched(({ supplier, days, seconds: took }) => {
      // Of a request for several days, the outcome that says most.
      const outcome = OUTCOMES.find((each) => days.some((day) => day.outcome === each));
      if (outcome !== undefined) requests.inc({ supplier, outcome });
      const reason = days.find((day) => day.reason !== null)?.reason;
      if (reason) failures.inc({ supplier, reason });
      seconds.observe(took);
    });
  }

  private countReads(): void {
    const registers = [this.metrics.registry];
    const { cache } = this;
    new Counter({
      name: 'slotmirror_reads_total',
      help: 'Public reads, by whether they were answered from memory or computed',
      labelNames: ['source'],
      registers,
      collect() {
        const { hits, misses } = cache.counts;
        this.reset();
        this.inc({ source: 'memory' }, hits);
        this.inc({ source: 'computed' }, misses);
      },
    });
    new Gauge({
      name: 'slotmirror_response_cache_bytes',
      help: 'What finished answers take in memory',
      registers,
      collect() {
        this.set(cache.counts.bytes);
      },
    });
    new Gauge({
      name: 'slotmirror_response_cache_answers',
      help: 'Finished answers in memory',
      registers,
      collect() {
        this.set(cache.counts.responses);
      },
    });
  }

  private logReplica(): void {
    const registers = [this.metrics.registry];
    const { reads } = this;
    new Counter({
      name: 'slotmirror_database_reads_total',
      help: 'Statements for public reads, by the database that answered',
      labelNames: ['database'],
      registers,
      collect() {
        this.reset();
        this.inc({ database: 'primary' }, reads.counts.primary);
        this.inc({ database: 'replica' }, reads.counts.replica);
      },
    });
    new Gauge({
      name: 'slotmirror_read_replica_state',
      help: '1 for the state that the read replica is in; absent where there is none',
      labelNames: ['state'],
      registers,
      collect() {
        const is = reads.replicaReport?.state;
        if (is) for (const state of STANDBY_STATES) this.set({ state }, state === is ? 1 : 0);
      },
    });
    new Gauge({
      name: 'slotmirror_read_replica_lag_seconds',
      help: 'How long ago the primary wrote what the read replica lacks; absent while that is not known',
      labelNames: [],
      registers,
      collect() {
        const lag = reads.replicaReport?.lagSeconds ?? null;
        if (lag === null) this.remove();
        else this.set(lag);
      },
    });
  }

  /** Reads that succeed on the fast path are counted above. */
  private timeAnswers(): void {
    const seconds = new Histogram({
      name: 'slotmirror_http_request_duration_seconds',
      help: 'Responses by route. Reads that succeed on the fast path are in slotmirror_reads_total',
      labelNames: ['method', 'route', 'status'],
      buckets: HTTP_SECONDS,
      registers: [this.metrics.registry],
    });
    const observe = (method: string, route: string, status: number, elapsedMs: number) => {
      seconds.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, elapsedMs / 1_000);
    };
    this.problems.on(({ method, route, status, elapsedMs }) => {
      observe(method, route, status, elapsedMs);
    });
    // Without HTTP (a backfill from the command line) there is no adapter, whatever its type says, and nothing to time.
    const adapter = this.host.httpAdapter as HttpAdapterHost['httpAdapter'] | null;
    adapter?.getInstance<FastifyInstance>().addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      if (!isWaiting(route, request.url)) observe(request.method, route, reply.statusCode, reply.elapsedTime);
      done();
    });
  }
}

/** Streams have no end, and a request that waits for a change says nothing of the server by its time. */
function isWaiting(route: string, url: string): boolean {
  return /\/(events|stream)$/.test(route) || (route.endsWith('/changes') && url.includes('wait='));
}
