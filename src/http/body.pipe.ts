import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { ApiProblem } from './api-problem.js';

/** An object, lists in it, and what they hold: no request of ours goes deeper. */
const MOST_LEVELS = 3;

/** Checks bodies by their classes; before that, that there is an object, and none so deep that looking into it would end badly. */
@Injectable()
export class BodyPipe extends ValidationPipe {
  constructor() {
    super({ whitelist: true, forbidNonWhitelisted: true, transform: true });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && value !== undefined && value !== null) assertFlat(value);
    return super.transform(value, metadata);
  }
}

function assertFlat(body: unknown): void {
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new ApiProblem('INVALID_REQUEST', 'The body must be a JSON object, like {"reason":"maintenance"}.');
  }
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) throw new ApiProblem('INVALID_REQUEST', 'The body is nested too deeply.');
    level = level.flatMap((part) =>
      typeof part === 'object' && part !== null ? (Object.values(part) as unknown[]) : [],
    );
  }
}
