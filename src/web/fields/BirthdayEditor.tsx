import { Checkbox, InputNumber, Select, Space } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Birthday, birthdayText } from '../../platform/time/birthday.shared.ts';
import { birthdayParts } from './format.ts';

const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: index + 1, label: index + 1 }));

/** Solar or lunar, with or without the year: month and day are enough. */
export function BirthdayEditor(props: {
  id?: string | undefined;
  label: string;
  value: string | null;
  disabled?: boolean | undefined;
  onChange: (value: string | null) => void;
}) {
  const { t } = useTranslation();
  const { label } = props;
  const [value, setValue] = useState<Birthday | null>(() =>
    props.value ? birthdayParts(props.value) : null,
  );
  // The text is taken over when it changes from outside, not while its parts are being chosen.
  useEffect(() => {
    if (props.value) setValue(birthdayParts(props.value));
  }, [props.value]);
  const disabled = props.disabled ?? false;
  const change = (part: Partial<Birthday>) => {
    const next: Birthday = {
      calendar: 'solar',
      year: null,
      month: 0,
      leap: false,
      day: 0,
      ...value,
      ...part,
    };
    if (next.calendar === 'solar') next.leap = false;
    setValue(next);
    props.onChange(next.month && next.day ? birthdayText(next) : null);
  };
  return (
    <Space wrap size={6}>
      <Select
        {...(props.id ? { id: props.id } : {})}
        aria-label={`${label}: ${t('birthday.calendar')}`}
        disabled={disabled}
        value={value?.calendar ?? 'solar'}
        options={[
          { value: 'solar', label: t('birthday.solar') },
          { value: 'lunar', label: t('birthday.lunarName') },
        ]}
        onChange={(calendar) => change({ calendar })}
        style={{ width: 84 }}
      />
      <InputNumber
        aria-label={`${label}: ${t('birthday.year')}`}
        placeholder={t('birthday.year')}
        disabled={disabled}
        value={value?.year ?? null}
        min={1900}
        max={2100}
        controls={false}
        onChange={(year) => change({ year })}
        style={{ width: 76 }}
      />
      <Select
        aria-label={`${label}: ${t('birthday.month')}`}
        placeholder={t('birthday.month')}
        disabled={disabled}
        value={value?.month || null}
        options={numbers(12)}
        onChange={(month) => change({ month: month ?? 0 })}
        style={{ width: 68 }}
      />
      <Select
        aria-label={`${label}: ${t('birthday.day')}`}
        placeholder={t('birthday.day')}
        disabled={disabled}
        value={value?.day || null}
        options={numbers(value?.calendar === 'lunar' ? 30 : 31)}
        onChange={(day) => change({ day: day ?? 0 })}
        style={{ width: 68 }}
      />
      {value?.calendar === 'lunar' && (
        <Checkbox
          checked={!!value.leap}
          disabled={disabled}
          onChange={(event) => change({ leap: event.target.checked })}
        >
          {t('birthday.leap')}
        </Checkbox>
      )}
      {value && !disabled && (
        <button
          type="button"
          className="link"
          onClick={() => {
            setValue(null);
            props.onChange(null);
          }}
        >
          {t('clear')}
        </button>
      )}
    </Space>
  );
}
