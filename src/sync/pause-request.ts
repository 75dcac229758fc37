import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** The body of a pause. */
export class PauseRequest {
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @Matches(/^[^\0]*$/, { message: 'reason must not contain NUL' })
  reason?: string | null;
}
