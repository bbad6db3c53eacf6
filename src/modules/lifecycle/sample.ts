import type { Context } from '../../platform/context/context.ts';
import { allModels, saveModel } from './model/store.ts';

/** Both models as shipped, switched on. */
export async function fillLifecycle(ctx: Context): Promise<void> {
  for (const { code, definition } of await allModels(ctx))
    await saveModel(ctx, code, { active: true, definition });
}
