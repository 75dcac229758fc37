/** Why the database cannot be brought to the state that this version needs. The message is for the operator. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}
