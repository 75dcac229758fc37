import { Controller, Get, Headers, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AccuracyGauges } from './accuracy-gauges.js';
import { DatabaseGauges } from './database-gauges.js';
import { MetricsRegistry } from './metrics-registry.js';

/** For Prometheus, and whoever reads its formats. */
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: MetricsRegistry,
    private readonly gauges: DatabaseGauges,
    private readonly accuracy: AccuracyGauges,
  ) {}

  @Get()
  async scrape(@Headers('accept') accept: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    await Promise.all([this.gauges.refresh(), this.accuracy.refresh()]);
    const { contentType, text } = await this.metrics.scrape(/application\/openmetrics-text/.test(accept ?? ''));
    void reply.header('cache-control', 'no-store').header('content-type', contentType).send(text);
  }
}
