import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Clock, SystemClock } from './clock.js';
import { PeriodicJobs } from './periodic-jobs.js';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: SystemClock, useFactory: () => new SystemClock() },
    { provide: Clock, useExisting: SystemClock },
    PeriodicJobs,
  ],
  exports: [Clock, SystemClock, PeriodicJobs],
})
export class TimeModule {}
