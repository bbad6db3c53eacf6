import { useTranslation } from 'react-i18next';
import { TableDialog } from '../../../web/import/TableDialog.tsx';
import type { ReadStock } from '../mine/table.ts';

interface Props {
  month: string;
  onDone(lines: ReadStock[]): void;
  onClose(): void;
}

/** A month's stock from the partner's own table, into the page where it is looked at and declared. */
export function StockTableDialog({ month, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const path = `/channel/mine/stock/${month}`;
  return (
    <TableDialog<ReadStock>
      title={t('channel.stockTable')}
      text={t('channel.stockTableText')}
      path={`${path}/table`}
      template={{ path: `${path}/file` }}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
