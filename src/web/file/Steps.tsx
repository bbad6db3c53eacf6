import { lazy, Suspense, useState } from 'react';
import { toastError } from '../shell/toasts.tsx';
import { useSaving } from '../shell/useSaving.ts';
import type { Step } from './steps.ts';

const StepDialog = lazy(() => import('./StepDialog.tsx').then((m) => ({ default: m.StepDialog })));

/** What may be done next with a record; a step that wants to know something asks for it first. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const { busy, run } = useSaving();
  const [asked, setAsked] = useState<Step | null>(null);
  if (steps.length === 0) return null;
  const close = () => setAsked(null);
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
            step.asks || step.dialog
              ? setAsked(step)
              : void run(() => step.take({}), step.refused ?? toastError)
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
