import { Global, Logger, Module } from '@nestjs/common';
import { ServerSettings } from '../config/index.js';
import { AdminKeys } from './admin-keys.js';
import { AdminGuard } from './admin.guard.js';
import { Drain } from './drain.js';
import { HelloController } from './hello.controller.js';
import { MissLimit } from './miss-limit.js';
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
    MissLimit,
    Drain,
  ],
  exports: [AdminKeys, AdminGuard, ResponseCache, MissLimit, Drain],
})
export class HttpModule {}
