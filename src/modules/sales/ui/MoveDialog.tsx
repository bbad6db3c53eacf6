import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { moveClose } from './closing.ts';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

interface Props {
  entity: MetaEntity;
  record: WireRecord;
  onClose(): void;
}

/** One piece of business: to another day without dragging, or to its page. */
export function MoveDialog({ entity, record, onClose }: Props) {
  const { t } = useTranslation();
  const was = String(record.closeDate ?? '') || null;
  const [date, setDate] = useState<string | null>(was);
  return (
    <FormDialog
      width={380}
      title={t('sales.moveTitle', { title: record.title })}
      ready={record.can.update && date !== null && date !== was}
      save={async () => {
        if (date) await moveClose(entity, record, date);
        onClose();
      }}
      onClose={onClose}
    >
      <div className="field">
        <span className="field-label">{t('sales.moveDay')}</span>
        <Suspense fallback={<span className="input-wait" />}>
          <DateInput label={t('sales.moveDay')} withTime={false} value={date} onChange={setDate} />
        </Suspense>
      </div>
      <p>
        <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: record.id }}>
          {t('sales.openIt')}
        </Link>
      </p>
    </FormDialog>
  );
}
