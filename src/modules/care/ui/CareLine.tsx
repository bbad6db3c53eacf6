import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { valueText } from '../../../web/fields/format.ts';
import { ask } from '../../../web/shell/ask.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';

const refresh = () => refreshEntity('care-items');

/** One greeting: when, to whom, how, the words to copy, and the one button. */
export function CareLine({ item, today }: { item: WireRecord; today: string }) {
  const { t } = useTranslation();
  const entity = useMeta().entity('careItem');
  const { busy, run } = useSaving();
  const on = String(item.occasionOn);
  const late = on < today;
  const action = entity?.fields.find(({ name }) => name === 'action');
  const step = (verb: string, body: object, said: string) =>
    run(async () => {
      await post(`/care-items/${item.id}/${verb}`, body);
      refresh();
      const undo = () => void post(`/care-items/${item.id}/unsend`, {}).then(refresh, toastError);
      toast(t(said), { kind: 'good', action: { label: t('undo'), run: undo } });
    }, toastError);
  const send = async () => {
    const sure =
      !late ||
      (await ask({
        title: t('care.lateTitle', { day: on }),
        body: t('care.lateText'),
        action: t('care.sendLate'),
      }));
    if (sure) await step('send', late ? { late: true } : {}, 'care.sent');
  };
  const copy = () =>
    navigator.clipboard.writeText(String(item.text)).then(
      () => toast(t('care.copied'), { kind: 'good' }),
      () => toast(t('care.notCopied'), { kind: 'bad' }),
    );
  return (
    <li>
      <time className={`tag ${late ? 'zhu' : on === today ? 'teng' : ''}`} dateTime={on}>
        {late ? t('care.missed', { day: on.slice(5) }) : on === today ? t('period.today') : on.slice(5)}
      </time>
      <div className="what">
        <Link to="/r/$plural/$id" params={{ plural: 'care-items', id: item.id }}>
          {item.title}
        </Link>{' '}
        {action && <span className="tag dai">{valueText(action, item.action)}</span>}
        <small>
          {[(item.customer as Reference | null)?.title, (item.owner as Reference | null)?.title]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {typeof item.text === 'string' && item.text !== '' && (
          <p className="care-text">
            {item.text}{' '}
            <button type="button" className="link" onClick={() => void copy()}>
              {t('care.copy')}
            </button>
          </p>
        )}
      </div>
      {item.can.update && (
        <span className="care-steps">
          <button
            type="button"
            className="link"
            disabled={busy}
            onClick={() => void step('leave', {}, 'care.left')}
          >
            {t('care.leave')}
          </button>
          <button type="button" className="button" disabled={busy} onClick={() => void send()}>
            {t('care.send')}
          </button>
        </span>
      )}
    </li>
  );
}
