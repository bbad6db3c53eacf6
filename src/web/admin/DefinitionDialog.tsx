import { Input } from 'antd';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf } from '../api/client.ts';
import { FormDialog } from '../shell/FormDialog.tsx';
import type { Words } from './words.ts';

/** What the server says, with every field it refused. */
const allOf = (error: unknown): string => {
  const more = error instanceof ApiError ? (error.problem.errors ?? []).map((item) => item.message) : [];
  return [messageOf(error), ...more].join(' ');
};

type Props = Omit<ComponentProps<typeof FormDialog>, 'ok' | 'cancel' | 'textOf'>;

/** A dialog in which the administrator defines something. */
export const DefinitionDialog = (props: Props) => <FormDialog {...props} textOf={allOf} />;

/** A line of the dialog: what it is called, its control, and what it means. */
export function Line(props: { label: string; id: string; hint?: string | undefined; children: ReactNode }) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={props.id}>
        {props.label}
      </label>
      <div className="field-control">
        {props.children}
        {props.hint && <p className="field-hint">{props.hint}</p>}
      </div>
    </div>
  );
}

/** The name in both languages. */
export function NameLines({
  id,
  value,
  onChange,
}: {
  id: string;
  value: Words;
  onChange: (next: Words) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Line id={`${id}-zh`} label={t('fields.nameZh')}>
        <Input
          id={`${id}-zh`}
          autoFocus
          value={value.zh}
          maxLength={40}
          onChange={(event) => onChange({ ...value, zh: event.target.value })}
        />
      </Line>
      <Line id={`${id}-en`} label={t('fields.nameEn')}>
        <Input
          id={`${id}-en`}
          value={value.en}
          maxLength={40}
          onChange={(event) => onChange({ ...value, en: event.target.value })}
        />
      </Line>
    </>
  );
}
