import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Registry, type OpenMetricsContentType, type PrometheusContentType } from 'prom-client';
import { workerId } from '../cluster/index.js';

export interface Scrape {
  readonly contentType: string;
  readonly text: string;
}

/** The metrics of this application; each has its own, as several may live in one process. */
@Injectable()
export class MetricsRegistry {
  readonly registry = new Registry<OpenMetricsContentType | PrometheusContentType>();
  private begun = false;
  private last: Promise<unknown> = Promise.resolve();

  constructor() {
    // Of several processes on one port each scrape meets one: its series are told apart.
    const worker = workerId();
    if (worker !== undefined) this.registry.setDefaultLabels({ worker: String(worker) });
  }

  /** In OpenMetrics or in Prometheus' older text format. One after the other: the format belongs to the registry. */
  scrape(openMetrics: boolean): Promise<Scrape> {
    const scrape = this.last.then(() => this.read(openMetrics));
    this.last = scrape.catch(() => undefined);
    return scrape;
  }

  private async read(openMetrics: boolean): Promise<Scrape> {
    if (!this.begun) {
      // What watches the process costs something: nobody pays who does not scrape.
      collectDefaultMetrics({ register: this.registry });
      this.begun = true;
    }
    const type = openMetrics ? Registry.OPENMETRICS_CONTENT_TYPE : Registry.PROMETHEUS_CONTENT_TYPE;
    this.registry.setContentType(type);
    const names = this.registry.getMetricsAsArray().map((metric) => [metric, metric.name] as const);
    const text = await this.registry.metrics();
    // prom-client 15 takes "_total" from the counters' names for OpenMetrics, and never gives it back.
    for (const [metric, name] of names) metric.name = name;
    return { contentType: type, text };
  }
}
