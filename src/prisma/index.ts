export { Database } from './database.js';
export { isDatabaseFailure, sqlStateOf } from './database-failure.js';
export { Notices } from './notices.js';
export { PrismaModule } from './prisma.module.js';
export type { BatchStatement, Placed } from './read-batches.js';
export { ReadDatabase } from './read-database.js';
export { fragment, PrismaService, type Sql } from './prisma.service.js';
