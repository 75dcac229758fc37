import { errorCode, errorText } from './error-text.js';

const CODES = new Set([
  '57P01', // admin_shutdown: it stops and ends our connection
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: it starts, stops or recovers
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
]);

/** The server is starting or stopping: worth retrying in a moment. */
export function isServerUnavailable(error: unknown): boolean {
  return CODES.has(errorCode(error) ?? '') || /Connection terminated|timeout expired/.test(errorText(error));
}
