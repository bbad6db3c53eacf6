import './grid.css';

interface Props {
  /** Per cent reached. */
  rate: string;
  /** Where it should be today, in per cent. */
  expected?: string | null;
  behind: boolean;
  title?: string | undefined;
}

/** The share reached as a bar, with a mark where it should be today. */
export function RateBar({ rate, expected, behind, title }: Props) {
  const width = (percent: string) => `${Math.min(100, Math.max(0, Number(percent)))}%`;
  return (
    <span className="rate-bar" title={title}>
      <span className="track" aria-hidden="true">
        <span className={behind ? 'done behind' : 'done'} style={{ width: width(rate) }} />
        {expected && <span className="mark" style={{ left: width(expected) }} />}
      </span>
      <strong className={behind ? 'late' : undefined}>{rate}%</strong>
    </span>
  );
}
