import { ask } from './ask.js';

const FIELDS = [
  { name: 'reason', label: 'Reason', hint: 'Others see it beside the state.', limits: { maxlength: 500 } },
  {
    name: 'until',
    label: 'Until (optional)',
    type: 'datetime-local',
    hint: 'Your local time. Without it someone has to resume.',
  },
] as const;

const LONGEST_MS = 366 * 86_400_000;

/** Asks for a reason and an end. @param paused after the dialog was closed */
export function askPause<T>(title: string, pause: (body: object) => Promise<T>, paused?: (result: T) => void): void {
  const question = { title, fields: FIELDS, submit: 'Pause' };
  const work = async ({ reason = '', until = '' }: Readonly<Record<string, string>>): Promise<T> => {
    const ahead = until === '' ? 1 : Date.parse(until) - Date.now();
    if (!(ahead > 0 && ahead <= LONGEST_MS)) throw new Error('Choose a time in the future, at most a year ahead.');
    return pause({ reason: reason === '' ? null : reason, until: until === '' ? null : new Date(until).toISOString() });
  };
  ask(question, work, paused);
}
