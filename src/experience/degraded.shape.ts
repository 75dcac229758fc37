import type { FailureKind } from '../inventory/failure-kind.shape.js';
import * as s from '../schema/index.js';

export const degraded = s.object(
  {
    code: s.text(
      'Stable: what is wrong, like `bad_answer`, `gone` or `timeout`; `slot_dropped`: slots of the answer could not be read, and no other can be booked',
      'timeout' satisfies FailureKind,
    ),
    since: s.instant(),
  },
  'Requests to the supplier fail, so this is older than its max age; or slots of the supplier’s answer could not be read',
);

export type Degraded = s.TypeOf<typeof degraded>;
