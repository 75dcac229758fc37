import { parseSentJson } from '../reading/sent-json.js';
import { SupplierFailure } from '../supplier-error.js';

/**
 * The body is not quoted, because it may hold net prices.
 * @throws SupplierFailure `bad_answer` if it is not JSON
 */
export function parsedBody(body: string): unknown {
  try {
    return parseSentJson(body);
  } catch (error) {
    const detail =
      error instanceof RangeError
        ? 'it is nested too deeply'
        : `not JSON: ${body.length === 1 ? '1 character' : `${body.length} characters`}`;
    throw new SupplierFailure('bad_answer', detail);
  }
}
