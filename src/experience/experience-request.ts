import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { ParsedBy, parseTimeZone } from '../config/index.js';

/** The body of `PUT /api/v1/experience/:id`; what it does not name stays as it is, or has none so far. */
export class ExperienceRequest {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(/^[^\0]*$/, { message: 'name must not contain NUL' })
  name?: string | null;

  /** IANA; null: the default zone. */
  @IsOptional()
  @IsString()
  @ParsedBy(parseTimeZone)
  timeZone?: string | null;
}
