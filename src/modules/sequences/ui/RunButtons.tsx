import { useTranslation } from 'react-i18next';
import type { WireRecord } from '../../../web/api/types.ts';
import { ask } from '../../../web/shell/ask.tsx';
import { MoreMenu } from '../../../web/shell/MoreMenu.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import { tellRun } from './api.ts';

/** The one button — the customer answered — and the rest in a menu. */
export function RunButtons({ run }: { run: WireRecord }) {
  const { t } = useTranslation();
  const { busy, run: saving } = useSaving();
  if (!run.can.update) return null;
  const tell = (verb: string, body: object = {}) =>
    void saving(() => tellRun(run.id, verb, body), toastError);
  const live = run.status === 'active' || run.status === 'paused';
  const never = async () => {
    const sure = await ask({
      title: t('sequences.optOutTitle'),
      body: t('sequences.optOutText'),
      action: t('sequences.optOut'),
    });
    if (sure) tell('sequenceEnd', { optOut: true });
  };
  const items = [
    ...(run.status === 'active'
      ? [{ key: 'pause', label: t('sequences.pause'), onClick: () => tell('sequencePause') }]
      : []),
    ...(run.status === 'paused' || run.status === 'stopped'
      ? [{ key: 'resume', label: t('sequences.resume'), onClick: () => tell('sequenceResume') }]
      : []),
    ...(live
      ? [
          { key: 'end', label: t('sequences.end'), onClick: () => tell('sequenceEnd') },
          { key: 'never', label: t('sequences.optOut'), danger: true, onClick: () => void never() },
        ]
      : []),
  ];
  return (
    <span className="sequence-buttons">
      {live && (
        <button type="button" className="button" disabled={busy} onClick={() => tell('sequenceReplied')}>
          {t('sequences.answered')}
        </button>
      )}
      {items.length > 0 && <MoreMenu label={t('sequences.more', { title: run.title })} items={items} />}
    </span>
  );
}
