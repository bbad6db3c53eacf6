import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { shortInstant } from '../../../web/fields/format.ts';
import type { FormVersion } from '../form/form.shared.ts';
import { useHistory } from './api.ts';

const TONE = { submitted: 'dai', returned: 'zhu', locked: 'song' } as const;

/** Every time the form was handed in, with what became of it; each can be opened as it was. */
export function History({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  const { data } = useHistory(id);
  return (
    <Drawer open title={t('sheets.history')} onClose={onClose} size={380}>
      {data?.items.length === 0 && <p className="quiet">{t('sheets.noHistory')}</p>}
      <ol className="sheet-history">
        {data?.items.map((version) => (
          <Version key={version.round} id={id} version={version} onOpen={onClose} />
        ))}
      </ol>
    </Drawer>
  );
}

function Version({ id, version, onOpen }: { id: string; version: FormVersion; onOpen(): void }) {
  const { t } = useTranslation();
  const { round, state, filled, decided, reason, rows } = version;
  const signed = (step: string, { by, at }: FormVersion['filled']) =>
    at && (
      <small>
        {t(step)} {by?.title ?? '—'} · {shortInstant(at)}
      </small>
    );
  return (
    <li>
      <Link to={`/forms/${id}` as string} search={{ round } as never} onClick={onOpen}>
        {t('sheets.round', { round })}
      </Link>
      <span className={`tag ${TONE[state]}`}>{t(`sheets.version.${state}`)}</span>
      <small className="quiet">{t('sheets.lines', { count: rows })}</small>
      {signed('sheets.step.filled', filled)}
      {signed(state === 'returned' ? 'sheets.sendBack' : 'sheets.step.reviewed', decided)}
      {reason && <p>{reason}</p>}
    </li>
  );
}
