import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import type { Services } from '../context/services.ts';
import { fieldText } from '../entity/field-text.ts';
import type { WireRecord } from '../entity/meta.shared.ts';
import { readRecord } from '../entity/records.ts';
import { entityNamed } from '../entity/registry.ts';
import { readMany } from '../entity/titles.ts';
import type { Entity, Field } from '../entity/types.ts';
import { labelsOf, translate } from '../i18n/translations.ts';
import {
  HIDDEN,
  type PaperField,
  type PaperShape,
  type PaperSpec,
  type PaperValues,
  type PaperWish,
} from './paper.ts';
import { fieldTexts } from './text.ts';

/** What a module tells of the paper of one of its record types; everything else follows from its declaration. */
export interface RecordPaper {
  name: string;
  entity: string;
  /** In whose name it is: a record of this type, for `{我方.名称}`. */
  seller: { entity: string; of(ctx: Context, record: WireRecord): Promise<string | null> };
  /** The picture of the seal, asked only once the record is final. */
  seal?(ctx: Context, seller: string | null): Promise<string | undefined>;
  logo?(ctx: Context, seller: string | null): Promise<string | undefined>;
  isFinal?(record: WireRecord): boolean;
  /** Decimals that are prices, besides all amounts of money: `total`, `lines.price`. */
  prices?: readonly string[];
  /** Never on paper, such as what it costs us. */
  without?: readonly string[];
  /** Other names people give to fields: `lines.gross`. */
  also?: Readonly<Record<string, readonly string[]>>;
  /** Rows of a part as they stand on paper, `no` beside them where they are not simply counted. */
  rows?(part: string, rows: readonly PaperRow[], wish: PaperWish): readonly PaperRow[];
  /** How values are written that are no plain numbers: `lines.taxRate`. */
  written?: Readonly<Record<string, (value: unknown, ctx: Context) => string>>;
}

export type PaperRow = Readonly<Record<string, unknown>>;

const SELLER = 'seller';
const UNPRINTABLE = new Set(['json', 'region', 'birthday']);

/** The paper of a record type: its fields, those of what it names, and the rows of its parts. */
export function recordPaper(paper: RecordPaper): PaperSpec {
  const { name, entity: type } = paper;
  return {
    name,
    entity: type,
    shape: (ctx) => shapeOf(ctx, paper),
    async home(ctx, id) {
      const record = await readRecord(ctx, type, id);
      const { table } = entityNamed(ctx.registry, type);
      const { rows } = await sql<{ department: string | null }>`select department_id as department
        from ${sql.table(table)} where id = ${id}`.execute(ctx.db);
      return { legalEntity: await paper.seller.of(ctx, record), department: rows[0]?.department ?? null };
    },
    read: (ctx, services, id, wish) => readPaper(ctx, services, paper, id, wish),
  };
}

function shapeOf({ registry }: Pick<Context, 'registry'>, paper: RecordPaper): PaperShape {
  const entity = entityNamed(registry, paper.entity);
  const fieldsOf = (type: Entity, path: string, own: boolean, head?: string) =>
    printable(type, own ? path : null, paper, head).map((field) => asPaper(type, field, path, paper));
  const groups = printable(entity, '', paper)
    .filter(({ kind, to }) => kind === 'reference' && to && registry.byName.has(to))
    .map(({ name, label, to }) => ({
      name,
      label,
      fields: fieldsOf(entityNamed(registry, to as string), `${name}.`, false),
    }));
  const seller = entityNamed(registry, paper.seller.entity);
  return {
    fields: fieldsOf(entity, '', true),
    groups: [
      {
        name: SELLER,
        label: labelsOf(registry.words, 'paper.seller'),
        fields: fieldsOf(seller, `${SELLER}.`, false),
      },
      ...groups,
    ],
    loops: entity.parts.map((part) => ({
      name: part.name,
      label: labelsOf(registry.words, `paper.part.${part.name}`),
      fields: fieldsOf(part.entity, `${part.name}.`, true, part.head.name),
    })),
  };
}

/** Fields that make sense on paper; of another record `path` is null, and nothing is left out for the paper's sake. */
function printable(
  entity: Entity,
  path: string | null,
  { without = [] }: RecordPaper,
  head?: string,
): Field[] {
  return Object.values(entity.fields).filter(
    (field) =>
      !field.internal &&
      !UNPRINTABLE.has(field.kind) &&
      field.name !== head &&
      (path === null || !without.includes(path + field.name)),
  );
}

/** What a record is called answers to 名称 as well. */
function asPaper(
  entity: Entity,
  { name, label, kind, synonyms }: Field,
  path: string,
  { also }: RecordPaper,
): PaperField {
  const names = [
    ...(name === entity.title ? ['名称', 'Name'] : []),
    ...(also?.[path + name] ?? []),
    ...(synonyms ?? []),
  ];
  return { name, label, kind: kind === 'money' ? 'money' : kind === 'date' ? 'date' : 'text', also: names };
}

async function readPaper(
  given: Context,
  services: Services,
  paper: RecordPaper,
  id: string,
  wish: PaperWish,
): Promise<PaperValues> {
  const ctx: Context = { ...given, principal: { ...given.principal, language: wish.language } };
  const entity = entityNamed(ctx.registry, paper.entity);
  const record = await readRecord(ctx, paper.entity, id);
  const isPrice = (path: string, { kind }: Field) => kind === 'money' || (paper.prices ?? []).includes(path);
  const textsOf = (
    type: Entity,
    row: WireRecord | Record<string, unknown> | undefined,
    path: string,
    prices: boolean,
  ) =>
    Object.assign(
      {},
      ...Object.values(type.fields).map((field) => {
        const hidden = !row || !(field.name in row) || (isPrice(path + field.name, field) && !prices);
        const written = paper.written?.[path + field.name];
        return fieldTexts(ctx, field, hidden ? HIDDEN : row[field.name], hidden ? undefined : written);
      }),
    ) as Record<string, string>;
  const texts = textsOf(entity, record, '', wish.prices);
  const seller = await paper.seller.of(ctx, record);
  const named: [string, string, string | null][] = [
    [SELLER, paper.seller.entity, seller],
    ...Object.values(entity.fields)
      .filter(({ kind, to }) => kind === 'reference' && to)
      .map((field): [string, string, string | null] => [
        field.name,
        field.to as string,
        (record[field.name] as { id: string } | null | undefined)?.id ?? null,
      ]),
  ];
  for (const [group, type, of] of named) {
    if (![...wish.wanted].some((key) => key.startsWith(`${group}.`))) continue;
    const told = group === SELLER || group in record;
    if (told && of === null) continue;
    const target = entityNamed(ctx.registry, type);
    const may = of !== null && ctx.policies.for(type).can('read');
    const found = may ? (await readMany(ctx, type, [of])).get(of) : undefined;
    for (const [name, text] of Object.entries(textsOf(target, found, `${group}.`, wish.prices)))
      texts[`${group}.${name}`] = text;
    // Its name is told with the record, also to who may not see the rest.
    const title = (record[group] as { title?: string | null } | undefined)?.title;
    if (!found && title) texts[`${group}.${target.title}`] = title;
  }
  const rowsOf = (part: string) => {
    const rows = (record[part] ?? []) as PaperRow[];
    return paper.rows?.(part, rows, wish) ?? rows;
  };
  const loops = Object.fromEntries(
    entity.parts.map((part) => [
      part.name,
      rowsOf(part.name).map((row, at) => ({
        ...textsOf(part.entity, row, `${part.name}.`, wish.prices),
        no: String(row.no ?? at + 1),
      })),
    ]),
  );
  const final = paper.isFinal?.(record) ?? false;
  const seal = final && wish.wanted.has('seal') ? await paper.seal?.(ctx, seller) : undefined;
  const logo = wish.wanted.has('logo') ? await paper.logo?.(ctx, seller) : undefined;
  return {
    title: [
      translate(ctx.registry.words, wish.language, `paper.${paper.name}`),
      record.number ?? record.title,
    ]
      .filter(Boolean)
      .join(' '),
    texts: { ...texts, ...(await commonTexts(ctx, services, wish)) },
    loops,
    seal,
    logo,
  };
}

/** What stands on every paper. */
export async function commonTexts(
  ctx: Context,
  services: Services,
  { prices }: Pick<PaperWish, 'prices'>,
): Promise<Record<string, string>> {
  const { companyName } = await services.settings();
  const { userId } = ctx.principal;
  const people = userId ? await readMany(ctx, 'user', [userId]) : new Map<string, WireRecord>();
  return {
    company: companyName,
    ...fieldTexts(ctx, { name: 'printedOn', kind: 'date', options: [] }, dayOf(ctx)),
    printedBy: people.get(userId ?? '')?.title ?? '',
    priced: prices ? fieldText(ctx, { kind: 'boolean', options: [] }, true) : '',
  };
}
