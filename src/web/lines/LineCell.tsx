import { useState } from 'react';
import { FieldEditor } from '../fields/FieldEditor.tsx';
import { decimalOf } from './rows.ts';
import type { CellProps } from './rules.ts';

const NUMBERS = new Set(['decimal', 'integer']);
const WRITTEN = new Set(['text', 'decimal', 'integer', 'phone', 'email', 'url']);

export const isNumber = (kind: string): boolean => NUMBERS.has(kind) || kind === 'money';

/** The usual control of a cell: a plain input for what is written, the field's own for what is chosen. */
export function LineCell(props: CellProps) {
  const { field, value, onChange, id, label, invalid } = props;
  if (!WRITTEN.has(field.kind))
    return <FieldEditor {...{ field, value, onChange, id, label, invalid }} inline />;
  return <TextCell {...props} />;
}

function TextCell({ field, value, onChange, id, label, invalid }: CellProps) {
  const number = NUMBERS.has(field.kind);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null || value === undefined ? '' : String(value));
  return (
    <input
      id={id}
      className="line-input"
      aria-label={label}
      aria-invalid={invalid}
      value={shown}
      maxLength={number ? 30 : (field.max ?? 200)}
      {...(number ? { inputMode: 'decimal' as const } : {})}
      onFocus={(event) => event.target.select()}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(target.value.trim() === '' ? null : number ? decimalOf(target.value) : target.value);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
