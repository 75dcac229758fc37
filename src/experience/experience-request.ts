import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { ParsedBy, parseTimeZone } from '../config/index.js';
import { docs } from '../http/index.js';

/** The body of `PUT /api/v1/experience/:id`; what it does not name stays as it is, or has none so far. */
export class ExperienceRequest {
  @IsOptional(docs('For people', 'Harbour cruise'))
  @IsString()
  @MaxLength(200)
  @Matches(/^[^\0]*$/, { message: 'name must not contain NUL' })
  name?: string | null;

  @IsOptional(docs('IANA; null: the default zone', 'Asia/Singapore'))
  @IsString()
  @ParsedBy(parseTimeZone)
  timeZone?: string | null;
}
