import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { LARGEST_ID } from '../../config/index.js';
import { docs } from '../../http/index.js';

/** The body of `POST /api/v1/sync/run`. */
export class RunRequest {
  @IsOptional(docs('Dates from today on; without it the whole window', 30))
  @IsInt()
  @Min(1)
  @Max(366)
  days?: number | null;

  @IsOptional(docs('Their ids; without it all that are not paused', [15]))
  @IsArray()
  @ArrayMaxSize(10_000)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(LARGEST_ID, { each: true })
  experiences?: number[] | null;

  @IsOptional(docs('Also the days that have not reached their max age', false))
  @IsBoolean()
  fresh?: boolean | null;
}
