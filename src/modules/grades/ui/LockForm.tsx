import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { Card, SchemeCard } from '../grade/card.shared.ts';
import { nameOf, refreshGrades } from './api.ts';

/** Holds a grade, or another one, for a reason; or lets the rules decide again. */
export function LockForm({
  record,
  scheme,
  close,
}: {
  record: WireRecord;
  scheme: SchemeCard;
  close: () => void;
}) {
  const { t } = useTranslation();
  const [grade, setGrade] = useState(scheme.grade);
  const [until, setUntil] = useState<string | null>(scheme.lock?.until ?? null);
  const [reason, setReason] = useState('');
  const { busy, run } = useSaving();
  const send = (way: 'lock' | 'unlock') =>
    run(async () => {
      const body =
        way === 'lock'
          ? { scheme: scheme.id, ...(grade ? { grade } : {}), until, reason }
          : { scheme: scheme.id, reason };
      queryClient.setQueryData(
        ['grades', 'of', record.id],
        await post<Card>(`/grades/of/${record.id}/${way}`, body),
      );
      refreshGrades();
      toast(t(way === 'lock' ? 'grades.lockDone' : 'grades.unlockDone'), { kind: 'good' });
      close();
    }, toastError);
  return (
    <form
      className="grade-lock"
      onSubmit={(event) => {
        event.preventDefault();
        void send('lock');
      }}
    >
      <Select
        aria-label={t('grades.grade')}
        value={grade}
        options={scheme.grades.map(({ value, label }) => ({ value, label: nameOf(label) }))}
        onChange={setGrade}
      />
      <DatePicker
        aria-label={t('grades.until')}
        placeholder={t('grades.untilNone')}
        value={until ? dayjs(until) : null}
        onChange={(day) => setUntil(day?.format('YYYY-MM-DD') ?? null)}
      />
      <Input
        aria-label={t('grades.reason')}
        placeholder={t('grades.reason')}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
      />
      <span className="actions">
        <button type="submit" className="button primary" disabled={busy || !reason.trim() || !grade}>
          {t('grades.lock')}
        </button>
        {scheme.lock && (
          <button type="button" className="button" disabled={busy} onClick={() => void send('unlock')}>
            {t('grades.unlock')}
          </button>
        )}
      </span>
    </form>
  );
}
