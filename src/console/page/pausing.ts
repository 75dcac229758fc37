import { ask } from './ask.js';

const FIELDS = [
  { name: 'reason', label: 'Reason', hint: 'Others see it beside the state.' },
  {
    name: 'until',
    label: 'Until (optional)',
    type: 'datetime-local',
    hint: 'Your local time. Without it someone has to resume.',
  },
] as const;

/** Asks for a reason and an end. */
export function askPause(title: string, pause: (body: object) => Promise<void>): void {
  ask({ title, fields: FIELDS, submit: 'Pause' }, ({ reason = '', until = '' }) =>
    pause({ reason: reason === '' ? null : reason, until: until === '' ? null : new Date(until).toISOString() }),
  );
}
