import { useState } from 'react';
import { ApiError, messageOf } from '../api/client.ts';

/** Sends an entry form once at a time and sorts a refusal into field errors and one message. */
export function useEntry(send: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const submit = async (event?: React.FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    setMessage(null);
    setCode(null);
    setErrors({});
    try {
      await send();
    } catch (error) {
      const fields = error instanceof ApiError ? (error.problem.errors ?? []) : [];
      setErrors(Object.fromEntries(fields.map((field) => [field.path, field.message])));
      setMessage(messageOf(error));
      setCode(error instanceof ApiError ? error.code : null);
    } finally {
      setBusy(false);
    }
  };
  return { busy, message, code, errors, submit };
}
