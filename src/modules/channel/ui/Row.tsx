import type { ReactNode } from 'react';

/** A line of a dialog: what is asked, and where it is answered. */
export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <span className="field-control">{children}</span>
    </div>
  );
}
