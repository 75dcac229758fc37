import { CORS_HEADERS } from './cross-origin.js';

/** Raw header pairs of every response, whoever sends it. Each also has its `x-request-id`. */
export const RESPONSE_HEADERS: readonly string[] = ['x-content-type-options', 'nosniff', ...CORS_HEADERS];
