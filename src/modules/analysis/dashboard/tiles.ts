import { z } from 'zod';
import { CHARTS } from '../../../platform/analysis/view.shared.ts';
import { source } from '../run/source.ts';
import { HEIGHTS, WIDTHS } from './tiles.shared.ts';

/** What a dashboard holds, in the order it is read in. */
export const tiles = z
  .array(
    z.strictObject({
      id: z.string().min(1).max(40),
      source,
      title: z.string().trim().max(100).optional(),
      chart: z.enum(CHARTS).optional(),
      width: z.literal([...WIDTHS]),
      height: z.literal([...HEIGHTS]),
    }),
  )
  .max(24)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length);
