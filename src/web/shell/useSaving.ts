import { type FormEvent, useState } from 'react';
import { reasonsOf } from '../api/client.ts';

/**
 * Runs what a form or dialog sends: whether it is under way, and what the server had against it. The refusal stands as
 * `message`, in the words of `textOf`, unless `refused` takes it.
 */
export function useSaving(textOf: (error: unknown) => string = reasonsOf) {
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const run = async (
    work: () => Promise<unknown>,
    refused: (error: unknown) => void = (error) => setMessage(textOf(error)),
  ): Promise<void> => {
    setBusy(true);
    setMessage(null);
    try {
      await work();
    } catch (error) {
      refused(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, message, run };
}

/** Sends a form by script instead of leaving the page. */
export const submits = (send: () => unknown) => (event: FormEvent) => {
  event.preventDefault();
  void send();
};
