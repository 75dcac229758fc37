import * as s from '../schema/index.js';

export const liveness = s.object({ status: s.oneOf(['ok']) });
/** As @nestjs/terminus reports it. */
export const readiness = s.value<Readonly<Record<string, unknown>>>({ type: 'object' }, { status: 'ok' })();

export type Liveness = s.TypeOf<typeof liveness>;
