import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { LARGEST_ID } from '../../config/index.js';

/** The body of `POST /api/v1/sync/run`. */
export class RunRequest {
  /** Dates from today on; without it the whole window. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(366)
  days?: number;

  /** Without it all that are not paused. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10_000)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(LARGEST_ID, { each: true })
  experiences?: number[];

  /** Also the days that are as fresh as promised. */
  @IsOptional()
  @IsBoolean()
  fresh?: boolean;
}
