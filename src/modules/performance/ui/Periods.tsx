import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { KINDS, type Kind, periodName, periodOf } from './period.ts';

interface Props {
  kind: Kind;
  day: string;
  onKind?: (kind: Kind) => void;
  onDay: (day: string) => void;
}

/** A period to look at, with steps to the one before and after. */
export function Periods({ kind, day, onKind, onDay }: Props) {
  const { t } = useTranslation();
  return (
    <span className="perf-period">
      {onKind && (
        <Segmented
          aria-label={t('perf.period')}
          value={kind}
          onChange={onKind}
          options={KINDS.map((value) => ({ value, label: t(`perf.period.${value}`) }))}
        />
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={t('perf.before')}
        onClick={() => onDay(periodOf(kind, day, -1))}
      >
        <LeftOutlined />
      </button>
      <strong aria-live="polite">{periodName(kind, day)}</strong>
      <button
        type="button"
        className="icon-button"
        aria-label={t('perf.after')}
        onClick={() => onDay(periodOf(kind, day, 1))}
      >
        <RightOutlined />
      </button>
    </span>
  );
}
