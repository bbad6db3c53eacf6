import { InputNumber } from 'antd';

interface Props {
  id: string;
  label: string;
  value: string;
  max?: number;
  /** Shown beside it; without that the name is for screen readers only. */
  bare?: boolean;
  onChange(value: string): void;
}

/** A number kept as the text it is sent as, so that no fen is lost on the way. */
export function Amount({ id, label, value, max = 1e9, bare = false, onChange }: Props) {
  const input = (
    <InputNumber<string>
      id={id}
      {...(bare ? { 'aria-label': label } : {})}
      stringMode
      value={value}
      min="0"
      max={String(max)}
      precision={2}
      onChange={(next) => onChange(plain(next ?? '0'))}
    />
  );
  if (bare) return input;
  return (
    <label className="field" htmlFor={id}>
      <span className="field-label">{label}</span>
      <span className="field-control">{input}</span>
    </label>
  );
}

/** `60.00` is `60`. */
const plain = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text) || '0';
