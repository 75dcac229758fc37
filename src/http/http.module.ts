import { Global, Logger, Module } from '@nestjs/common';
import { ServerSettings } from '../config/index.js';
import { AdminKeys } from './admin-keys.js';
import { AdminGuard } from './admin.guard.js';
import { Drain } from './drain.js';
import { HelloController } from './hello.controller.js';
import { ClientRateLimit } from './client-rate-limit.js';
import { ReadProblems } from './read-problems.js';
import { ResponseCache } from './response-cache.js';

@Global()
@Module({
  controllers: [HelloController],
  providers: [
    {
      provide: AdminKeys,
      inject: [ServerSettings],
      useFactory: (settings: ServerSettings) => {
        const logger = new Logger('AdminKey');
        return AdminKeys.load(settings, (line) => {
          logger.warn(line);
        });
      },
    },
    AdminGuard,
    ResponseCache,
    ClientRateLimit,
    ReadProblems,
    Drain,
  ],
  exports: [AdminKeys, AdminGuard, ResponseCache, ClientRateLimit, ReadProblems, Drain],
})
export class HttpModule {}
