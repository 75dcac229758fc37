/** Slots, pax types and prices as the original service keeps them: normalised, each with a surrogate and a natural key. */
export const UPSERT_TABLES = `
  CREATE TABLE upserted_price (
    id serial PRIMARY KEY, owner text NOT NULL UNIQUE, final_price numeric NOT NULL, original_price numeric NOT NULL,
    discount numeric NOT NULL, currency_code text NOT NULL);
  CREATE TABLE upserted_slot (
    id serial PRIMARY KEY, experience_id integer NOT NULL REFERENCES experience (id), start_date date NOT NULL,
    provider_slot_id text NOT NULL UNIQUE, variant_id integer NOT NULL, start_time text NOT NULL, end_time text NOT NULL,
    remaining integer NOT NULL, currency_code text NOT NULL, price_id integer NOT NULL REFERENCES upserted_price (id));
  CREATE INDEX ON upserted_slot (experience_id, start_date);
  CREATE TABLE upserted_pax (
    id serial PRIMARY KEY, slot_id integer NOT NULL REFERENCES upserted_slot (id), type text NOT NULL, name text,
    description text, is_primary boolean NOT NULL, min integer NOT NULL, max integer NOT NULL, remaining integer NOT NULL,
    price_id integer NOT NULL REFERENCES upserted_price (id), UNIQUE (slot_id, type))`;

export const EMPTY_TABLES = 'TRUNCATE upserted_pax, upserted_slot, upserted_price';

/** $1–$5 are the price; it goes with its owner in one statement, which is kinder than an ORM's two. */
const PRICE = `
  WITH price AS (
    INSERT INTO upserted_price (owner, final_price, original_price, discount, currency_code) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (owner) DO UPDATE SET final_price = excluded.final_price, original_price = excluded.original_price,
      discount = excluded.discount, currency_code = excluded.currency_code
    RETURNING id)`;

export const UPSERT_SLOT = `${PRICE}
  INSERT INTO upserted_slot (experience_id, start_date, provider_slot_id, variant_id, start_time, end_time, remaining,
    currency_code, price_id)
  SELECT $6::int, $7::date, $8, $9::int, $10, $11, $12::int, $13, id FROM price
  ON CONFLICT (provider_slot_id) DO UPDATE SET variant_id = excluded.variant_id, start_time = excluded.start_time,
    end_time = excluded.end_time, remaining = excluded.remaining, currency_code = excluded.currency_code,
    price_id = excluded.price_id
  RETURNING id`;

export const UPSERT_PAX = `${PRICE}
  INSERT INTO upserted_pax (slot_id, type, name, description, is_primary, min, max, remaining, price_id)
  SELECT $6::int, $7, $8, $9, $10::boolean, $11::int, $12::int, $13::int, id FROM price
  ON CONFLICT (slot_id, type) DO UPDATE SET name = excluded.name, description = excluded.description,
    is_primary = excluded.is_primary, min = excluded.min, max = excluded.max, remaining = excluded.remaining,
    price_id = excluded.price_id`;
