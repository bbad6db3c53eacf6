import { TimePicker } from 'antd';
import dayjs from 'dayjs';
import customParse from 'dayjs/plugin/customParseFormat.js';
import { clockOf } from './format.ts';

dayjs.extend(customParse);

interface Props {
  id?: string | undefined;
  label?: string | undefined;
  value: string | null;
  autoFocus?: boolean | undefined;
  disabled?: boolean | undefined;
  invalid?: boolean | undefined;
  /** A clock time of the reader's, `09:30`. */
  onChange: (clock: string | null) => void;
}

/** The hour of an instant whose day stands in another field. */
export default function HourInput({ value, onChange, ...rest }: Props) {
  return (
    <TimePicker
      {...(rest.id ? { id: rest.id } : {})}
      {...(rest.label ? { 'aria-label': rest.label } : {})}
      value={value ? dayjs(clockOf(value), 'HH:mm') : null}
      format={['HH:mm', 'H:mm', 'HHmm']}
      minuteStep={5}
      needConfirm={false}
      autoFocus={rest.autoFocus ?? false}
      disabled={rest.disabled ?? false}
      {...(rest.invalid ? { status: 'error' as const } : {})}
      onChange={(picked) => onChange(picked ? picked.format('HH:mm') : null)}
      style={{ width: '100%' }}
    />
  );
}
