import { Input } from 'antd';
import { useId } from 'react';

/** A labelled line of an entry form, with its error beside it. */
export function EntryField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
  type?: 'text' | 'password' | 'email';
  autoComplete?: string;
  autoFocus?: boolean;
  inputMode?: 'numeric' | 'text';
}) {
  const id = useId();
  const note = props.error ?? props.hint;
  const Control = props.type === 'password' ? Input.Password : Input;
  return (
    <div className={`entry-field ${props.error ? 'invalid' : ''}`}>
      <label htmlFor={id}>{props.label}</label>
      <Control
        id={id}
        size="large"
        {...(props.type === 'email' ? { type: 'email' } : {})}
        {...(props.error ? { status: 'error' as const } : {})}
        {...(note ? { 'aria-describedby': `${id}-note` } : {})}
        {...(props.inputMode ? { inputMode: props.inputMode } : {})}
        aria-invalid={!!props.error}
        autoFocus={props.autoFocus ?? false}
        autoComplete={props.autoComplete ?? 'off'}
        value={props.value}
        maxLength={200}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {note && (
        <p id={`${id}-note`} className={props.error ? 'field-error' : 'field-hint'}>
          {note}
        </p>
      )}
    </div>
  );
}
