import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  firstDay,
  PERIODS,
  type PeriodKind,
  periodLater,
  periodName,
} from '../../../platform/time/period.shared.ts';
import { useMeta } from '../../../web/api/meta.tsx';

interface Props {
  kind: PeriodKind;
  day: string;
  onKind?: (kind: PeriodKind) => void;
  onDay: (day: string) => void;
}

/** A period to look at, with steps to the one before and after. */
export function Periods({ kind, day, onKind, onDay }: Props) {
  const { t } = useTranslation();
  const begins = useMeta().company.yearBegins;
  const step = (count: number) => onDay(periodLater(kind, firstDay(kind, day, begins), count));
  return (
    <span className="perf-period">
      {onKind && (
        <Segmented
          aria-label={t('perf.period')}
          value={kind}
          onChange={onKind}
          options={PERIODS.map((value) => ({ value, label: t(`perf.period.${value}`) }))}
        />
      )}
      <button type="button" className="icon-button" aria-label={t('perf.before')} onClick={() => step(-1)}>
        <LeftOutlined />
      </button>
      <strong aria-live="polite">{periodName(kind, day, begins)}</strong>
      <button type="button" className="icon-button" aria-label={t('perf.after')} onClick={() => step(1)}>
        <RightOutlined />
      </button>
    </span>
  );
}
