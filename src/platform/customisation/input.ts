import { z } from 'zod';
import type { Labels } from '../entity/types.ts';
import { LONGEST_NAME } from './names.ts';
import { CUSTOM_KINDS } from './traits.shared.ts';

const NO_CONTROL = /^\P{Cc}*$/u;
const words = (max: number) => z.string().trim().min(1).max(max).regex(NO_CONTROL);

/** A label in both languages; where one is left out, or only a text is given, both have the same. */
const labels = (max: number) =>
  z
    .union([words(max), z.strictObject({ zh: words(max).optional(), en: words(max).optional() })])
    .transform((given, check): Labels => {
      const { zh, en } = typeof given === 'string' ? { zh: given, en: given } : given;
      const either = zh ?? en;
      if (either === undefined) check.addIssue({ code: 'custom', message: 'required' });
      return { zh: zh ?? either ?? '', en: en ?? either ?? '' };
    });

const name = z.string().regex(new RegExp(`^(x_)?[a-z][a-z0-9]{0,${LONGEST_NAME - 1}}$`));

const option = z.strictObject({
  /** What is stored. Left out for a new option: made from its label. */
  value: z.string().trim().min(1).max(60).regex(NO_CONTROL).optional(),
  label: labels(60),
  color: z.enum(['zhu', 'teng', 'song', 'dai']).optional(),
  retired: z.boolean().optional(),
});
export type OptionInput = z.output<typeof option>;

const changeable = {
  label: labels(60),
  help: labels(500).nullable(),
  required: z.boolean(),
  max: z.int().min(1).max(20_000).nullable(),
  min: z.number().min(-1e15).max(1e15).nullable(),
  maxValue: z.number().min(-1e15).max(1e15).nullable(),
  options: z.array(option).max(300),
  open: z.boolean(),
  default: z.json(),
  searchable: z.boolean(),
  filterable: z.boolean(),
  sortable: z.boolean(),
  unique: z.boolean(),
  sensitive: z.boolean(),
  group: words(60).nullable(),
  quick: z.boolean(),
  position: z.int().min(0).max(10_000),
};

const field = z.strictObject({ ...z.object(changeable).partial().shape, label: labels(60) }).extend({
  kind: z.enum(CUSTOM_KINDS),
  name: name.optional(),
  to: z.string().max(100).optional(),
});
export type NewField = z.output<typeof field>;

export const fieldInput = field.extend({ entity: z.string().max(100) });
export type FieldInput = z.output<typeof fieldInput>;

/** Kind, record type and name never change. */
export const fieldPatch = z.strictObject(z.object(changeable).partial().shape).extend({
  /** `false` brings a retired field back. */
  retired: z.literal(false).optional(),
});
export type FieldPatch = z.output<typeof fieldPatch>;

const prefix = z.string().regex(/^[A-Z]{1,6}$/);
const icon = z
  .string()
  .regex(/^[a-z-]{1,40}$/)
  .nullable();

export const typeInput = z.strictObject({
  label: labels(40),
  titleLabel: labels(40).optional(),
  name: name.optional(),
  scope: z.enum(['open', 'own', 'child']),
  /** Of the scope `child`: the record type it hangs on. */
  parent: z.string().max(100).optional(),
  numberPrefix: prefix.optional(),
  timeline: z.boolean().optional(),
  icon: icon.optional(),
  fields: z.array(field).max(200).optional(),
});
export type TypeInput = z.output<typeof typeInput>;

export const typePatch = z.strictObject({
  label: labels(40).optional(),
  titleLabel: labels(40).optional(),
  numberPrefix: prefix.optional(),
  timeline: z.boolean().optional(),
  icon: icon.optional(),
  retired: z.literal(false).optional(),
});
export type TypePatch = z.output<typeof typePatch>;
