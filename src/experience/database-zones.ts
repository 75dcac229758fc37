import { Injectable } from '@nestjs/common';
import { ApiProblem } from '../http/index.js';
import { PrismaService, sqlStateOf } from '../prisma/index.js';

/** SQLSTATE invalid_parameter_value: what PostgreSQL says of a zone that it does not know. */
const INVALID_PARAMETER = '22023';

/** The time zones as the database knows them: its statements read local dates, and not every zone list has every name. */
@Injectable()
export class DatabaseZones {
  constructor(private readonly prisma: PrismaService) {}

  /** @returns what is wrong with the name, and which one to write instead; undefined: the database knows it */
  async objectionTo(zone: string): Promise<string | undefined> {
    if (await this.knows(zone)) return undefined;
    const other = await this.otherNameOf(zone);
    const advice = other ? `write ${other}, which is the same zone` : 'write the name of another city in it';
    return `The database does not know the time zone ${zone}; ${advice}.`;
  }

  /** The zone under a name that the database knows. @throws ApiProblem INVALID_REQUEST where it knows none */
  async knownAs(zone: string): Promise<string> {
    if (await this.knows(zone)) return zone;
    const other = await this.otherNameOf(zone);
    if (other !== undefined) return other;
    throw new ApiProblem(
      'INVALID_REQUEST',
      `The database does not know the time zone ${zone}. Update its time zone data.`,
    );
  }

  private async knows(zone: string): Promise<boolean> {
    try {
      await this.prisma.$queryRaw`SELECT clock_timestamp() AT TIME ZONE ${zone} AS there`;
      return true;
    } catch (error) {
      if (sqlStateOf(error) === INVALID_PARAMETER) return false;
      throw error;
    }
  }

  /** Read only when a name is unknown: the list takes PostgreSQL tenths of a second. */
  private async otherNameOf(zone: string): Promise<string | undefined> {
    const rows = await this.prisma.$queryRaw<{ name: string }[]>`SELECT name FROM pg_timezone_names ORDER BY name`;
    const sought = canonicalName(zone);
    const same = rows.map(({ name }) => name).filter((name) => canonicalName(name) === sought);
    return same.find((name) => name === sought) ?? same[0];
  }
}

/** One name for all names of a zone; undefined: Node does not know it. */
function canonicalName(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
