import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { ParsedBy, parseTimeZone } from '../config/index.js';
import { docs } from '../http/index.js';

/** The body of `PATCH /api/v1/experience/:id`; what it does not name stays as it is. */
export class ExperienceChangeRequest {
  @IsOptional(docs('For people', 'Harbour cruise'))
  @IsString()
  @MaxLength(200)
  @Matches(/^\s*[^\s\0][^\0]*$/, { message: 'name must not be blank or contain NUL; null removes it' })
  name?: string | null;

  @IsOptional(docs('IANA; null: the default zone', 'Asia/Singapore'))
  @IsString()
  @ParsedBy(parseTimeZone)
  timeZone?: string | null;
}

/** The body of `PUT /api/v1/experience/:id`; what it does not name stays as it is, or has none so far. */
export class ExperienceRequest extends ExperienceChangeRequest {
  @IsOptional(docs('Who supplies it; needed only where there are several. It never changes', 'leap'))
  @IsString()
  supplier?: string;

  @IsOptional(docs('The supplier’s id of the product; by default the id of the experience. It never changes', '15'))
  @IsString()
  @MaxLength(200)
  @Matches(/^[^\0]+$/, { message: 'product must not be empty or contain NUL' })
  product?: string;

  @IsOptional(docs('The supplier’s id of an option of the product; null: it has none. It never changes', null))
  @IsString()
  @MaxLength(200)
  @Matches(/^[^\0]+$/, { message: 'option must not be empty or contain NUL' })
  option?: string | null;
}
