import { readFileSync } from 'node:fs';

export interface SchemaColumn {
  readonly name: string;
  /** As PostgreSQL writes it (`format_type`). */
  readonly type: string;
  readonly nullable: boolean;
  /** As PostgreSQL writes it; null: none. */
  readonly default: string | null;
}

export interface SchemaRelation {
  readonly kind: 'table' | 'view';
  readonly name: string;
  /** The client's property. */
  readonly model: string;
  readonly columns: readonly SchemaColumn[];
  readonly primaryKey: readonly string[];
  /** `name(columns)` */
  readonly indexes: readonly string[];
  /** `(columns) → table(columns) on delete …` */
  readonly foreignKeys: readonly string[];
}

const TYPES: Readonly<Record<string, string>> = {
  Int: 'integer',
  'Int[]': 'integer[]',
  'Int @db.SmallInt': 'smallint',
  BigInt: 'bigint',
  Float: 'double precision',
  'Float[]': 'double precision[]',
  String: 'text',
  'String[]': 'text[]',
  'String @db.Uuid': 'uuid',
  Boolean: 'boolean',
  'DateTime @db.Timestamptz(3)': 'timestamp(3) with time zone',
  'DateTime[] @db.Timestamptz(3)': 'timestamp(3) with time zone[]',
  'DateTime @db.Date': 'date',
  'Decimal @db.Decimal': 'numeric',
  'Json @db.Json': 'json',
  Json: 'jsonb',
  'Unsupported("xid8")': 'xid8',
};

/** What prisma/schema.prisma says the database is; so much of the language as the file uses, and an error for the rest. */
export function readPrismaSchema(): SchemaRelation[] {
  const text = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^(model|view) (\w+) \{\n([\s\S]*?)^\}/gm)].map(
    ([, kind = '', model = '', body = '']) => {
      const lines = body
        .split('\n')
        .map((line) => line.replace(/\/\/.*$/, '').trim())
        .filter((line) => line !== '');
      return {
        kind: kind === 'view' ? ('view' as const) : ('table' as const),
        model,
        lines,
        name: mapped(lines, model),
      };
    },
  );
  const tables = new Map(blocks.map((block) => [block.model, block]));
  return blocks.map((block) => relation(block, tables));
}

interface Block {
  readonly kind: 'table' | 'view';
  readonly model: string;
  readonly name: string;
  readonly lines: readonly string[];
}

function relation({ kind, model, name, lines }: Block, tables: ReadonlyMap<string, Block>): SchemaRelation {
  const fields = fieldsOf(lines);
  const scalars = fields.filter(({ type }) => !tables.has(type));
  const columnsOf = (list: string) => columnsIn(list, fields);
  const ids = scalars.filter(({ attributes }) => /@id\b/.test(attributes)).map(({ column }) => column);
  return {
    kind,
    name,
    model: model.charAt(0).toLowerCase() + model.slice(1),
    columns: scalars.map((field) => column(field, name)),
    primaryKey: [...ids, ...attributeLists(lines, '@@id').flatMap(({ list }) => columnsOf(list))],
    // A view has no indexes: what is unique there is a promise to the client.
    indexes:
      kind === 'view'
        ? []
        : attributeLists(lines, '@@index').map(({ list, map }) => `${map}(${columnsOf(list).join(', ')})`),
    foreignKeys: fields.flatMap(({ type, attributes }) => {
      const [, own, theirs, onDelete = 'NoAction'] =
        /@relation\(fields: \[([^\]]+)\], references: \[([^\]]+)\](?:, onDelete: (\w+))?\)/.exec(attributes) ?? [];
      if (own === undefined || theirs === undefined) return [];
      const other = tables.get(type);
      const referenced = columnsIn(theirs, fieldsOf(other?.lines ?? [])).join(', ');
      return [`(${columnsOf(own).join(', ')}) → ${other?.name}(${referenced}) on delete ${onDelete.toLowerCase()}`];
    }),
  };
}

type Field = ReturnType<typeof parseField>;

function fieldsOf(lines: readonly string[]): Field[] {
  return lines.filter((line) => !line.startsWith('@@')).map(parseField);
}

/** @param list fields, separated by commas */
function columnsIn(list: string, fields: readonly Field[]): string[] {
  const columnOf = (name: string) => fields.find(({ field }) => field === name)?.column ?? `unknown field ${name}`;
  return list.split(',').map((name) => columnOf(name.trim()));
}

function parseField(line: string) {
  const [, field = '', type = '', many = '', attributes = ''] =
    /^(\w+)\s+(\w+(?:\("\w+"\))?)(\?|\[\])?\s*(.*)$/.exec(line) ?? [];
  return {
    field,
    type,
    list: many === '[]',
    // Prisma makes no difference between an empty list and none.
    optional: many !== '',
    attributes,
    column: /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? field,
  };
}

function column({ field, type, list, optional, attributes, column: name }: Field, table: string): SchemaColumn {
  const native = /@db\.\w+(\(\d+\))?/.exec(attributes)?.[0];
  const whole = list ? `${type}[]` : type;
  const sqlType = TYPES[native ? `${whole} ${native}` : whole];
  if (sqlType === undefined)
    throw new Error(`${table}.${field}: this test does not know the type ${type} ${native ?? ''}`);
  return { name, type: sqlType, nullable: optional, default: defaultOf(attributes, `${table}_${name}_seq`, sqlType) };
}

function defaultOf(attributes: string, sequence: string, sqlType: string): string | null {
  if (attributes.includes('@default([])')) {
    // PostgreSQL writes the precision of the items as a cast of its own.
    const plain = sqlType.replace(/\(\d+\)/, '');
    return plain === sqlType ? `ARRAY[]::${sqlType}` : `(ARRAY[]::${plain})::${sqlType}`;
  }
  const value = /@default\((\w+)(?:\(\))?\)/.exec(attributes)?.[1];
  if (value === undefined) return null;
  if (value === 'now') return 'CURRENT_TIMESTAMP';
  return value === 'autoincrement' ? `nextval('${sequence}'::regclass)` : value;
}

function mapped(lines: readonly string[], model: string): string {
  return lines.map((line) => /^@@map\("(\w+)"\)/.exec(line)?.[1]).find((name) => name !== undefined) ?? model;
}

function attributeLists(lines: readonly string[], attribute: string) {
  return lines.flatMap((line) => {
    if (!line.startsWith(`${attribute}(`)) return [];
    return [{ list: /\[([^\]]+)\]/.exec(line)?.[1] ?? '', map: /map: "(\w+)"/.exec(line)?.[1] ?? 'no name' }];
  });
}
