import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { tiles } from './tiles.ts';

const LARGEST = 100_000;

/** A dashboard holds tiles only; whether a reader may see what one tells is asked when he looks. */
export const dashboardBehaviour: Behaviour = {
  async prepare(_ctx, drafts) {
    for (const { values, problems } of drafts) {
      if (!('tiles' in values) || values.tiles === null) continue;
      const parsed = tiles.safeParse(values.tiles);
      if (JSON.stringify(values.tiles ?? null).length > LARGEST)
        problems.push({ path: 'tiles', code: 'too_large', params: { max: LARGEST } });
      else if (parsed.success) values.tiles = parsed.data;
      else
        for (const { path } of parsed.error.issues.slice(0, 10))
          problems.push({ path: ['tiles', ...path].join('.'), code: 'bad_definition' });
    }
  },
};
