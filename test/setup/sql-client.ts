import pg from 'pg';

/** A connection of its own, beside those of the application. */
export async function connect({ url }: { readonly url: string }): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
