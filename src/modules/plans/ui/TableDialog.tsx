import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireRecord } from '../../../web/api/types.ts';
import { TableDialog as ReadDialog } from '../../../web/import/TableDialog.tsx';
import type { ReadLine } from '../paper/read.ts';
import { type EditLine, takenOver } from './lines.ts';

interface Props {
  plan: WireRecord;
  lines: EditLine[];
  onDone(lines: EditLine[]): void;
  onClose(): void;
}

/** Puts a table into the grid: beside the lines there are, or in place of them. */
export function TableDialog({ plan, lines, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const [how, setHow] = useState<'add' | 'replace'>('add');
  return (
    <ReadDialog<ReadLine>
      title={t('planning.fromTable')}
      text={t('planning.tableText')}
      path={`/sales-plans/${plan.id}/table`}
      template={{ path: `/sales-plans/${plan.id}/file`, query: { format: 'xlsx' } }}
      onDone={(read) => onDone(takenOver(lines, read, how === 'replace'))}
      onClose={onClose}
    >
      {lines.length > 0 && (
        <Radio.Group
          aria-label={t('planning.how')}
          value={how}
          onChange={(event) => setHow(event.target.value)}
          options={(['add', 'replace'] as const).map((value) => ({
            value,
            label: t(`planning.how.${value}`),
          }))}
        />
      )}
    </ReadDialog>
  );
}
