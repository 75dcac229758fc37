import { IsOptional, IsString, MaxLength } from 'class-validator';

/** The body of a pause. */
export class PauseRequest {
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string | null;
}
