import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';

@Global()
@Module({
  providers: [
    { provide: SystemClock, useFactory: () => new SystemClock() },
    { provide: Clock, useExisting: SystemClock },
  ],
  exports: [Clock, SystemClock],
})
export class TimeModule {}
