import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { type FieldProblem, invalid } from '../errors/problem.ts';
import { isCurrency, minorUnits } from '../money/currencies.shared.ts';
import { isTooPrecise } from '../money/money.shared.ts';
import { readBirthdayText } from '../time/birthday.shared.ts';
import { partFields } from './parts/fields.ts';
import type { Entity, Field, Part } from './types.ts';

const uuid = z.uuid();
const reference = z.union([uuid, z.object({ id: uuid }).transform((link) => link.id)]);
const decimalForm = z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/, { abort: true });
const currencyForm = z.string().regex(/^[A-Z]{3}$/, { abort: true });
const decimalText = z.union([decimalForm, z.number().transform(String).pipe(decimalForm)]);
const decimal = ({ min, maxValue }: Pick<Field, 'min' | 'maxValue'>) =>
  decimalText.superRefine((text, check) => {
    if (min !== undefined && new Decimal(text).lt(min))
      check.addIssue({ code: 'too_small', origin: 'number', minimum: min, input: text });
    if (maxValue !== undefined && new Decimal(text).gt(maxValue))
      check.addIssue({ code: 'too_big', origin: 'number', maximum: maxValue, input: text });
  });
const money = (field: Pick<Field, 'min' | 'maxValue'>) =>
  z
    .strictObject({ amount: decimal(field), currency: currencyForm })
    .superRefine(({ amount, currency }, check) => {
      const refuse = (path: string, code: string, params: object) =>
        check.addIssue({ code: 'custom', path: [path], params: { code, params } });
      if (!isCurrency(currency)) refuse('currency', 'money_currency_unknown', { text: currency, currency });
      else if (isTooPrecise(amount, currency))
        refuse('amount', 'money_too_precise', { text: amount, currency, digits: minorUnits(currency) });
    });
/** An amount with its currency, where no field says more. */
export const moneyInput = money({});
// PostgreSQL stores neither NUL nor half a character, and other control characters are never meant.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const NO_CONTROL = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\p{Cs}]*$/u;
const text = (max: number) => z.string().max(max).regex(NO_CONTROL);

const isDate = (value: string) => {
  try {
    return Temporal.PlainDate.from(value).toString() === value;
  } catch {
    return false;
  }
};

const instant = z.string().transform((value, check) => {
  try {
    return Temporal.Instant.from(value).toString();
  } catch {
    check.addIssue({ code: 'custom', message: 'instant' });
    return z.NEVER;
  }
});

/** The longest text a field takes, in characters. */
export const maxLength = (field: Pick<Field, 'kind' | 'max'>) =>
  field.max ?? (field.kind === 'longText' ? 20_000 : 200);

/** What a value of the field looks like on the wire; empty text counts as no value. */
export function valueSchema(field: Field): z.ZodType {
  const max = maxLength(field);
  switch (field.kind) {
    case 'email':
      return z.string().trim().max(max).pipe(z.email());
    case 'url':
      return z
        .string()
        .trim()
        .max(Math.max(max, 2000))
        .regex(NO_CONTROL)
        .regex(/^https?:\/\/\S+$/i);
    case 'phones':
      return z.array(text(60)).max(20);
    case 'integer':
      return z
        .int()
        .min(field.min ?? -2_147_483_648)
        .max(field.maxValue ?? 2_147_483_647);
    case 'decimal':
      return decimal(field);
    case 'money':
      return money(field);
    case 'date':
      return z.string().refine(isDate, 'date');
    case 'instant':
      return instant;
    case 'boolean':
      return z.boolean();
    case 'choice':
      return field.open ? text(max) : z.enum(field.options.map((option) => option.value));
    case 'multiChoice':
      return z.array(field.open ? text(max) : z.enum(field.options.map((option) => option.value))).max(100);
    case 'reference':
      return reference;
    case 'references':
      return z.array(reference).max(200);
    case 'json':
      return z.json();
    case 'birthday':
      return z.string().refine((value) => readBirthdayText(value) !== undefined, 'birthday');
    case 'region':
    case 'phone':
    case 'text':
    case 'longText':
      return text(max);
  }
}

const emptyToNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);

const schemas = new WeakMap<Entity, { create: z.ZodType; patch: z.ZodType }>();

/** The schemas of a record's body: for creation (required fields must be there) and for changes. */
export function bodySchemas(entity: Entity): { create: z.ZodType; patch: z.ZodType } {
  let known = schemas.get(entity);
  if (!known) {
    const writable = entity.fieldList.filter((field) => !field.readOnly);
    const parts = Object.fromEntries(entity.parts.map((part) => [part.name, partSchema(part).optional()]));
    const shape = (creating: boolean) => z.strictObject({ ...fieldShape(writable, creating), ...parts });
    known = { create: shape(true), patch: shape(false) };
    schemas.set(entity, known);
  }
  return known;
}

const fieldShape = (fields: readonly Field[], creating: boolean) =>
  Object.fromEntries(
    fields.map((field) => {
      const value = valueSchema(field);
      const mustExist = field.required && field.default === undefined;
      if (mustExist && creating) return [field.name, z.preprocess(emptyToNull, value)];
      const open = mustExist ? value : value.nullable();
      return [field.name, z.preprocess(emptyToNull, open).optional()];
    }),
  );

/** Most rows of one part that a record may have. */
const MOST_ROWS = 2000;

/** All rows as they shall stand: one with `id` is there already and keeps what is not given. What is missing is checked later. */
const partSchema = (part: Part) =>
  z.array(z.strictObject({ id: uuid.optional(), ...fieldShape(partFields(part), false) })).max(MOST_ROWS);

/** Parses a body or throws `invalid` naming each offending field. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.slice(0, 50).flatMap((issue) => issueProblems(issue, body)));
}

function issueProblems(issue: z.core.$ZodIssue, body: unknown): FieldProblem[] {
  const path = issue.path.join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), code: 'unknown_field' }));
    case 'too_big':
      return [
        { path, code: issue.origin === 'string' ? 'too_long' : 'too_large', params: { max: issue.maximum } },
      ];
    case 'too_small':
      return [{ path, code: 'too_small', params: { min: issue.minimum } }];
    case 'invalid_value':
      return [{ path, code: 'bad_option', params: { options: issue.values.join(', ') } }];
    case 'invalid_type':
      return [
        {
          path,
          code: isMissing(valueAt(body, issue.path)) ? 'required' : 'wrong_type',
          params: { expected: issue.expected },
        },
      ];
    case 'invalid_format':
      return [{ path, code: issue.format === 'regex' ? 'bad_format' : `bad_${issue.format}` }];
    case 'custom':
      if (issue.params?.code) return [{ path, code: issue.params.code, params: issue.params.params }];
      return [{ path, code: CUSTOM.has(issue.message) ? `bad_${issue.message}` : 'bad_format' }];
    case 'invalid_union':
      return [{ path, code: isMissing(valueAt(body, issue.path)) ? 'required' : 'bad_format' }];
    default:
      return [{ path, code: 'bad_format' }];
  }
}

const CUSTOM = new Set(['date', 'instant']);

const isMissing = (value: unknown) => (emptyToNull(value) ?? null) === null;

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    body,
  );
}
