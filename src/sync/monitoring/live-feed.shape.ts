import * as s from '../../schema/index.js';

const dayEvent = s.object({ experienceId: s.experienceId(), date: s.date(), asOf: s.instant() });
const leaseEvent = s.object({
  experienceId: s.experienceId(),
  date: s.date(),
  failing: s.flag('Its last request failed'),
  until: s.orNull(s.instant(), 'Null: no request is under way any more', (day) => day.at(1)),
});

/** `GET /api/v1/sync/events`: server-sent events. */
export const liveEvents = s.text(undefined, (day) =>
  [event('day', dayEvent.example(day)), event('lease', leaseEvent.example(day))].join(''),
);

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
