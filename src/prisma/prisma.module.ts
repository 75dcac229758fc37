import { Global, Logger, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DatabaseSettings } from '../config/index.js';
import { Database } from './database.js';
import { Notifications } from './notifications.js';
import { ReadDatabase } from './read-database.js';
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
    ReadDatabase,
    Notifications,
  ],
  exports: [Database, PrismaService, ReadDatabase, Notifications],
})
export class PrismaModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly prisma: PrismaService,
    private readonly database: Database,
    private readonly notifications: Notifications,
    private readonly reads: ReadDatabase,
  ) {}

  /** From now on the application handles the signals that end it. */
  onModuleInit(): void {
    this.database.handOver();
  }

  /** Runs last, after the sync has drained and no request is served any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.notifications.stop();
    await this.reads.close();
    await this.prisma.$disconnect();
    await this.database.close();
  }
}
