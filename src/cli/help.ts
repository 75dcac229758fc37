import type { Command } from './command.js';
import { takesValue, type Options } from './options.js';

/** What every command has. */
export const HELP = { help: { help: 'shows this' } } as const;

/** The help of a command, from its table of options. */
export function helpOf({ name, purpose, options, notes }: Omit<Command, 'run'>): string {
  const lines = Object.entries<Options[string]>({ ...options, ...HELP }).map(([option, meaning]) => {
    if (!takesValue(meaning)) return [`--${option}`, meaning.help] as const;
    const fallback = meaning.default === undefined ? '' : ` (${meaning.default})`;
    return [`--${option} ${meaning.value}`, `${meaning.help}${fallback}`] as const;
  });
  const width = Math.max(...lines.map(([option]) => option.length));
  const table = lines.map(([option, help]) => `  ${option.padEnd(width)}  ${help}\n`).join('');
  return `${purpose}\n\n  npm run ${name} -- [options]\n\n${table}${notes === undefined ? '' : `\n${notes}\n`}`;
}
