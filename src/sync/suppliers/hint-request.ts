import { IsOptional, IsString } from 'class-validator';
import { docs } from '../../http/index.js';

/**
 * A notification as we define it, for the documentation. Suppliers send what they like, so `readHints` reads it and nothing is
 * refused but a body that names no product.
 */
export class HintRequest {
  @IsString(docs('The supplier’s id of the product', '15'))
  product!: string;

  @IsOptional(docs('The supplier’s id of the option; null: every option', null))
  @IsString()
  option?: string | null;

  @IsOptional(docs('The first date; null: all days of the product', null))
  @IsString()
  from?: string | null;

  @IsOptional(docs('The last date; null: the first', null))
  @IsString()
  to?: string | null;
}
