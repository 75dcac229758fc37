export { Database } from './database.js';
export { isDatabaseFailure } from './database-failure.js';
export { PrismaModule } from './prisma.module.js';
export { PrismaService, type Sql } from './prisma.service.js';
