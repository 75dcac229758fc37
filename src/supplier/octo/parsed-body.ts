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
      error instanceof RangeError ? 'it is nested too deeply' : `${body.length} characters that are not JSON`;
    throw new SupplierFailure('bad_answer', detail);
  }
}
