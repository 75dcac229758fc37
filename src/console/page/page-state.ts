import type { Severity, SupplierText } from './supplier-text.js';

/** The state of all suppliers in one. */
export interface PageState {
  readonly severity: Severity;
  readonly name: string;
  readonly parts: readonly string[];
}

export interface NamedText {
  readonly name: string;
  readonly text: SupplierText;
}

/** A supplier that is paused on purpose is no trouble. */
const WORST_FIRST: readonly Severity[] = ['bad', 'warn', 'unknown', 'good', 'paused'];

/**
 * The worst of the suppliers, and how many others are in trouble.
 * @param paused the whole sync is paused
 */
export function pageState(suppliers: readonly NamedText[], paused: boolean): PageState {
  const rank = ({ text }: NamedText) => WORST_FIRST.indexOf(text.severity);
  const [worst] = [...suppliers].sort((a, b) => rank(a) - rank(b));
  if (!worst) return { severity: 'unknown', name: 'Loading', parts: [] };
  const { severity, brief, parts } = worst.text;
  const isCommon = suppliers.length === 1 || severity === 'good' || paused || brief === 'nothing can be recorded';
  if (isCommon) return { severity, name: brief.charAt(0).toUpperCase() + brief.slice(1), parts };
  const others = suppliers.filter((other) => other !== worst && rank(other) <= WORST_FIRST.indexOf('warn')).length;
  return { severity, name: `${worst.name}: ${brief}${others > 0 ? `, and ${others} more` : ''}`, parts };
}
