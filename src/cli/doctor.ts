import type { Context } from '../platform/context/context.ts';
import { systemContext } from '../platform/context/services.ts';
import { rebuildKeys, recordsWithoutKeys } from '../platform/duplicates/rebuild.ts';
import { checkHealth } from '../platform/health/health.ts';
import { translate } from '../platform/i18n/translations.ts';
import { withApp } from './open.ts';

/** Says what would hinder work and what to do. Exit code 1 when something is wrong. */
export async function doctor({ json, mend }: { json?: boolean; mend?: boolean }): Promise<void> {
  await withApp(async ({ services }) => {
    if (mend) await mendKeys(await systemContext(services, { kind: 'commandLine' }));
    const checks = await checkHealth(services);
    const ok = checks.every((check) => check.ok);
    const { words } = services.registry();
    if (json) console.info(JSON.stringify({ ok, checks }));
    else {
      for (const { name, ok: good, detail } of checks) {
        const labels = (['zh', 'en'] as const).map((language) =>
          translate(words, language, `health.${name}`),
        );
        console.info(`${good ? '✓' : '✗'} ${labels.join(' · ')}  ${detail}`);
      }
      console.info(ok ? '一切正常 · all is well' : '标 ✗ 的需要处理 · what is marked ✗ needs attention');
    }
    if (!ok) process.exitCode = 1;
  });
}

/** Makes the keys of record types anew whose newest records lack some. */
async function mendKeys(ctx: Context): Promise<void> {
  for (const entity of ctx.registry.entities) {
    if (await recordsWithoutKeys(ctx, entity))
      console.error(`${entity.name}: ${await rebuildKeys(ctx, entity)}`);
  }
}
