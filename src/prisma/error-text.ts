// Checks the shape and not `instanceof`, because under Jest the errors of Node.js come from another realm.

/** The `code` of a Node.js or PostgreSQL error. */
export function errorCode(error: unknown): string | undefined {
  return isObject(error) && typeof error['code'] === 'string' ? error['code'] : undefined;
}

/** The message of an error, also of the AggregateError of a refused connection, whose own message is empty. */
export function errorText(error: unknown): string {
  if (!isObject(error)) return String(error);
  if (error['message'] === '' && Array.isArray(error['errors'])) return error['errors'].map(errorText).join('; ');
  return typeof error['message'] === 'string' ? error['message'] : 'unknown error';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
