import { parseNotificationSecret, parseRequestsPerMinute, parseTimeout } from './environment.js';
import { proxyFor, proxyProblem } from './proxy.js';
import { readExperiences } from './supplier-experiences.js';
import type { ConfiguredExperience, SupplierSettings } from './supplier-settings.js';
import { parseTiers, tiersText, tiersWithin, windowOf, type Tier } from './tiers.js';
import { parseHttpUrl, parseKey, parseTimeZone } from './values.js';

/** The suppliers of a file, and everything that is wrong with it, one sentence each. */
export interface ReadSuppliers {
  readonly suppliers: readonly SupplierSettings[];
  readonly problems: readonly string[];
}

const NAME = /^[a-z][a-z0-9-]{0,39}$/;
const DEFAULTS = { requestsPerMinute: 30, timeout: '10s' };
/** What all suppliers have; other entries are for their APIs. */
const SHARED = [
  'name',
  'api',
  'url',
  'key',
  'requestsPerMinute',
  'timeout',
  'timeZone',
  'tiers',
  'experiences',
  'notificationSecret',
];

type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads the text of SUPPLIERS_FILE: a JSON list of suppliers. `${NAME}` within a text stands for that variable of the
 * environment, so that the file holds no secret. No problem repeats a key.
 * @param usual SYNC_TIERS; null: they are wrong
 */
export function readSuppliersFile(
  text: string,
  environment: Readonly<Record<string, unknown>>,
  usual: readonly Tier[] | null,
): ReadSuppliers {
  const list = parsed(text);
  if (!Array.isArray(list) || list.length === 0) {
    return { suppliers: [], problems: ['this is not a JSON list with at least one supplier'] };
  }
  const problems: string[] = [];
  const suppliers = list.map((entry: unknown, i) => {
    const reading = new EntryReading(entry, `[${i}]`, environment, usual, problems);
    return reading.supplier();
  });
  problems.push(...repeated(suppliers.map(({ name }) => name)).map((name) => `two suppliers have the name "${name}"`));
  const ids = suppliers.flatMap(({ experiences }) => experiences.map(({ id }) => id));
  problems.push(...repeated(ids).map((id) => `the experience ${id} is listed twice`));
  return { suppliers, problems };
}

/** Reads one supplier. What is wrong is noted, so that all problems are reported at once. */
class EntryReading {
  private readonly entry: Entry;

  constructor(
    entry: unknown,
    private place: string,
    private readonly environment: Readonly<Record<string, unknown>>,
    private readonly usual: readonly Tier[] | null,
    private readonly problems: string[],
  ) {
    this.entry = isEntry(entry) ? entry : {};
    if (!isEntry(entry)) this.note('', 'is not an object');
  }

  supplier(): SupplierSettings {
    const name = this.text('name', (text) => {
      if (!NAME.test(text)) throw new Error(`"${text}" is not a name; write up to 40 of a-z, 0-9 and "-"`);
      return text;
    });
    if (name !== '') this.place = name;
    const url = this.text('url', parseHttpUrl);
    const proxy = url === '' ? null : proxyProblem(url);
    if (proxy !== null) this.problems.push(proxy);
    const timeZone = this.entry.timeZone === undefined ? null : this.text('timeZone', parseTimeZone);
    return {
      name,
      api: this.text('api', (text) => text),
      url,
      apiKey: this.text('key', parseKey(1)),
      requestsPerMinute: this.value('requestsPerMinute', parseRequestsPerMinute, DEFAULTS.requestsPerMinute),
      timeoutMs: this.value('timeout', parseTimeout, DEFAULTS.timeout),
      proxy: url === '' ? null : proxyFor(url),
      timeZone,
      tiers: this.tiers(),
      notificationSecret:
        this.entry.notificationSecret === undefined ? null : this.text('notificationSecret', parseNotificationSecret),
      experiences: this.experiences(timeZone === '' ? null : timeZone),
      own: Object.fromEntries(Object.entries(this.entry).filter(([key]) => !SHARED.includes(key))),
    };
  }

  private tiers(): readonly Tier[] {
    if (this.entry.tiers === undefined) return this.usual ?? [];
    const text = this.text('tiers', (given) => given);
    const own = text === '' ? undefined : this.parsed('tiers', parseTiers, text);
    if (own && this.usual && windowOf(own) !== windowOf(this.usual)) {
      const days = windowOf(this.usual);
      this.note(
        'tiers',
        `"${text}" ends with day ${windowOf(own)}, but the last N of SYNC_TIERS, ${days}, is the window of all suppliers; ` +
          `write ${tiersText(tiersWithin(days, own))}`,
      );
    }
    return own ?? [];
  }

  /** @param timeZone of the supplier, with its variables replaced */
  private experiences(timeZone: string | null): readonly ConfiguredExperience[] {
    const { experiences: list = [] } = this.entry;
    const { experiences, problems } = readExperiences(list, timeZone);
    for (const problem of problems) this.note('experiences', problem);
    return experiences;
  }

  /** A text in which variables are replaced; empty where it is wrong. */
  private text(key: string, parse: (text: string) => string): string {
    const value = this.entry[key];
    if (typeof value !== 'string' || value === '') {
      this.note(key, value === undefined ? 'is missing' : 'is not a text');
      return '';
    }
    return this.parsed(key, parse, this.filled(key, value)) ?? '';
  }

  private value(key: string, parse: (text: string) => number, otherwise: unknown): number {
    const { [key]: value = otherwise } = this.entry;
    if (typeof value === 'string' || typeof value === 'number') return this.parsed(key, parse, String(value)) ?? 1;
    this.note(key, 'is neither a number nor a text');
    return 1;
  }

  private parsed<T>(key: string, parse: (text: string) => T, text: string): T | undefined {
    try {
      return parse(text);
    } catch (error) {
      this.note(key, (error as Error).message);
      return undefined;
    }
  }

  private filled(key: string, text: string): string {
    return text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      const value = this.environment[name];
      if (typeof value === 'string' && value.trim() !== '') return value.trim();
      this.note(key, `the variable ${name} is not set`);
      return '-';
    });
  }

  private note(key: string, problem: string): void {
    this.problems.push(`${[this.place, key].filter((part) => part !== '').join('.')}: ${problem}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, i) => values.indexOf(value) !== i && value !== ''))];
}
