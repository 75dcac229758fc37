import { TextDecoder } from 'node:util';
import type { Mask } from '../secrets/index.js';
import type { HeaderReader } from './quota.js';
import { SupplierFailure } from './supplier-error.js';
import { unpacked } from './unpack.js';

/** The body of an answer as text, or `bad_answer` with the reason why it is not text. */
export function bodyText(bytes: Buffer, header: HeaderReader, mask: Mask): string | SupplierFailure {
  try {
    return decoded(unpacked(bytes, header('content-encoding'), mask.text), charsetIn(header('content-type')), mask);
  } catch (error) {
    return new SupplierFailure('bad_answer', (error as Error).message);
  }
}

/** Rejects bytes outside the charset. As U+FFFD in an id they would make another slot. */
function decoded(bytes: Buffer, charset: string | null, mask: Mask): string {
  const decoder = decoderOf(charsetOfMark(bytes) ?? charset ?? 'utf-8');
  const named = charset === null ? null : mask.text(charset).slice(0, 40);
  if (!decoder) throw new Error(`the body has a charset that is not known: "${named}"`);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Error(
      named === null
        ? 'the body is not valid UTF-8, and no charset is named'
        : `the body is not valid in the charset that is named, "${named}"`,
    );
  }
}

/** A byte order mark overrides the named charset (WHATWG Encoding 6). */
function charsetOfMark([first, second]: Buffer): string | undefined {
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

function decoderOf(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return null;
  }
}

/** `application/json; charset="utf-8"` → `utf-8` */
function charsetIn(contentType: unknown): string | null {
  if (typeof contentType !== 'string') return null;
  const parameter = contentType
    .split(';')
    .map((part) => part.trim())
    .find((part) => /^charset\s*=/i.test(part));
  const value = parameter?.slice(parameter.indexOf('=') + 1).replaceAll(/["'\s]/g, '');
  return value === undefined || value === '' ? null : value;
}
