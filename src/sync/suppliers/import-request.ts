import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { docs } from '../../http/index.js';

/** A product, or one option of it, in the supplier's ids. */
export class ImportedProduct {
  @IsString(docs('The supplier’s id', '15'))
  @MaxLength(200)
  @Matches(/^[^\0]+$/, { message: 'product must not be empty or contain NUL' })
  product!: string;

  @IsOptional(docs('The supplier’s id of the option; null: it has none', null))
  @IsString()
  @MaxLength(200)
  @Matches(/^[^\0]+$/, { message: 'option must not be empty or contain NUL' })
  option?: string | null;
}

/** The body of `POST /api/v1/supplier/:name/import`. */
export class ImportRequest {
  @IsOptional(docs('Without it all that the supplier lists', [{ product: '15' }]))
  @IsArray()
  @ArrayMaxSize(5_000)
  @ValidateNested({ each: true, message: 'products must be a list like [{"product":"15"}]' })
  @Type(() => ImportedProduct)
  products?: ImportedProduct[] | null;
}
