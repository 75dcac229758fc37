import type { PrismaService } from '../dist.js';

/** A statement of the client in parts, and the values between them. */
interface Statement {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

const PLACE = '\u0000';
/** What recording does for the change feed: a row, a lock, a notification, and a look at whether a later transaction was first. */
const FEED = [
  /\s*UNION ALL SELECT late[\s\S]*?WHERE late/,
  /, appended AS \([\s\S]*?FROM replaced\s*\)/,
  /FOR NO KEY UPDATE/,
  /, pg_notify\('slotmirror_change', ''\)::text/,
];

/** The client, but recording leaves out what it does for the change feed. */
export function withoutFeed(
  prisma: PrismaService,
  sql: (strings: readonly string[], ...values: unknown[]) => Statement,
) {
  const query = prisma.direct.$queryRaw.bind(prisma.direct) as (statement: unknown) => Promise<unknown>;
  const run = (strings: readonly string[], ...values: unknown[]) => query(sql(...cut(sql(strings, ...values))));
  const direct = { $queryRaw: run };
  return new Proxy(prisma, {
    get: (target, name): unknown => (name === 'direct' ? direct : Reflect.get(target, name)),
  });
}

function cut({ strings, values }: Statement): [readonly string[], ...unknown[]] {
  let text = strings.join(PLACE);
  let left = [...values];
  for (const part of FEED) {
    const found = part.exec(text);
    if (!found) throw new Error(`recording has no ${part.source}: this contender is outdated`);
    const before = text.slice(0, found.index).split(PLACE).length - 1;
    left = left.toSpliced(before, found[0].split(PLACE).length - 1);
    text = text.slice(0, found.index) + text.slice(found.index + found[0].length);
  }
  const parts = text.split(PLACE);
  return [Object.assign(parts, { raw: parts }), ...left];
}
