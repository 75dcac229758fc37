/** Settings of a supplier that speaks OCTO, beside those that all suppliers have. */
export interface OctoSettings {
  readonly daysPerRequest: number;
  /** Sent as `Octo-Env`; null: not sent. */
  readonly env: 'test' | 'live' | null;
  /** ISO 4217. The currency of the prices; null: the product's own. */
  readonly currency: string | null;
}

type Own = Readonly<Record<string, unknown>>;

const DEFAULT_DAYS = 31;
/** The specification allows a year. */
const MOST_DAYS = 366;

const CHECKS: Readonly<Record<string, readonly [isRight: (value: unknown) => boolean, expected: string]>> = {
  daysPerRequest: [isDays, `must be a whole number from 1 to ${MOST_DAYS}`],
  env: [isEnv, 'must be "test" or "live"'],
  currency: [isCurrency, 'must be a currency code of three capital letters, like "EUR"'],
};

/** Every problem, as "daysPerRequest: must be …". */
export function octoProblems(own: Own): string[] {
  return Object.entries(own).flatMap(([name, value]) => {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
    if (!check) return [`${name}: is no setting of the API "octo"`];
    const [isRight, expected] = check;
    return isRight(value) ? [] : [`${name}: ${expected}`];
  });
}

/** @param own without problems */
export function octoSettings({ daysPerRequest, env, currency }: Own): OctoSettings {
  return {
    daysPerRequest: isDays(daysPerRequest) ? daysPerRequest : DEFAULT_DAYS,
    env: isEnv(env) ? env : null,
    currency: isCurrency(currency) ? currency : null,
  };
}

function isDays(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_DAYS;
}

function isEnv(value: unknown): value is 'test' | 'live' {
  return value === 'test' || value === 'live';
}

function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value);
}
