import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { createRecord, refreshEntity } from '../../../web/api/records.ts';
import type { MetaEntity, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { useHeldFiles } from '../../../web/file/held.tsx';
import { dropDraft, readDraft, writeDraft } from '../../../web/form/draft.ts';
import { errorsByField } from '../../../web/form/model.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { Here } from './PlaceField.tsx';

export interface Draft {
  kind: string;
  content: string;
  customer: Reference | null;
  contacts: string[];
  occurredAt: string | null;
  place: string;
  here: Here | null;
  nextDate: string | null;
  nextStep: string;
  /** He came to us, or answered. */
  fromCustomer: boolean;
}

const EMPTY: Draft = {
  kind: 'call',
  content: '',
  customer: null,
  contacts: [],
  occurredAt: null,
  place: '',
  here: null,
  nextDate: null,
  nextStep: '',
  fromCustomer: false,
};

export interface FollowUpWish {
  /** By what its draft is known. */
  form: string;
  given: Partial<Draft>;
  /** Always among the people it was with. */
  person?: string | undefined;
  /** Whom it was with before there is a customer. */
  lead?: string | undefined;
  onSaved?: ((made: WireRecord) => void) | undefined;
}

/** What a follow-up holds until it is saved: kept as a draft, sent with its files. */
export function useFollowUp(activity: MetaEntity, { form, given, person, lead, onSaved }: FollowUpWish) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const key = `${me.id}.follow.${form}`;
  const [draft, setDraft] = useState<Draft>(() => ({ ...EMPTY, ...readDraft(key), ...given }));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const held = useHeldFiles();
  const ready = (draft.content.trim() !== '' || held.files.length > 0) && !held.recorder.active;
  const put = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    setErrors({});
    writeDraft(key, { ...next });
  };
  const save = async (): Promise<boolean> => {
    if (!ready || busy) return false;
    setBusy(true);
    try {
      const contacts = person ? [...new Set([person, ...draft.contacts])] : draft.contacts;
      const names = held.files.map((file) => file.name).join(', ');
      const saved = await createRecord(activity.plural, {
        ...bodyOf({ ...draft, contacts }, names),
        ...(lead ? { lead } : {}),
      });
      const sent = await held.send({
        activity: saved.id,
        ...(draft.customer ? { customer: draft.customer.id } : {}),
        ...(lead ? { lead } : {}),
      });
      dropDraft(key);
      setDraft({ ...EMPTY, ...given, kind: draft.kind });
      for (const plural of ['activities', 'tasks', 'sequence-runs', ...(lead ? ['leads'] : [])])
        refreshEntity(plural);
      toast(t(draft.nextDate ? 'follow.savedNext' : 'follow.saved', { date: draft.nextDate }), {
        kind: 'good',
      });
      if (sent) onSaved?.(saved);
      return sent;
    } catch (error) {
      if (error instanceof ApiError) setErrors(errorsByField(activity, error.problem).fields);
      toastError(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { draft, put, errors, held, ready, busy, save };
}

/** As the server takes it; without words it is called by its files. */
function bodyOf(draft: Draft, names: string) {
  const { kind, content, customer, contacts, occurredAt, place, here, nextDate, nextStep, fromCustomer } =
    draft;
  return {
    kind,
    content: content.trim() || names,
    ...(customer ? { customer: customer.id } : {}),
    ...(contacts.length > 0 ? { contacts } : {}),
    ...(occurredAt ? { occurredAt } : {}),
    ...(place.trim() ? { place: place.trim() } : {}),
    ...(here ?? {}),
    ...(nextDate ? { nextDate } : {}),
    ...(nextStep.trim() ? { nextStep: nextStep.trim() } : {}),
    ...(fromCustomer ? { fromCustomer } : {}),
  };
}
