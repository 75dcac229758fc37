import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageFiles, refuseUnknown } from '../http/index.js';

/** The plotting library, served by us as it was published. */
const PACKAGED = {
  'vendor/uplot.js': 'uplot/dist/uPlot.esm.js',
  'vendor/uplot.css': 'uplot/dist/uPlot.min.css',
};

/** What the address names of what is shown, see `page/view.ts`. */
const VIEW = ['page', 'filter', 'supplier', 'show', 'range', 'period', 'zone'];

/** The operator's page. It has no secrets: what it shows it asks the API for, with the key that it is given. */
@Controller('console')
export class ConsoleController {
  private readonly files = new PageFiles('console/page', PACKAGED, "'self'");

  /** The page itself reads the query. */
  @Get()
  async page(
    @Query() view: Readonly<Record<string, unknown>>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseUnknown(view, VIEW);
    await this.files.send('index.html', request, reply);
  }

  @Get('vendor/:name')
  async vendor(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.files.send(`vendor/${name}`, request, reply);
  }

  @Get(':name')
  async file(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.files.send(name, request, reply);
  }
}
