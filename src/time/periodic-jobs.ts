import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';

/** How often a job runs. `end`: once, when the process stops. */
export type Period = '1s' | '2s' | '5s' | '1m' | 'end';

interface Schedule {
  readonly periods: readonly Period[];
  /** What the job does, for the log. */
  readonly what: string;
}

/**
 * Marks a method of a provider as a periodic job, so that each module brings its own. The SyncService runs them. A job that
 * fails is logged and runs again at its next time. A job must bear to run on several replicas at once.
 */
export const Every = DiscoveryService.createDecorator<Schedule>();

export interface PeriodicJob {
  readonly what: string;
  readonly run: () => Promise<void>;
}

/** Finds the methods that are marked with `Every`. */
@Injectable()
export class PeriodicJobs {
  private found: readonly (PeriodicJob & Schedule)[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  of(period: Period): readonly PeriodicJob[] {
    this.found ??= this.find();
    return this.found.filter((job) => job.periods.includes(period));
  }

  private find(): (PeriodicJob & Schedule)[] {
    const providers = this.discovery.getProviders().filter((provider) => provider.isDependencyTreeStatic());
    return providers.flatMap((provider) => {
      const instance = provider.instance as Record<string, () => Promise<void>> | null | undefined;
      // A provider that is another name of a class (useExisting) has no methods of its own.
      if (typeof instance !== 'object' || instance === null || provider.isAlias) return [];
      return this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((name) => {
        const schedule = this.discovery.getMetadataByDecorator(Every, provider, name);
        return schedule ? [{ ...schedule, run: async () => instance[name]?.() }] : [];
      });
    });
  }
}
