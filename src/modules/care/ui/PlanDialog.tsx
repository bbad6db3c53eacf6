import { Input, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { patch, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import type { Link, WireRecord } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { PlanPreview } from './PlanPreview.tsx';
import { bodyOf, draftOf, isReady, type PlanDraft, withPlaceholder } from './plan.ts';
import './care.css';

const PLACEHOLDERS = ['name', 'company', 'occasion', 'memory'] as const;

interface Props {
  /** The plan that is changed; without one a new one is made. */
  plan?: WireRecord;
  values?: Record<string, unknown>;
  done: (saved: WireRecord | null) => void;
}

/** One plan: when, for whom, how, and the words, beside what the next real people would be told. */
export function PlanDialog({ plan, values = {}, done }: Props) {
  const { t } = useTranslation();
  const { entity } = useMeta();
  const [draft, setDraft] = useState<PlanDraft>(() => draftOf(plan ?? values));
  const caret = useRef(draft.text.length);
  const type = entity('carePlan');
  const options = (name: string, of = type) =>
    of?.fields.find((field) => field.name === name)?.options?.map(({ value, label }) => ({ value, label })) ??
    [];
  const label = (name: string) => type?.fields.find((field) => field.name === name)?.label ?? name;
  const set = (part: Partial<PlanDraft>) => setDraft({ ...draft, ...part });
  const field = (name: keyof PlanDraft, editor: (id: string) => ReactNode) => (
    <div className="field">
      <label className="field-label" htmlFor={`plan-${name}`}>
        {label(name)}
      </label>
      {editor(`plan-${name}`)}
    </div>
  );
  const one = (link: Link | null) => (link ? [link] : []);
  const save = async () => {
    const saved = plan
      ? await patch<WireRecord>(`/care-plans/${plan.id}`, bodyOf(draft), plan.version)
      : await post<WireRecord>('/care-plans', bodyOf(draft));
    refreshEntity('care-plans');
    toast(t('care.planSaved'), { kind: 'good' });
    done(saved);
  };
  return (
    <FormDialog
      width={880}
      title={t(plan ? 'care.planEdit' : 'care.planNew')}
      ready={isReady(draft)}
      save={save}
      onClose={() => done(null)}
    >
      <div className="care-plan">
        <div>
          {field('name', (id) => (
            <Input
              id={id}
              autoFocus
              maxLength={100}
              value={draft.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          ))}
          <div className="care-pair">
            {field('occasion', (id) => (
              <Select
                id={id}
                value={draft.occasion}
                onChange={(occasion) => set({ occasion })}
                options={options('occasion')}
              />
            ))}
            {draft.occasion === 'festival' &&
              field('festival', (id) => (
                <Select
                  id={id}
                  value={draft.festival}
                  onChange={(festival) => set({ festival })}
                  options={options('festival')}
                />
              ))}
            {field('leadDays', (id) => (
              <InputNumber
                id={id}
                min={0}
                max={30}
                precision={0}
                value={draft.leadDays}
                onChange={(leadDays) => set({ leadDays: leadDays ?? 0 })}
              />
            ))}
          </div>
          <div className="care-pair">
            {field('grades', (id) => (
              <Select
                id={id}
                mode="tags"
                allowClear
                placeholder={t('care.everybody')}
                value={draft.grades}
                onChange={(grades) => set({ grades })}
                options={options('grade', entity('customer'))}
              />
            ))}
            {field('segment', (id) => (
              <ReferencePicker
                id={id}
                to="segment"
                noCreate
                value={one(draft.segment)}
                onChange={([segment]) => set({ segment: segment ?? null })}
              />
            ))}
          </div>
          <div className="care-pair">
            {field('action', (id) => (
              <Select
                id={id}
                value={draft.action}
                onChange={(action) => set({ action })}
                options={options('action')}
              />
            ))}
            {field('assignee', (id) => (
              <ReferencePicker
                id={id}
                to="user"
                among="active"
                noCreate
                value={one(draft.assignee)}
                onChange={([assignee]) => set({ assignee: assignee ?? null })}
              />
            ))}
          </div>
          {field('text', (id) => (
            <>
              <Input.TextArea
                id={id}
                autoSize={{ minRows: 3, maxRows: 8 }}
                maxLength={2000}
                value={draft.text}
                onSelect={(event) => {
                  caret.current = event.currentTarget.selectionStart;
                }}
                onChange={(event) => {
                  caret.current = event.target.selectionStart;
                  set({ text: event.target.value });
                }}
              />
              <span className="care-words">
                {PLACEHOLDERS.map((name) => (
                  <button
                    key={name}
                    type="button"
                    className="chip"
                    onClick={() => {
                      set({ text: withPlaceholder(draft.text, caret.current, name) });
                      caret.current += name.length + 2;
                    }}
                  >
                    {t(`care.word.${name}`)}
                  </button>
                ))}
              </span>
            </>
          ))}
          <label className="care-wanted" htmlFor="plan-active">
            <Switch
              id="plan-active"
              size="small"
              checked={draft.active}
              onChange={(active) => set({ active })}
            />
            <span>{label('active')}</span>
          </label>
        </div>
        <PlanPreview draft={draft} plan={plan?.id} />
      </div>
    </FormDialog>
  );
}
