import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createRecord, refreshEntity } from '../../../web/api/records.ts';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { type FormKind, KINDS, REACHES, type ReachKind } from '../form/form.shared.ts';
import { PLURAL } from './api.ts';
import { PeriodPicker, thisPeriod } from './PeriodPicker.tsx';

const TARGETS = {
  department: { field: 'ofDepartment', to: 'department' },
  person: { field: 'ofPerson', to: 'user' },
  segment: { field: 'ofSegment', to: 'segment' },
} as const;

/** Begins a form: which, of when, over whom, and who signs. */
export function NewForm({ start, onClose }: { start: FormKind; onClose(): void }) {
  const { t } = useTranslation();
  const ids = useId();
  const navigate = useNavigate();
  const [kind, setKind] = useState<FormKind>(start);
  const [period, setPeriod] = useState(thisPeriod(start === 'visit' ? 'month' : 'quarter'));
  const [reach, setReach] = useState<ReachKind>('visible');
  const [of, setOf] = useState<Link | null>(null);
  const [filler, setFiller] = useState<Link | null>(null);
  const [reviewer, setReviewer] = useState<Link | null>(null);
  const target = reach === 'visible' ? null : TARGETS[reach];
  const save = async () => {
    const made = await createRecord(PLURAL, {
      kind,
      period,
      reach,
      ...(target ? { [target.field]: of } : {}),
      ...(filler ? { filler } : {}),
      ...(reviewer ? { reviewer } : {}),
    });
    refreshEntity(PLURAL);
    // Waited for, so that nobody makes it twice while the page opens.
    await navigate({ to: `/forms/${made.id}` as string });
  };
  const person = (name: 'filler' | 'reviewer', value: Link | null, change: (next: Link | null) => void) => (
    <div className="field">
      <span className="field-label">{t(`sheets.${name}`)}</span>
      <ReferencePicker
        label={t(`sheets.${name}`)}
        to="user"
        among="staff"
        noCreate
        value={value ? [value] : []}
        onChange={([next]) => change(next ?? null)}
      />
    </div>
  );
  return (
    <FormDialog
      width={480}
      title={t('sheets.new')}
      ok={t('sheets.make')}
      ready={target === null || of !== null}
      save={save}
      onClose={onClose}
    >
      <div className="sheet-new">
        <label className="field" htmlFor={`${ids}kind`}>
          <span className="field-label">{t('sheets.which')}</span>
          <Select
            id={`${ids}kind`}
            value={kind}
            onChange={setKind}
            options={KINDS.map((value) => ({ value, label: t(`sheets.kind.${value}`) }))}
          />
        </label>
        <PeriodPicker value={period} onChange={setPeriod} />
        <label className="field" htmlFor={`${ids}reach`}>
          <span className="field-label">{t('sheets.reach')}</span>
          <Select
            id={`${ids}reach`}
            value={reach}
            onChange={(next) => {
              setReach(next);
              setOf(null);
            }}
            options={REACHES.map((value) => ({ value, label: t(`sheets.reachOf.${value}`) }))}
          />
        </label>
        {target && (
          <div className="field">
            <span className="field-label">{t(`sheets.reachOf.${reach}`)}</span>
            <ReferencePicker
              key={reach}
              label={t(`sheets.reachOf.${reach}`)}
              to={target.to}
              noCreate
              value={of ? [of] : []}
              onChange={([next]) => setOf(next ?? null)}
            />
          </div>
        )}
        {person('filler', filler, setFiller)}
        {person('reviewer', reviewer, setReviewer)}
      </div>
      <p className="field-hint">{t('sheets.signHint')}</p>
    </FormDialog>
  );
}
