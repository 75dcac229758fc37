import { parseArgs } from 'node:util';

/** An option without a value: given or not. */
interface Switch {
  readonly help: string;
}

interface ValueOption<T> {
  /** Names the value in the help. */
  readonly value: string;
  /** @throws Error that says what is wrong and what would be right */
  readonly parse: (text: string) => T;
  /** As it would be written. */
  readonly default?: string;
  /** It may be given several times. */
  readonly repeats?: true;
  readonly help: string;
}

/** The options of a command, by name. */
export type Options = Readonly<Record<string, Switch | ValueOption<unknown>>>;

export type Values<O extends Options> = {
  readonly [K in keyof O]: O[K] extends { readonly parse: (text: string) => infer T }
    ? O[K] extends { readonly repeats: true }
      ? readonly T[]
      : T | (O[K] extends { readonly default: unknown } ? never : undefined)
    : boolean;
};

/** A command was called in a way that it does not understand. */
export class UsageError extends Error {}

/** @throws UsageError */
export function parseOptions<O extends Options>(options: O, args: readonly string[]): Values<O> {
  const given = new Map<string, unknown[]>();
  for (const { name, value } of optionsIn(options, args)) given.set(name, [...(given.get(name) ?? []), value]);
  const values = Object.entries(options).map(([name, option]) => [name, valueOf(option, given.get(name) ?? [])]);
  return Object.fromEntries(values) as Values<O>;
}

function optionsIn(options: Options, args: readonly string[]): { name: string; value: unknown }[] {
  const types = Object.entries(options).map(([name, option]) => [
    name,
    { type: takesValue(option) ? 'string' : 'boolean' },
  ]);
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(types) as Record<string, { type: 'boolean' | 'string' }>,
    // Node's own check advises on positional arguments, which no command takes.
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  return tokens.flatMap((token) => {
    if (token.kind === 'option-terminator') return [];
    if (token.kind === 'positional') throw new UsageError(`Unexpected argument '${token.value}'`);
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw new UsageError(`Unknown option '${token.rawName}'`);
    return [{ name: token.name, value: parsed(token.name, option, token.value, token.inlineValue ?? false) }];
  });
}

function parsed(
  name: string,
  option: Switch | ValueOption<unknown>,
  text: string | undefined,
  inline: boolean,
): unknown {
  if (!takesValue(option)) {
    if (text !== undefined) throw new UsageError(`--${name} takes no value`);
    return true;
  }
  if (text === undefined || (text.startsWith('-') && !inline))
    throw new UsageError(`--${name} needs a value: --${name} ${option.value}`);
  try {
    return option.parse(text);
  } catch (error) {
    throw new UsageError(`--${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function valueOf(option: Switch | ValueOption<unknown>, given: readonly unknown[]): unknown {
  if (!takesValue(option)) return given.length > 0;
  if (option.repeats) return given;
  return given.at(-1) ?? (option.default === undefined ? undefined : option.parse(option.default));
}

export function takesValue(option: Switch | ValueOption<unknown>): option is ValueOption<unknown> {
  return 'parse' in option;
}
