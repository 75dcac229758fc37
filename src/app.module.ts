import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AuditModule } from './audit/index.js';
import { ChangesModule } from './changes/index.js';
import { ConfigModule, type EnvironmentSource } from './config/index.js';
import { ConsoleModule } from './console/index.js';
import { ExperienceModule } from './experience/index.js';
import { HealthModule } from './health/index.js';
import { HttpModule } from './http/index.js';
import { InventoryModule } from './inventory/index.js';
import { MetricsModule } from './metrics/index.js';
import { OctoModule } from './octo/index.js';
import { OpenApiModule } from './openapi/index.js';
import { PrismaModule } from './prisma/index.js';
import { SupplierModule } from './supplier/index.js';
import { DayRequestsModule, SyncModule } from './sync/index.js';
import { TimeModule } from './time/index.js';
import { WebhooksModule } from './webhooks/index.js';

export interface AppOptions {
  readonly environment?: EnvironmentSource;
  /** False: the sync does nothing by itself; whoever made the app drives it. */
  readonly intervals?: boolean;
  /** More folders whose folders are supplier APIs. */
  readonly supplierApis?: readonly string[];
}

@Module({})
export class AppModule {
  static async register({ environment, intervals = true, supplierApis = [] }: AppOptions = {}): Promise<DynamicModule> {
    return {
      module: AppModule,
      imports: [
        await ConfigModule.read(environment),
        TimeModule,
        PrismaModule,
        HttpModule,
        AuditModule,
        InventoryModule,
        DayRequestsModule,
        ExperienceModule,
        OctoModule,
        ChangesModule,
        WebhooksModule,
        await SupplierModule.register(supplierApis),
        SyncModule,
        HealthModule,
        ConsoleModule,
        OpenApiModule,
        MetricsModule,
        ...(intervals ? [ScheduleModule.forRoot()] : []),
      ],
    };
  }
}
