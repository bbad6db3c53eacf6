import { useState } from 'react';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { useSaving } from '../../../web/shell/useSaving.ts';
import { StepDialog } from './StepDialog.tsx';
import { type Asks, STEPS } from './steps.ts';

interface Props {
  entity: MetaEntity;
  record: WireRecord;
}

/** Lets go of whatever shows money. */
export function refreshMoney(): void {
  for (const plural of ['receipts', 'invoices', 'bank-entries', 'orders', 'contracts', 'dunnings'])
    refreshEntity(plural);
}

/** What is next with a receipt, an invoice or money of the bank. */
export function Steps({ entity, record }: Props) {
  const meta = useMeta();
  const { busy, run } = useSaving();
  const [asked, setAsked] = useState<{ command: string; label: string; asks: Asks } | null>(null);
  const allowed = new Map((meta.entity(entity.name)?.commands ?? []).map(({ name, label }) => [name, label]));
  const steps = (STEPS[entity.name]?.[String(record.status)] ?? []).filter(
    ({ command, when }) =>
      allowed.has(command) && (when?.(record) ?? true) && (command !== 'takeBack' || record.can.update),
  );
  const go = (command: string, body: object = {}) =>
    run(async () => {
      await post(`/${entity.plural}/${record.id}/${command}`, body);
      refreshMoney();
    });
  return (
    <>
      {steps.map(({ command, asks, primary }) => (
        <button
          key={command}
          type="button"
          className={primary ? 'button primary' : 'button'}
          disabled={busy}
          onClick={() =>
            asks === 'nothing'
              ? void go(command)
              : setAsked({ command, asks, label: allowed.get(command) ?? command })
          }
        >
          {allowed.get(command)}
        </button>
      ))}
      {asked && (
        <StepDialog
          entity={entity}
          record={record}
          step={asked}
          onClose={() => setAsked(null)}
          onDone={refreshMoney}
        />
      )}
    </>
  );
}
