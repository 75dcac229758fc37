import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { ApiProblem } from './api-problem.js';
import { docs } from './field-docs.js';

const LONGEST_MS = 366 * 86_400_000;

/** The body of a pause. */
export class PauseRequest {
  @IsOptional(docs('For people: shown in the status and the audit trail', 'price list under review'))
  @IsString()
  @MaxLength(500)
  @Matches(/^[^\0]*$/, { message: 'reason must not contain NUL' })
  reason?: string | null;

  @IsOptional(
    docs('When the pause ends by itself; null: it lasts until someone resumes', (day) => day.at(1_440), {
      format: 'date-time',
    }),
  )
  @Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/, {
    message: 'until must be an instant like 2026-03-29T18:00:00Z',
  })
  until?: string | null;
}

/** A pause as it was asked for. */
export interface PauseOrder {
  readonly reason: string | null;
  /** Null: it lasts until someone resumes; undefined: likewise, but a pause that goes on keeps its end. */
  readonly until: Date | null | undefined;
}

/** @throws ApiProblem INVALID_REQUEST where its end has passed, or is too far */
export function pauseOrder(request: PauseRequest | undefined, now: Date): PauseOrder {
  const reason = request?.reason ?? null;
  if (request?.until === undefined || request.until === null) return { reason, until: request?.until };
  const until = new Date(request.until);
  const ahead = until.getTime() - now.getTime();
  if (!(ahead > 0 && ahead <= LONGEST_MS)) {
    throw new ApiProblem('INVALID_REQUEST', 'until must be an instant in the future, at most a year ahead.');
  }
  return { reason, until };
}
