import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ChangeFeed, CursorExpired, changeCursor, parseFeedCursor } from '../changes/index.js';
import { ServerSettings } from '../config/index.js';
import { AdminGuard, ApiProblem, ByAdmin, cursorOf, parseCursor, parseLimit, type Actor } from '../http/index.js';
import { Clock } from '../time/index.js';
import { DeliveryLog } from './delivery-log.js';
import { testMessage } from './message.js';
import { newSecret } from './signature.js';
import { DEFAULT_SETTINGS, webhookReport, type StoredWebhook } from './stored-webhook.js';
import { WebhookClient } from './webhook-client.js';
import { namedSettings, NewWebhook, ReplayRequest, RotateRequest, WebhookChange } from './webhook-request.js';
import { WebhookSenders } from './webhook-senders.js';
import { urlProblem } from './webhook-url.js';
import * as shape from './webhook.shape.js';
import { MOST_WEBHOOKS, Webhooks } from './webhooks.js';

const BACKLOG_COUNTED = 1_000;
const OVERLAP_HOURS = 24;

/** For admins: who is called when something changes. */
@Controller('api/v1/webhook')
@UseGuards(AdminGuard)
export class WebhookController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly senders: WebhookSenders,
    private readonly log: DeliveryLog,
    private readonly client: WebhookClient,
    private readonly feed: ChangeFeed,
    private readonly settings: ServerSettings,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async list(): Promise<shape.WebhookList> {
    const webhooks: shape.WebhookWithBacklog[] = [];
    // One after the other, so that a long list does not take all connections of the reads.
    for (const row of await this.webhooks.list()) webhooks.push(await this.withBacklog(row));
    return { webhooks };
  }

  @Post()
  @Header('cache-control', 'no-store')
  async add(@ByAdmin() actor: Actor, @Body() request: NewWebhook): Promise<shape.WebhookWithSecret> {
    this.requireUrl(request.url);
    if (await this.webhooks.isFull()) {
      throw new ApiProblem(
        'INVALID_REQUEST',
        `There are ${MOST_WEBHOOKS} webhooks already. Remove one that is not needed.`,
      );
    }
    const cursor = changeCursor(await this.feed.begin(parseFeedCursor(request.cursor ?? 'now')));
    const settings = { ...DEFAULT_SETTINGS, ...namedSettings(request), url: new URL(request.url).href };
    const row = await this.webhooks.add(actor, randomUUID(), settings, newSecret(), cursor);
    await this.senders.added();
    return { ...webhookReport(row, this.clock.now()), secret: row.secret };
  }

  @Get(':id')
  @Header('cache-control', 'no-store')
  async read(@Param('id') id: string): Promise<shape.WebhookWithBacklog> {
    return this.withBacklog(await this.find(id));
  }

  @Patch(':id')
  @Header('cache-control', 'no-store')
  async change(
    @Param('id') id: string,
    @ByAdmin() actor: Actor,
    @Body() request: WebhookChange,
  ): Promise<shape.WebhookReport> {
    if (typeof request.url === 'string') this.requireUrl(request.url);
    return this.changed(await this.webhooks.change(actor, requireId(id), namedSettings(request)));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id') id: string, @ByAdmin() actor: Actor): Promise<void> {
    if (!(await this.webhooks.remove(actor, requireId(id)))) throw unknown();
    await this.senders.changed(id);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async pause(@Param('id') id: string, @ByAdmin() actor: Actor): Promise<shape.WebhookReport> {
    return this.changed(await this.webhooks.pause(actor, requireId(id)));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async resume(@Param('id') id: string, @ByAdmin() actor: Actor): Promise<shape.WebhookReport> {
    return this.changed(await this.webhooks.resume(actor, await this.find(id)));
  }

  /** Sends again what follows a place of the change feed. */
  @Post(':id/replay')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async replay(
    @Param('id') id: string,
    @ByAdmin() actor: Actor,
    @Body() request: ReplayRequest,
  ): Promise<shape.WebhookReport> {
    const row = await this.find(id);
    const cursor = changeCursor(await this.feed.begin(parseFeedCursor(request.cursor)));
    return this.changed(await this.webhooks.replay(actor, row, cursor));
  }

  /** A new secret. The old one also signs for a day, or as long as the request says. */
  @Post(':id/rotate')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async rotate(
    @Param('id') id: string,
    @ByAdmin() actor: Actor,
    @Body() request?: RotateRequest,
  ): Promise<shape.WebhookWithSecret> {
    const known = await this.findSigned(id);
    const overlapMs = (request?.overlapHours ?? OVERLAP_HOURS) * 3_600_000;
    const until = new Date(this.clock.now().getTime() + overlapMs);
    const row = await this.webhooks.rotate(actor, known, newSecret(), until);
    return { ...(await this.changed(row)), secret: row?.secret ?? '' };
  }

  /** Sends a message without changes now, whatever the state of the webhook. */
  @Post(':id/test')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async test(@Param('id') id: string): Promise<shape.DeliveryReport> {
    const row = await this.findSigned(id);
    const message = testMessage(row.id, this.clock.now());
    const { status, error, durationMs } = await this.client.send(message, row);
    const about = { messageId: message.id, attempt: 1, test: true, changes: 0, fromCursor: null };
    const at = await this.log.add({ webhookId: row.id, ...about, nextCursor: null, status, error, durationMs });
    if (at === undefined) throw unknown();
    // Not the newest: others are logged meanwhile.
    const [logged] = await this.log.list(row.id, at + 1n, 1);
    if (!logged) throw unknown();
    return logged;
  }

  @Get(':id/deliveries')
  @Header('cache-control', 'no-store')
  async deliveries(
    @Param('id') id: string,
    @Query('cursor') cursor: unknown,
    @Query('limit') limit: unknown,
  ): Promise<shape.DeliveryPage> {
    const most = parseLimit(limit, shape.DELIVERIES_LIMIT.most, shape.DELIVERIES_LIMIT.usual);
    const before = parseCursor(cursor);
    const deliveries = await this.log.list((await this.find(id)).id, before, most);
    const last = deliveries.length === most ? deliveries.at(-1) : undefined;
    return { deliveries, nextCursor: last ? cursorOf(BigInt(last.id)) : null };
  }

  private async find(id: string): Promise<StoredWebhook> {
    const row = await this.webhooks.find(requireId(id));
    if (!row) throw unknown();
    return row;
  }

  /** @throws ApiProblem where a reseller subscribed by OCTO, which has neither secrets nor tests */
  private async findSigned(id: string): Promise<StoredWebhook> {
    const row = await this.find(id);
    if (row.reseller === null) return row;
    throw new ApiProblem('INVALID_REQUEST', `${row.reseller} subscribed by OCTO, which has neither secrets nor tests.`);
  }

  private async changed(row: StoredWebhook | null): Promise<shape.WebhookReport> {
    if (!row) throw unknown();
    await this.senders.changed(row.id);
    return webhookReport(row, this.clock.now());
  }

  private async withBacklog(row: StoredWebhook): Promise<shape.WebhookWithBacklog> {
    return { ...webhookReport(row, this.clock.now()), backlog: await this.backlogOf(row) };
  }

  private async backlogOf({ cursor, experienceIds }: StoredWebhook): Promise<shape.WebhookWithBacklog['backlog']> {
    const experiences = experienceIds.length === 0 ? null : new Set(experienceIds);
    try {
      const { changes, more } = await this.feed.read(parseFeedCursor(cursor), { limit: BACKLOG_COUNTED, experiences });
      return { changes: changes.length, more, oldestAt: changes[0]?.content.at ?? null };
    } catch (error) {
      if (error instanceof CursorExpired) return null;
      throw error;
    }
  }

  private requireUrl(url: string): void {
    const problem = urlProblem(url, this.settings.webhookNetworks);
    if (problem !== null) throw new ApiProblem('INVALID_REQUEST', `url: ${problem}.`);
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws ApiProblem WEBHOOK_NOT_FOUND where no webhook can have this id */
function requireId(id: string): string {
  if (!UUID.test(id)) throw unknown();
  return id;
}

function unknown(): ApiProblem {
  return new ApiProblem('WEBHOOK_NOT_FOUND', 'No webhook has this id. GET /api/v1/webhook lists them.');
}
