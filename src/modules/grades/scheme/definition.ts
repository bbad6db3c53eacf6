import { z } from 'zod';
import type { SchemeDefinition } from './definition.shared.ts';

const days = z.int().min(1).max(3650);
const number = z.number().min(-1e15).max(1e15);
const points = z.number().min(0).max(100);
// What a filter may say is checked by compiling it.
const filter = z.record(z.string(), z.unknown());

const policy = z.strictObject({
  visitDays: days.optional(),
  contactDays: days.optional(),
  responseMinutes: z.int().min(1).max(525_600).optional(),
  responseClock: z.enum(['business', 'clock']).optional(),
  discountPercent: z.number().min(0).max(100).optional(),
  servedBy: z.strictObject({ entity: z.enum(['role', 'department', 'user']), id: z.uuid() }).optional(),
  careLevel: z.enum(['high', 'normal', 'low']).optional(),
});

const scale = z.union([
  z.strictObject({
    steps: z
      .array(z.strictObject({ from: number, points }))
      .min(1)
      .max(20)
      .refine((steps) => steps.every((step, at) => at === 0 || step.from > (steps[at - 1]?.from ?? 0)), {
        params: { code: 'steps_not_ascending' },
      }),
    missing: points.optional(),
  }),
  z
    .strictObject({ from: number, to: number, missing: points.optional() })
    .refine(({ from, to }) => from !== to, { params: { code: 'empty_scale' } }),
]);

const source = z.union([
  z.strictObject({ measure: z.string().max(60), days: days.optional() }),
  z.strictObject({ field: z.string().max(100) }),
  z.strictObject({ related: filter }),
  z.strictObject({ when: filter }),
]);

const grade = z.strictObject({
  value: z
    .string()
    .trim()
    .min(1)
    .max(30)
    .regex(/^[^\s"'\\]+$/),
  label: z.strictObject({ zh: z.string().trim().min(1).max(30), en: z.string().trim().min(1).max(30) }),
  color: z.enum(['zhu', 'teng', 'song', 'dai']).optional(),
  filter: filter.nullish(),
  min: points.optional(),
  policy: policy.optional(),
});

/** The shape of a scheme's rules; whether they can be understood is told by compiling them. */
export const definitionInput = z.strictObject({
  grades: z.array(grade).min(2).max(12),
  terms: z
    .array(
      z.strictObject({
        label: z.string().max(60).optional(),
        source,
        scale,
        weight: z.number().min(0.01).max(1000),
      }),
    )
    .max(20)
    .optional(),
});

export const parseDefinition = (raw: unknown): SchemeDefinition =>
  definitionInput.parse(raw) as unknown as SchemeDefinition;
