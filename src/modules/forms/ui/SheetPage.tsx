import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, remove, url } from '../../../web/api/client.ts';
import { restoreRecord } from '../../../web/api/records.ts';
import { ask } from '../../../web/shell/ask.tsx';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { FormSheet } from '../form/form.shared.ts';
import { PLURAL, refreshSheets, STATE_TONE, useSheet } from './api.ts';
import './forms.css';
import { History } from './History.tsx';
import { LeftOut, PutIn } from './Marks.tsx';
import { SheetTable } from './SheetTable.tsx';
import { SignBar } from './SignBar.tsx';

/** A form as the sheet it is: to fill in, to sign, to print. */
export function SheetPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { round } = useSearch({ strict: false }) as { round?: number };
  const { data, error, refetch } = useSheet(id, round);
  if (error instanceof ApiError && error.status === 403)
    return (
      <StatusPage title={t('sheets.closed')} text={error.message}>
        <Link className="link" to={'/forms' as string}>
          {t('sheets.title')}
        </Link>
      </StatusPage>
    );
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <Sheet key={`${id}${round ?? ''}`} form={data} />;
}

function Sheet({ form }: { form: FormSheet }) {
  const { t } = useTranslation();
  const { round } = useSearch({ strict: false }) as { round?: number };
  const [history, setHistory] = useState(false);
  const file = (format: 'pdf' | 'xlsx') => url(`/${PLURAL}/${form.id}/content`, { format, round });
  return (
    <div className="page full sheets">
      <div className="head">
        <Link className="quiet" to={'/forms' as string}>
          {t('sheets.title')}
        </Link>
        <h1 tabIndex={-1}>{form.name}</h1>
        <span className={`tag ${STATE_TONE[form.status]}`}>{t(`sheets.state.${form.status}`)}</span>
        <span className="fill" />
        {form.may.print && (
          <a className="button" href={file('pdf')} download>
            {t('sheets.print')}
          </a>
        )}
        {form.may.table && (
          <a className="button" href={file('xlsx')} download>
            {t('sheets.table')}
          </a>
        )}
        <button type="button" className="button" onClick={() => setHistory(true)}>
          {t('sheets.history')}
        </button>
        <Drop form={form} />
      </div>
      {round !== undefined && (
        <p className="sheet-former" role="status">
          {t('sheets.former', { round })} <Link to={`/forms/${form.id}` as string}>{t('sheets.latest')}</Link>
        </p>
      )}
      {round === undefined && <SignBar form={form} />}
      <section className="card sheet-paper">
        <header>
          <h2>{t(`sheets.kind.${form.kind}`)}</h2>
          <p>
            {[form.period, form.reach, form.round > 1 && t('sheets.round', { round: form.round })]
              .filter(Boolean)
              .join('　·　')}
          </p>
        </header>
        {form.notes.map((note) => (
          <p key={note} className="sheet-note">
            {t(`sheets.note.${note}`)}
          </p>
        ))}
        {form.rows.length === 0 ? (
          <p className="sheet-none">{t('sheets.empty')}</p>
        ) : (
          <SheetTable form={form} />
        )}
        {form.cut && <p className="sheet-note">{t('sheets.cut', { count: form.rows.length })}</p>}
        {form.may.rows && <PutIn form={form} />}
        {form.left.length > 0 && <LeftOut form={form} />}
      </section>
      {history && <History id={form.id} onClose={() => setHistory(false)} />}
    </div>
  );
}

/** To the recycle bin, from where it comes back as it was. */
function Drop({ form }: { form: FormSheet }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (!form.may.drop) return null;
  const restore = () => restoreRecord(PLURAL, form.id).then(refreshSheets, toastError);
  const drop = async () => {
    const yes = await ask({
      title: t('sheets.dropTitle', { name: form.name }),
      body: t('sheets.dropText'),
      action: t('delete'),
      danger: true,
    });
    if (!yes) return;
    try {
      await remove(`/${PLURAL}/${form.id}`);
      void navigate({ to: '/forms' as string });
      refreshSheets();
      toast(t('sheets.dropped', { name: form.name }), {
        action: { label: t('undo'), run: () => void restore() },
      });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <button type="button" className="button danger" onClick={() => void drop()}>
      {t('delete')}
    </button>
  );
}
