import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { phoneText } from './format.ts';

/** Several phones, one on a line; a pasted list is taken apart at its separators. */
export function PhonesEditor(props: {
  id?: string | undefined;
  label: string;
  value: unknown;
  onChange: (value: string[]) => void;
  autoFocus?: boolean | undefined;
  disabled?: boolean | undefined;
  invalid?: boolean | undefined;
}) {
  const { t } = useTranslation();
  const phones = Array.isArray(props.value)
    ? props.value.map(phoneText)
    : props.value
      ? [String(props.value)]
      : [];
  const lines = phones.length === 0 ? [''] : phones;
  const put = (index: number, text: string) => {
    const parts = text.split(/[/;,\n\u3001\uff1b\uff0c]/);
    const next = lines.flatMap((line, at) => (at === index ? parts : [line]));
    props.onChange(next.length === 1 && next[0] === '' ? [] : next);
  };
  return (
    <div className="line-list">
      {lines.map((phone, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; its text changes while typing
        <div className="line" key={index}>
          <Input
            {...(props.id && index === 0 ? { id: props.id } : {})}
            {...(props.invalid ? { status: 'error' as const } : {})}
            aria-label={`${props.label} ${index + 1}`}
            autoFocus={!!props.autoFocus && index === 0}
            disabled={props.disabled ?? false}
            inputMode="tel"
            value={phone}
            maxLength={100}
            onChange={(event) => put(index, event.target.value)}
          />
          {lines.length > 1 && (
            <Button
              type="text"
              aria-label={t('phones.remove', { phone })}
              onClick={() => props.onChange(lines.filter((_, at) => at !== index))}
            >
              ×
            </Button>
          )}
        </div>
      ))}
      {!props.disabled && lines.at(-1) !== '' && (
        <button type="button" className="link" onClick={() => props.onChange([...lines, ''])}>
          {t('phones.add')}
        </button>
      )}
    </div>
  );
}
