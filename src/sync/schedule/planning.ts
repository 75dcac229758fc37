import { Injectable } from '@nestjs/common';
import { Every } from '../../time/index.js';
import { ExperienceReplan } from './experience-replan.js';
import { ShadowPriceKeeper } from '../rates/shadow-price-keeper.js';

/** Updates the priorities from what is learned, in small steps whose size does not depend on the catalogue. */
@Injectable()
export class Planning {
  constructor(
    private readonly price: ShadowPriceKeeper,
    private readonly replan: ExperienceReplan,
  ) {}

  @Every({ periods: ['2s'], what: 'updating priorities' })
  async next(): Promise<void> {
    await this.price.keep();
    await this.replan.runNext();
  }
}
