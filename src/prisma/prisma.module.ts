import { Global, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseSettings } from '../config/index.js';
import { Database } from './database.js';
import { PrismaService } from './prisma.service.js';

@Global()
@Module({
  providers: [
    {
      provide: Database,
      inject: [DatabaseSettings],
      useFactory: (settings: DatabaseSettings) => {
        const logger = new Logger('Database');
        return Database.open(settings, (line) => {
          logger.log(line);
        });
      },
    },
    PrismaService,
  ],
  exports: [Database, PrismaService],
})
export class PrismaModule implements OnApplicationShutdown {
  constructor(
    private readonly prisma: PrismaService,
    private readonly database: Database,
  ) {}

  /** Last of all: by now the sync has drained and no request is served any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.prisma.$disconnect();
    await this.database.close();
  }
}
