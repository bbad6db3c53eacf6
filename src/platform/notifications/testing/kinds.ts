import type { TestApp } from '../../testing/app.ts';
import type { NotificationKind } from '../kind.ts';

/** Declares a kind with its texts for one test. */
export function declareKind(
  { services }: Pick<TestApp, 'services'>,
  kind: NotificationKind,
  texts: { zh: string; en: string; label?: { zh: string; en: string } },
): void {
  (services.notificationKinds as Map<string, NotificationKind>).set(kind.name, kind);
  const { words } = services.registry();
  for (const language of ['zh', 'en'] as const) {
    words[language][`notification.${kind.name}`] = texts[language];
    words[language][`notification.${kind.name}.label`] = texts.label?.[language] ?? kind.name;
  }
}
