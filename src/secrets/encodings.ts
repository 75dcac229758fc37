/** The fewest letters that an encoding has and still tells something of the secret. */
const SHORTEST = 4;

/** Every base64 text has the secret at one of these distances, in bytes, from the beginning of a group of three. */
const ALIGNMENTS = [0, 1, 2] as const;

/**
 * How a secret can stand in a text as a whole: plain, percent-encoded (only where needed, and every byte), escaped for
 * JSON and for HTML (likewise), in hex, in base64 and base64url as a part of something longer (`Basic user:key`).
 * An encoding of a few letters is left out: it stands in every other word.
 * @returns each once, in lower case: letters are compared without their case
 */
export function encodingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const each = (write: (byte: string) => string): string =>
    [...bytes].map((byte) => write(byte.toString(16).padStart(2, '0'))).join('');
  const forms = [
    secret,
    encodeURIComponent(bytes.toString()),
    each((hex) => `%${hex}`),
    JSON.stringify(secret).slice(1, -1),
    each((hex) => `\\u00${hex}`),
    // Some leave quotation marks as they are, some only the single one.
    ...['&<>', '&<>"', '&<>"\''].map((escaped) => htmlEscaped(secret, escaped)),
    each((hex) => `&#${parseInt(hex, 16)};`),
    each((hex) => `&#x${hex};`),
    each((hex) => hex),
    ...ALIGNMENTS.map((before) => withinBase64(bytes, before)),
    ...ALIGNMENTS.map((before) => withinBase64(bytes, before).replaceAll('+', '-').replaceAll('/', '_')),
  ];
  const telling = forms.filter((form) => form === secret || form.length >= SHORTEST);
  return [...new Set(telling.map(lowerCased))];
}

/** Only ASCII, so that no place moves: `İ` would become two letters. */
export function lowerCased(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function htmlEscaped(text: string, chars: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => (chars.includes(char) ? (ENTITIES[char] ?? char) : char));
}

/** Those letters of the base64 text that depend on nothing but the secret. */
function withinBase64(secret: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), secret]).toString('base64');
  const bits = (before + secret.length) * 8;
  return text.slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6));
}
