import { lazy, Suspense, useState } from 'react';
import { toastError } from '../shell/toasts.tsx';
import { useSaving } from '../shell/useSaving.ts';
import type { Step } from './steps.ts';

const StepDialog = lazy(() => import('./StepDialog.tsx').then((m) => ({ default: m.StepDialog })));

interface Props {
  steps: readonly Step[];
  /** Told when a dialog opens and when it closes: where it stands has to stay until then. */
  onAsking?(asking: boolean): void;
}

/** What may be done next with a record; a step that wants to know something asks for it first. */
export function Steps({ steps, onAsking }: Props) {
  const { busy, run } = useSaving();
  const [asked, setAsked] = useState<Step | null>(null);
  if (steps.length === 0) return null;
  const ask = (step: Step | null) => {
    setAsked(step);
    onAsking?.(step !== null);
  };
  const close = () => ask(null);
  const Own = asked?.dialog;
  return (
    <span className="file-steps">
      {steps.map((step) => (
        <button
          key={step.key}
          type="button"
          className={step.primary ? 'button primary' : 'button'}
          disabled={busy}
          onClick={() =>
            step.asks || step.dialog ? ask(step) : void run(() => step.take({}), step.refused ?? toastError)
          }
        >
          {step.label}
        </button>
      ))}
      <Suspense fallback={null}>
        {Own ? <Own onClose={close} /> : asked && <StepDialog step={asked} onClose={close} />}
      </Suspense>
    </span>
  );
}
