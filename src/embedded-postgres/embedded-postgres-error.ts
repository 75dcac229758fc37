/** Why the embedded PostgreSQL does not run, for the operator: the message is enough, a stack adds nothing. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

export const USE_DATABASE_URL = 'set DATABASE_URL to a PostgreSQL ≥ 14';

/** Whether a program of PostgreSQL failed because the disk is full. */
export function isDiskFull(output: string): boolean {
  return /No space left on device/.test(output);
}

export function diskFull(folder: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The disk that holds ${folder} is full: free some space, or set DATA_DIR to another one.`,
  );
}
