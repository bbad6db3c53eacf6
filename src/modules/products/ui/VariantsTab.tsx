import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { may } from '../../../web/api/meta.tsx';
import { ChildList } from '../../../web/file/ChildList.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { tell } from './api.ts';

/** The variants of a main product, and a button that makes those its attributes name. */
export function VariantsTab({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { busy, run } = useSaving();
  const make = async () => {
    const { made, there } = await tell<{ made: number; there: number }>(
      'products',
      record.id,
      'makeVariants',
    );
    toast(made ? t('prices.variantsMade', { count: made }) : t('prices.variantsThere', { count: there }));
  };
  return (
    <>
      <p className="variant-head">
        <span className="quiet">{String(record.attributes)}</span>
        {may(entity, 'create') && (
          <Button size="small" loading={busy} onClick={() => void run(make, toastError)}>
            {t('prices.makeVariants')}
          </Button>
        )}
      </p>
      <ChildList parent={record} entity={entity} field="variantOf" />
    </>
  );
}
