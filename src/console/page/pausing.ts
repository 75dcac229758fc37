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

/** Asks for a reason and an end. */
export function askPause(title: string, pause: (body: object) => Promise<void>): void {
  ask({ title, fields: FIELDS, submit: 'Pause' }, async ({ reason = '', until = '' }) => {
    const ahead = until === '' ? 1 : Date.parse(until) - Date.now();
    if (!(ahead > 0 && ahead <= LONGEST_MS)) throw new Error('Choose a time in the future, at most a year ahead.');
    await pause({ reason: reason === '' ? null : reason, until: until === '' ? null : new Date(until).toISOString() });
  });
}
