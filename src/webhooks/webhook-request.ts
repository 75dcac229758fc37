import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { CHANGE_KINDS, MOST_EXPERIENCES } from '../changes/change.shape.js';
import { LARGEST_ID } from '../config/index.js';
import { docs } from '../http/index.js';
import type { WebhookSettings } from './stored-webhook.js';

const URL_MEANING = 'Where messages are sent; https, at a public address';
const URL_EXAMPLE = 'https://shop.example/slotmirror';

/** What an admin decides of a webhook, beside its URL. What is not named stays, or is as usual. */
class WebhookOptions {
  @IsOptional(docs('For people', 'the shop’s cache'))
  @IsString()
  @MaxLength(200)
  @Matches(/^[^\0]*$/, { message: 'description must not contain NUL' })
  description?: string | null;

  @IsOptional(docs('Changes of these only; empty: of all', [14, 15]))
  @IsArray()
  @ArrayMaxSize(MOST_EXPERIENCES)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(LARGEST_ID, { each: true })
  experiences?: number[] | null;

  @IsOptional(docs('Changes of these kinds only; empty: of all', ['sold_out', 'back_in_stock']))
  @IsArray()
  @ArrayUnique()
  @IsIn(CHANGE_KINDS, { each: true })
  kinds?: string[] | null;

  @IsOptional(docs('Only dates at most so many days ahead; null: all', 30))
  @IsInt()
  @Min(0)
  @Max(366)
  leadDays?: number | null;

  @IsOptional(docs('How long changes are collected; the changes of a day then become one', 5))
  @IsNumber()
  @Min(0)
  @Max(3_600)
  delaySeconds?: number | null;

  @IsOptional(docs('How many changes one message has at most', 100))
  @IsInt()
  @Min(1)
  @Max(1_000)
  batchSize?: number | null;
}

/** The body of `PATCH /api/v1/webhook/:id`. */
export class WebhookChange extends WebhookOptions {
  @IsOptional(docs(URL_MEANING, URL_EXAMPLE))
  @IsString()
  @MaxLength(2_000)
  url?: string | null;
}

/** The body of `POST /api/v1/webhook`. */
export class NewWebhook extends WebhookOptions {
  @IsString(docs(URL_MEANING, URL_EXAMPLE))
  @MaxLength(2_000)
  url!: string;

  @IsOptional(
    docs('Where in the change feed it begins: `now`, `latest` (the last 100 changes), `oldest` or a cursor', 'now'),
  )
  @IsString()
  @MaxLength(200)
  cursor?: string | null;
}

/** The body of `POST /api/v1/webhook/:id/replay`. */
export class ReplayRequest {
  @IsString(
    docs('Where in the change feed it goes on: `now`, `latest` (the last 100 changes), `oldest` or a cursor', 'now'),
  )
  @MaxLength(200)
  cursor!: string;
}

/** The body of `POST /api/v1/webhook/:id/rotate`. */
export class RotateRequest {
  @IsOptional(docs('How long the previous secret also signs, hours', 24))
  @IsNumber()
  @Min(0)
  @Max(720)
  overlapHours?: number | null;
}

/** The settings that a request names. A null names nothing, but where it is a setting. */
export function namedSettings(request: WebhookChange | NewWebhook): Partial<WebhookSettings> {
  const { url, description, experiences, kinds, leadDays, delaySeconds, batchSize } = request;
  return {
    ...(typeof url === 'string' && { url: new URL(url).href }),
    ...(description !== undefined && { description }),
    ...(experiences && { experienceIds: experiences }),
    ...(kinds && { kinds }),
    ...(leadDays !== undefined && { leadDays }),
    ...(typeof delaySeconds === 'number' && { delayMs: Math.round(delaySeconds * 1_000) }),
    ...(typeof batchSize === 'number' && { batchSize }),
  };
}
