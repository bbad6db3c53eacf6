import { z } from 'zod';
import type { Aspect } from './target/read.ts';

export const day = z.iso.date();

/** Of what a target is, besides its measure. */
export const aspectShape = {
  product: z.uuid().optional(),
  category: z.uuid().optional(),
  province: z.string().max(30).optional(),
};

/** Whose it is. */
export const subjectShape = {
  person: z.uuid().nullish(),
  team: z.uuid().nullish(),
};

export const aspectOf = ({ product, category, province }: Aspect): Aspect => ({
  product,
  category,
  province,
});
