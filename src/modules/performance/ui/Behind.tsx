import { useTranslation } from 'react-i18next';
import { RecordsDrawer } from '../../../web/grid/RecordsDrawer.tsx';
import type { Attainment, AttainmentLine } from '../attainment/read.ts';

interface Props {
  line: AttainmentLine;
  data: Attainment;
  asked: Record<string, unknown>;
  onClose(): void;
}

/** The records behind an actual number. */
export function Behind({ line, data, asked, onClose }: Props) {
  const { t } = useTranslation();
  const whose = line.kind === 'company' ? {} : { [line.kind]: line.id };
  const name = line.kind === 'company' ? t('perf.company') : line.name;
  return (
    <RecordsDrawer
      title={t('perf.behind', { name, measure: data.label, count: line.records })}
      path="/performance/records"
      asked={{ ...asked, ...whose }}
      onClose={onClose}
    />
  );
}
