import * as s from '../schema/index.js';

export const EXPERIENCES_LIMIT = { most: 500, usual: 'all' } as const;

const pause = s.object(
  {
    since: s.instant(),
    until: s.orNull(s.instant(), 'Null: until it is resumed', (day) => day.at(1_440)),
    by: s.optional(s.orNull(s.text(), 'Only for admins', 'alice')),
    reason: s.optional(s.orNull(s.text(), 'Only for admins', 'price list under review')),
  },
  'Its own pause',
);

/** An experience of the catalogue. */
export const experience = s.named(
  'Experience',
  s.object({
    id: s.experienceId(),
    name: s.orNull(s.text(), undefined, 'Harbour cruise'),
    timeZone: s.text('IANA', 'Asia/Singapore'),
    syncing: s.flag('It is not paused', true),
    supplier: s.optional(s.text('Who supplies it. Only for admins', 'leap')),
    product: s.optional(s.text('The supplier’s id of the product. Only for admins', '15')),
    option: s.optional(s.orNull(s.text(), 'The supplier’s id of the option; null: it has none. Only for admins')),
    paused: s.orNull(pause, 'Its own pause; null: it has none'),
  }),
);

export const experiencePage = s.named(
  'ExperienceList',
  s.object({ experiences: s.list(experience), nextCursor: s.nextCursor }),
);

export type ExperienceReport = s.TypeOf<typeof experience>;
export type ExperiencePage = s.TypeOf<typeof experiencePage>;
