import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from '../http/index.js';
import { ConsoleFiles } from './console-files.js';

/** Nothing but our own files, and no other host: what a partner names itself can do nothing here. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The operator's page. It has no secrets: what it shows it asks the API for, with the key that it is given. */
@Controller('console')
export class ConsoleController {
  constructor(private readonly files: ConsoleFiles) {}

  @Get()
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send('index.html', request, reply);
  }

  @Get('vendor/:name')
  async vendor(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(`vendor/${name}`, request, reply);
  }

  @Get(':name')
  async file(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(name, request, reply);
  }

  private async send(name: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const file = await this.files.find(name);
    if (!file) throw new ApiProblem('NOT_FOUND', 'The console has no such file. It begins at /console.');
    void reply
      .header('content-security-policy', POLICY)
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-cache')
      .header('etag', file.etag);
    if (request.headers['if-none-match'] === file.etag) void reply.status(304).send();
    else void reply.header('content-type', file.type).send(file.bytes);
  }
}
