import { Controller, Get, Header, Query, UseGuards } from '@nestjs/common';
import { AdminGuard, ApiProblem, parseLimit } from '../../http/index.js';
import { AccuracyReports } from './accuracy-reports.js';
import { RANGES, WORST_LIMIT, type Accuracy } from './accuracy.shape.js';

/** For admins: how many reads saw the truth. */
@Controller('api/v1/sync/accuracy')
@UseGuards(AdminGuard)
export class AccuracyController {
  constructor(private readonly reports: AccuracyReports) {}

  @Get()
  @Header('cache-control', 'no-store')
  read(@Query('range') word: unknown = 'day', @Query('limit') limit: unknown): Promise<Accuracy> {
    const range = RANGES.find((each) => each === word);
    if (range === undefined) throw new ApiProblem('INVALID_REQUEST', `The range is one of ${RANGES.join(', ')}.`);
    return this.reports.read(range, parseLimit(limit, WORST_LIMIT.most, WORST_LIMIT.usual));
  }
}
