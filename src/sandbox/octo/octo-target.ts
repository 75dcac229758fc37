import { numberOf } from './octo-product.js';
import type { LoggedRequest } from '../request-log.js';

type Target = Pick<LoggedRequest, 'api' | 'experienceId' | 'option' | 'date' | 'lastDate'>;

/** What a request asks for, as far as it can be read: for the log and the faults, also where it is refused. */
export function octoTarget(pathId: string | undefined, body: unknown): Target {
  const fields: Readonly<Record<string, unknown>> = { ...(body as object | undefined) };
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null);
  const experienceId = numberOf(pathId ?? text('productId') ?? '') ?? null;
  return { api: 'octo', experienceId, option: text('optionId'), ...datesOf(fields['availabilityIds'], text) };
}

function datesOf(ids: unknown, text: (name: string) => string | null): Pick<Target, 'date' | 'lastDate'> {
  const dates = Array.isArray(ids) ? ids.map((id) => String(id).slice(0, 10)).sort() : [];
  const date = text('localDate') ?? text('localDateStart') ?? dates[0] ?? null;
  return { date, lastDate: text('localDate') ?? text('localDateEnd') ?? dates.at(-1) ?? date };
}
