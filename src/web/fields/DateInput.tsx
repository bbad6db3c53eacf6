import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { currentZone } from './format.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

interface Props {
  id?: string | undefined;
  label?: string | undefined;
  value: string | null;
  withTime: boolean;
  autoFocus?: boolean | undefined;
  disabled?: boolean | undefined;
  invalid?: boolean | undefined;
  onChange: (value: string | null) => void;
  onBlur?: (() => void) | undefined;
}

/** A day (`2026-11-22`), or an instant picked in the user's zone and given as UTC. */
export default function DateInput({ value, withTime, onChange, ...rest }: Props) {
  const shown = value ? (withTime ? dayjs.utc(value).tz(currentZone()) : dayjs(value)) : null;
  return (
    <DatePicker
      {...(rest.id ? { id: rest.id } : {})}
      {...(rest.label ? { 'aria-label': rest.label } : {})}
      value={shown?.isValid() ? shown : null}
      showTime={withTime ? { format: 'HH:mm', minuteStep: 5 } : false}
      format={
        withTime
          ? ['YYYY-MM-DD HH:mm', 'YYYY/M/D H:mm', 'YYYY-MM-DD']
          : ['YYYY-MM-DD', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD']
      }
      autoFocus={rest.autoFocus ?? false}
      disabled={rest.disabled ?? false}
      {...(rest.invalid ? { status: 'error' as const } : {})}
      onChange={(picked) => {
        if (!picked) return onChange(null);
        if (!withTime) return onChange(picked.format('YYYY-MM-DD'));
        // The picked clock is the user's, whatever zone the machine stands in.
        onChange(dayjs.tz(picked.format('YYYY-MM-DDTHH:mm'), currentZone()).toISOString());
      }}
      onBlur={() => rest.onBlur?.()}
      style={{ width: '100%' }}
    />
  );
}
