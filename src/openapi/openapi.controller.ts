import { createHash } from 'node:crypto';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { matches, PageFiles } from '../http/index.js';
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
  private document: { readonly text: string; readonly etag: string } | undefined;

  /** Made when it is asked for the first time: a start has better things to do. */
  @Get('openapi.json')
  json(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.document ??= written();
    const { text, etag } = this.document;
    void reply.header('cache-control', 'no-cache').header('etag', etag);
    if (matches(request.headers['if-none-match'], etag)) void reply.status(304).send();
    else void reply.header('content-type', 'application/json; charset=utf-8').send(text);
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

function written(): { text: string; etag: string } {
  const text = JSON.stringify(openApiDocument());
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
}
