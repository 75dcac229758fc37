import { Prisma } from './generated/client.js';

/** Makes a reusable part of a statement. Its values remain parameters. */
export const fragment = Prisma.sql;
/** A part of a statement, with its parameters. */
export type Fragment = Prisma.Sql;

/** Runs SQL: the Prisma client, a transaction of it, or the driver alone. */
export interface Sql {
  $queryRaw<T = unknown>(text: TemplateStringsArray | Fragment, ...values: unknown[]): Promise<T>;
  $executeRaw(text: TemplateStringsArray | Fragment, ...values: unknown[]): Promise<number>;
}
