/** The part of a text that is read, UTF-16 units. */
const MOST_READ = 10_000;
const MOST_WORDS = 3;

/** A trace of the stack, from its first line on. */
const TRACE = /\n\s+at\s|\n\s*Traceback \(|\n\s*Stack ?trace:|\n\s*#0 /i;
/** A file of source, with the line. */
const SOURCE_FILE =
  /(?:file:\/\/|\b[A-Za-z]:|\.{1,2}|(?<![\w:/\\.]))(?=[\\/])(?:[\\/][\w.@+-]+)+\.(?:[cm]?[jt]sx?|cc?|cpp|py|rb|php|java|go|cs)\b(?::\d+)*/g;

/** A text as one line that can be stored: without control characters, stack traces and file names. */
export function plainWords(text: string): string {
  const read = text.slice(0, MOST_READ);
  const trace = TRACE.exec(read);
  return (trace ? read.slice(0, trace.index) : read)
    .replaceAll(SOURCE_FILE, '…')
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll(/\p{Cs}/gu, '\uFFFD')
    .trim();
}

type Json = Readonly<Record<string, unknown>>;

/** The supplier's own words in a JSON body; empty: none. */
export function wordsIn(json: unknown): string {
  const words = isObject(json) ? wordsOfObject(json) : texts(json);
  const plain = words.map(plainWords).filter((word) => word !== '');
  return distinct(plain).slice(0, MOST_WORDS).join('; ');
}

function wordsOfObject(json: Json): string[] {
  const error = isObject(json.error) ? json.error : {};
  return [
    ...texts(json.message),
    ...texts(json.errorMessage),
    ...texts(isObject(json.error) ? undefined : json.error),
    ...[json.error_description, error.message, error.reason, error.code, error.detail].flatMap(texts),
    ...[json.detail, json.title, json.description, json.reason, json.code, json.msg].flatMap(texts),
    ...(isObject(json.errors) ? fieldTexts(json.errors) : texts(json.errors)),
  ];
}

/** A text, a list of texts, or a list of `{field, message}`. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST_WORDS).flatMap((item: unknown) => {
    if (typeof item === 'string') return [item];
    if (!isObject(item)) return [];
    const said = [item.message, item.msg, item.detail, item.title, item.reason, item.error].find(isText);
    const field = [item.field, item.path, item.param, item.property].find(isText);
    return said === undefined ? [] : [field === undefined ? said : `${field}: ${said}`];
  });
}

/** `{date: ["must be within 30 days"]}` */
function fieldTexts(errors: Json): string[] {
  return Object.entries(errors)
    .slice(0, MOST_WORDS)
    .flatMap(([field, value]) => texts(value).map((text) => `${field}: ${text}`));
}

/** Drops words that another text contains: `Forbidden` beside `Forbidden resource`. */
function distinct(words: readonly string[]): string[] {
  return words.filter(
    (word, i) => !words.some((other, j) => j !== i && other.includes(word) && (other !== word || j < i)),
  );
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
