import { Injectable } from '@nestjs/common';
import { ExperienceReplan } from './experience-replan.js';
import { ShadowPriceKeeper } from '../rates/shadow-price-keeper.js';

/** Keeps the priorities in step with what is learned, a little at a time, whatever the size of the catalogue. */
@Injectable()
export class Planning {
  constructor(
    private readonly price: ShadowPriceKeeper,
    private readonly replan: ExperienceReplan,
  ) {}

  async next(): Promise<void> {
    await this.price.keep();
    await this.replan.runNext();
  }
}
