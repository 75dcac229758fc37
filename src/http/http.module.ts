import { Global, Logger, Module } from '@nestjs/common';
import { ServerSettings } from '../config/index.js';
import { AdminKey } from './admin-key.js';
import { AdminGuard } from './admin.guard.js';
import { HelloController } from './hello.controller.js';
import { MissLimit } from './miss-limit.js';
import { ResponseCache } from './response-cache.js';

@Global()
@Module({
  controllers: [HelloController],
  providers: [
    {
      provide: AdminKey,
      inject: [ServerSettings],
      useFactory: (settings: ServerSettings) => {
        const logger = new Logger('AdminKey');
        return AdminKey.load(settings, (line) => {
          logger.warn(line);
        });
      },
    },
    AdminGuard,
    ResponseCache,
    MissLimit,
  ],
  exports: [AdminKey, AdminGuard, ResponseCache, MissLimit],
})
export class HttpModule {}
