import { checkHealth } from '../platform/health/health.ts';
import { translate } from '../platform/i18n/translations.ts';
import { withApp } from './open.ts';

/** Says what would hinder work and what to do. Exit code 1 when something is wrong. */
export async function doctor({ json }: { json?: boolean }): Promise<void> {
  await withApp(async ({ services }) => {
    const checks = await checkHealth(services);
    const ok = checks.every((check) => check.ok);
    const { words } = services.registry();
    if (json) console.info(JSON.stringify({ ok, checks }));
    else
      for (const { name, ok: good, detail } of checks) {
        const labels = (['zh', 'en'] as const).map((language) =>
          translate(words, language, `health.${name}`),
        );
        console.info(`${good ? '✓' : '✗'} ${labels.join(' · ')}  ${detail}`);
      }
    if (!ok) process.exitCode = 1;
  });
}
