import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { StepDialog } from '../../../web/file/StepDialog.tsx';
import type { QuantityLine } from '../../../web/file/steps.ts';
import type { MoneyDialogProps } from './dialogs.ts';

/** A red invoice: which lines of an invoice are taken back, and how much of each; all that is left unless somebody says less. */
export function FlushDialog({ label, record, take, onClose }: MoneyDialogProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['short', 'invoices', 'left', record.id],
    queryFn: () =>
      get<{ items: { id: string; name: string; left: string }[] }>(`/invoices/${record.id}/left`),
  });
  if (!data) return null;
  const lines = data.items.map((line): QuantityLine => ({ ...line, quantity: line.left }));
  return (
    <StepDialog
      onClose={onClose}
      step={{
        key: 'flush',
        label,
        asks: [
          {
            name: 'lines',
            label: '',
            kind: 'quantities',
            lines,
            labelOf: ({ name }) => t('money.flushOf', { name }),
            none: t('money.nothingLeft'),
          },
          { name: 'reason', label: t('money.pick.reason'), kind: 'longText', required: true },
        ],
        take: ({ lines: wanted, reason }) =>
          take({
            reason,
            lines: (wanted as { id: string; quantity: string }[]).map(({ id, quantity }) => ({
              line: id,
              quantity,
            })),
          }),
      }}
    />
  );
}
