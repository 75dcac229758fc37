import { createHash } from 'node:crypto';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepEncodings, matches, PageFiles } from '../http/index.js';
import { exampleDay, type ExampleDay } from '../schema/index.js';
import { Clock } from '../time/index.js';
import { openApiDocument } from './document.js';

/** Swagger UI, served by us as it was published. */
const PACKAGED = {
  'swagger-ui.js': 'swagger-ui-dist/swagger-ui-bundle.js',
  'swagger-ui.css': 'swagger-ui-dist/swagger-ui.css',
};

/** What the API is: for machines, and for people who read and try it. */
@Controller()
export class OpenApiController {
  /** Swagger UI's style sheet carries its images in it. */
  private readonly files = new PageFiles('openapi/page', PACKAGED, "'self' data:");
  private document: Written | undefined;

  constructor(private readonly clock: Clock) {}

  /** Written when it is first requested, and again on each new day: its examples are of today. */
  @Get('openapi.json')
  json(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const day = exampleDay(this.clock.now());
    if (this.document?.date !== day.date(0)) this.document = written(day);
    const { bytes, etag } = this.document;
    void reply.header('cache-control', 'no-cache').header('etag', etag);
    if (matches(request.headers['if-none-match'], etag)) void reply.status(304).send();
    else void reply.header('content-type', 'application/json; charset=utf-8').send(bytes);
  }

  @Get('docs')
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.files.send('index.html', request, reply);
  }

  @Get('docs/:name')
  async file(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.files.send(name, request, reply);
  }
}

interface Written {
  readonly date: string;
  readonly bytes: Buffer;
  readonly etag: string;
}

function written(day: ExampleDay): Written {
  const bytes = keepEncodings(Buffer.from(JSON.stringify(openApiDocument(day))));
  return { date: day.date(0), bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}
