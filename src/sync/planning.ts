import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ExperienceReplan } from './experience-replan.js';
import { RequestPrice } from './request-price.js';

/** Keeps the places in the queue in step with what is learned, a little at a time, whatever the size of the catalogue. */
@Injectable()
export class Planning {
  constructor(
    private readonly price: RequestPrice,
    private readonly replan: ExperienceReplan,
    private readonly settings: MirrorSettings,
  ) {}

  async next(): Promise<void> {
    // Deadlines alone don't move with what is learned; should the policy be changed, everything is planned at the next start.
    if (this.settings.policy === 'tiers') return;
    await this.price.keep();
    await this.replan.runNext();
  }
}
