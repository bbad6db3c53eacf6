import { maxLength } from '../../entity/schema.ts';
import type { Entity, Field } from '../../entity/types.ts';
import type { Answer, Person, TestApp } from '../app.ts';

export type Values = Record<string, unknown>;

/** What a record type needs beyond the kinds of its fields. */
export interface Ways {
  /** Values its own rules ask for; undefined leaves a field out. */
  extra?: Values;
  /** How one is created, where it is not by JSON. */
  post?(person: Person, body: Values): Promise<Answer>;
}

export interface Subject {
  house: TestApp;
  entity: Entity;
  ways: Ways;
}

/** Creates one the way its record type is created. */
export const post = ({ entity, ways }: Subject, person: Person, body: Values): Promise<Answer> =>
  ways.post ? ways.post(person, body) : person.post(`/${entity.plural}`, body);

/** Creates one; throws unless that succeeds. */
export async function create(
  subject: Subject,
  body: Values,
): Promise<{ id: string; [field: string]: unknown }> {
  const answer = await post(subject, subject.house.administrator, body);
  if (answer.status !== 201)
    throw new Error(`POST /${subject.entity.plural}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

let counter = 1000;
/** A number nobody has had yet, so that unique fields stay unique. */
export const next = () => ++counter;

const targets = new WeakMap<TestApp, Map<string, Promise<string>>>();

/** A record of a type for others to point to; the same one each time. */
export function target(house: TestApp, name: string): Promise<string> {
  const known = targets.get(house) ?? new Map<string, Promise<string>>();
  targets.set(house, known);
  let id = known.get(name);
  if (!id) {
    id = name === 'user' ? Promise.resolve(house.administrator.id) : fresh(house, name);
    known.set(name, id);
  }
  return id;
}

/** A reference that may stand once only with the others: each record gets a target of its own. People are the same always. */
const standsOnce = (entity: Entity, { name, to }: Field) =>
  to !== undefined && to !== 'user' && (entity.unique ?? []).some((set) => set.includes(name));

async function fresh(house: TestApp, name: string): Promise<string> {
  const entity = house.services.registry().byName.get(name)!;
  return (await house.administrator.create(entity.plural, await smallest({ house, entity, ways: {} }))).id;
}

const writable = (entity: Entity) => entity.fieldList.filter((field) => !field.readOnly);

/** A body with the required fields and the title. */
export function smallest({ house, entity, ways }: Subject): Promise<Values> {
  const needed = (field: Field) =>
    (field.required && field.default === undefined) || field.name === entity.title;
  return valuesOf({ house, entity, ways }, writable(entity).filter(needed));
}

/** A body with every field a person may write. A child's department is its root's. */
export function fullest({ house, entity, ways }: Subject): Promise<Values> {
  const given = (field: Field) =>
    field.kind !== 'json' && !(entity.scope.kind === 'child' && field.name === 'department');
  return valuesOf({ house, entity, ways }, writable(entity).filter(given));
}

async function valuesOf({ house, entity, ways }: Subject, fields: readonly Field[]): Promise<Values> {
  const { extra = {} } = ways;
  const n = next();
  const values: Values = {};
  // What is told is not thought up: some types have no samples without being told.
  for (const field of fields)
    if (!(field.name in extra))
      values[field.name] = await (standsOnce(entity, field)
        ? fresh(house, field.to!)
        : sample(house, field, n));
  return Object.fromEntries(
    Object.entries({ ...values, ...extra }).filter(([, value]) => value !== undefined),
  );
}

const day = (n: number) =>
  Temporal.PlainDate.from('2025-01-01')
    .add({ days: n % 700 })
    .toString();

/** A value the field takes, different for each `n` where there is room. */
export async function sample(house: TestApp, field: Field, n: number): Promise<unknown> {
  const offered = field.options.filter((option) => !option.retired).map((option) => option.value);
  switch (field.kind) {
    case 'phone':
      return `138${String(n).padStart(8, '0')}`;
    case 'phones':
      return [`139${String(n).padStart(8, '0')}`];
    case 'email':
      return `person${n}@yunhe.example`;
    case 'url':
      return `https://yunhe.example/${n}`;
    case 'integer':
      return within(n, field.min ?? 0, field.maxValue ?? 1_000_000);
    case 'decimal':
      return `${within(n, field.min ?? 0, field.maxValue ?? 1_000_000)}`;
    case 'money':
      return { amount: `${within(n, field.min ?? 0, field.maxValue ?? 1_000_000)}.00`, currency: 'CNY' };
    case 'date':
      return day(n);
    case 'instant':
      return `${day(n)}T08:${String(n % 60).padStart(2, '0')}:00Z`;
    case 'boolean':
      return n % 2 === 0;
    case 'choice':
      return offered.length ? offered[n % offered.length] : `选项${n}`;
    case 'multiChoice':
      return offered.slice(0, 1);
    case 'reference':
      return target(house, field.to!);
    case 'references':
      return [await target(house, field.to!)];
    case 'birthday':
      return '1988-03-05';
    case 'json':
      return {};
    default:
      return `${field.name.slice(-8)}样${n}本`.slice(0, maxLength(field));
  }
}

const within = (n: number, least: number, most: number) => least + (n % (most - least + 1));

/** A value of the wrong type, and one too long or not offered, where the kind knows such. */
export function wrongValues(field: Field): unknown[] {
  const long = '长'.repeat(maxLength(field) + 1);
  switch (field.kind) {
    case 'integer':
      return [
        '7',
        1.5,
        ...(field.maxValue === undefined ? [] : [field.maxValue + 1]),
        ...(field.min === undefined ? [] : [field.min - 1]),
      ];
    case 'decimal':
      return ['seven', '1e5', {}];
    case 'money':
      return [
        '5',
        { amount: 'five', currency: 'CNY' },
        { amount: '5', currency: '元' },
        { amount: '0.001', currency: 'CNY' },
      ];
    case 'date':
      return ['2025-02-30', '5 March', 20250301];
    case 'instant':
      return ['2025-03-01', 'now', 7];
    case 'boolean':
      return ['true', 1];
    case 'choice':
      return [7, field.open ? long : 'no such option'];
    case 'multiChoice':
      return ['a', field.open ? [long] : ['no such option']];
    case 'reference':
      return ['nobody', 7, NOBODY];
    case 'references':
      return ['nobody', [NOBODY]];
    case 'phones':
      return ['one', [7]];
    case 'birthday':
      return ['next week', 7];
    case 'email':
      return ['no mail', 7];
    case 'url':
      return ['javascript:alert(1)', 7];
    case 'json':
      return [];
    default:
      return [7, {}, long];
  }
}

const NOBODY = '00000000-0000-7000-8000-000000000000';

/** What a value looks like when it is read: links by id, and instants in one form. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object' && 'id' in value) return value.id;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value))
    return Temporal.Instant.from(value).toString();
  return value;
}

/** A change that every record type allows: another title. */
export const change = (entity: Entity): Values => ({ [entity.title]: `改后${next()}` });
