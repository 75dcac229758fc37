/** What keeps the embedded PostgreSQL from running, said to the operator: the message is enough, a stack adds nothing. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

export const USE_DATABASE_URL = 'set DATABASE_URL to a PostgreSQL ≥ 14';
