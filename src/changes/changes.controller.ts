import { Controller, Get, Header, Headers, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ServerSettings } from '../config/index.js';
import { ClientRateLimit, countMisses, LoadShedder, parseLimit, RESPONSE_HEADERS } from '../http/index.js';
import { changeCursor, type Position } from '../inventory/index.js';
import { withTimeLimit } from '../time/index.js';
import { ChangeFeed, type FeedPage } from './change-feed.js';
import { parseExperiences, parseWaitSeconds } from './change-query.js';
import { ChangeStreams } from './change-streams.js';
import { CHANGES_LIMIT, type ChangePage } from './change.shape.js';
import { parseFeedCursor } from './cursor.js';
import { Followers } from './followers.js';

/** What changed, for whoever keeps a copy. Open to all, as the reads are. */
@Controller('api/v1/changes')
export class ChangesController {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly streams: ChangeStreams,
    private readonly followers: Followers,
    private readonly shedder: LoadShedder,
    private readonly limit: ClientRateLimit,
    private readonly settings: ServerSettings,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async list(
    @Query('cursor') cursor: unknown,
    @Query('limit') limit: unknown,
    @Query('experience') experience: unknown,
    @Query('wait') wait: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChangePage> {
    const from = parseFeedCursor(cursor);
    const most = parseLimit(limit, CHANGES_LIMIT.most, CHANGES_LIMIT.usual);
    const query = { limit: most, experiences: parseExperiences(experience) };
    const seconds = parseWaitSeconds(wait);
    await countMisses(this.limit, this.settings, request, reply);
    const follows = seconds > 0 && typeof from !== 'string';
    const page = follows ? nothing(from) : await this.shedder.run(() => this.feed.read(from, query));
    if (seconds === 0 || page.changes.length > 0) return pageOf(page);
    const end = this.followers.add();
    try {
      const follow = (signal: AbortSignal) => this.feed.next(page.next, query, signal);
      return pageOf(await withTimeLimit(seconds * 1_000, untilGone(reply), follow));
    } finally {
      end();
    }
  }

  /** Server-sent events. */
  @Get('stream')
  async stream(
    @Query('cursor') cursor: unknown,
    @Query('experience') experience: unknown,
    @Headers('last-event-id') last: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // A browser that connects again sends the same URL, and this header. An empty one names nothing.
    const from = parseFeedCursor(last === '' ? cursor : (last ?? cursor));
    const experiences = parseExperiences(experience);
    await countMisses(this.limit, this.settings, request, reply);
    const end = this.followers.add();
    try {
      // Also where the cursor is a position: it may have expired, which a stream cannot say.
      const position = await this.shedder.run(() => this.feed.begin(from));
      reply.hijack();
      reply.raw.writeHead(200, [
        ...RESPONSE_HEADERS,
        ...['content-type', 'text/event-stream; charset=utf-8', 'cache-control', 'no-store, no-transform'],
        ...['x-accel-buffering', 'no', 'x-request-id', request.id],
      ]);
      if (request.method === 'HEAD') reply.raw.end();
      else await this.streams.run(reply.raw, position, experiences);
    } finally {
      end();
    }
  }
}

/** Its end is in memory, if others wait for it. */
function nothing(next: Position): FeedPage {
  return { changes: [], next, more: true };
}

function pageOf({ changes, next }: FeedPage): ChangePage {
  return { changes: changes.map(({ content }) => content), nextCursor: changeCursor(next) };
}

/** Aborted when the client is gone. */
function untilGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.on('close', () => {
    gone.abort();
  });
  if (reply.raw.destroyed) gone.abort();
  return gone.signal;
}
