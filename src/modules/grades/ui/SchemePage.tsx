import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Radio, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { patch, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { StoredRecord } from '../../../web/shell/StoredRecord.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { submits, useSaving } from '../../../web/shell/useSaving.ts';
import type { SchemeDefinition, SchemeKind } from '../scheme/definition.shared.ts';
import { type Asked, refreshGrades } from './api.ts';
import { GradeEditor } from './GradeEditor.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { SchemeActions } from './SchemeActions.tsx';
import { TermsEditor } from './TermsEditor.tsx';
import '../../../web/styles/list.css';
import '../../../web/styles/form.css';
import './grades.css';

/** One scheme: its grades and rules on the left, what they make of customers on the right, while one writes. */
export function SchemePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  return (
    <StoredRecord plural="grade-schemes" id={id}>
      {(scheme) => <Editor scheme={scheme} />}
    </StoredRecord>
  );
}

const KINDS = ['conditions', 'score'] as const;
const PERIODS = ['month', 'quarter', 'year'] as const;

function Editor({ scheme }: { scheme: WireRecord }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const ids = useId();
  const customer = useMeta().entity('customer');
  const [name, setName] = useState(scheme.title);
  const [kind, setKind] = useState(scheme.kind as SchemeKind);
  const [period, setPeriod] = useState(scheme.period as string);
  const [department, setDepartment] = useState(scheme.department as Reference | null);
  const [definition, setDefinition] = useState(scheme.definition as SchemeDefinition);
  const { busy, run } = useSaving();
  if (!customer) return null;
  const locked = !scheme.can.update;
  const asked: Asked = { id: scheme.id, kind, department: department?.id ?? null, definition };
  const saved = {
    name: scheme.title,
    kind: scheme.kind,
    period: scheme.period,
    department: (scheme.department as Reference | null)?.id ?? null,
    definition: scheme.definition,
  };
  const values = { name, kind, period, department: department?.id ?? null, definition };
  const changed = JSON.stringify(values) !== JSON.stringify(saved);
  const on = scheme.active === true;
  const save = () =>
    run(async () => {
      const stored = changed
        ? await patch<WireRecord>(`/grade-schemes/${scheme.id}`, values, scheme.version)
        : scheme;
      if (!on) await post(`/grade-schemes/${scheme.id}/switchOn`);
      refreshGrades();
      toast(t(on ? 'grades.savedOn' : 'grades.switchedOn', { name: stored.title }), { kind: 'good' });
      await navigate({ to: '/grades' as string });
    }, toastError);
  const saveOnly = () =>
    run(async () => {
      await patch<WireRecord>(`/grade-schemes/${scheme.id}`, values, scheme.version);
      refreshGrades();
      toast(t('grades.savedOff', { name }), { kind: 'good' });
    }, toastError);
  return (
    <form className="page full" onSubmit={submits(save)}>
      <div className="head">
        <h1 tabIndex={-1}>{scheme.title}</h1>
        {scheme.main === true && <span className="tag dai">{t('grades.main')}</span>}
        {!on && <span className="tag">{t('grades.off')}</span>}
        <span className="fill" />
        {!locked && on && <SchemeActions scheme={scheme} />}
        <Button onClick={() => void navigate({ to: '/grades' as string })}>{t('cancel')}</Button>
        {!locked && !on && (
          <Button disabled={!changed || busy} onClick={() => void saveOnly()}>
            {t('save')}
          </Button>
        )}
        {!locked && (
          <Button type="primary" htmlType="submit" loading={busy} disabled={on && !changed}>
            {on ? t('save') : t('grades.switchOn')}
          </Button>
        )}
      </div>
      {typeof scheme.problem === 'string' && (
        <p className="grade-problem" role="alert">
          {t('grades.problem', { reason: scheme.problem })}
        </p>
      )}
      <div className="grade-editor">
        <fieldset className="grade-rules" disabled={locked}>
          <legend className="sr">{t('grades.rules')}</legend>
          <section className="card pad">
            <label className="field" htmlFor={`${ids}name`}>
              <span className="field-label">{t('grades.name')}</span>
              <Input
                id={`${ids}name`}
                value={name}
                maxLength={60}
                onChange={(event) => setName(event.target.value)}
              />
            </label>
            <div className="field">
              <span className="field-label">{t('grades.kind')}</span>
              <Radio.Group
                value={kind}
                options={KINDS.map((value) => ({ value, label: t(`grades.kindText.${value}`) }))}
                onChange={(event) => setKind(event.target.value)}
              />
            </div>
            <label className="field" htmlFor={`${ids}period`}>
              <span className="field-label">{t('grades.period')}</span>
              <Select
                id={`${ids}period`}
                value={period}
                options={PERIODS.map((value) => ({ value, label: t(`grades.periodText.${value}`) }))}
                onChange={setPeriod}
              />
            </label>
            <div className="field">
              <span className="field-label">{t('grades.department')}</span>
              <ReferencePicker
                label={t('grades.department')}
                to="department"
                noCreate
                value={department ? [department] : []}
                onChange={([next]) => setDepartment(next ?? null)}
              />
            </div>
          </section>
          {kind === 'score' && (
            <TermsEditor
              entity={customer}
              terms={definition.terms ?? []}
              onChange={(terms) => setDefinition({ ...definition, terms })}
            />
          )}
          <GradeEditor
            entity={customer}
            kind={kind}
            grades={definition.grades}
            onChange={(grades) => setDefinition({ ...definition, grades })}
          />
        </fieldset>
        {!locked && <PreviewPanel asked={asked} />}
      </div>
    </form>
  );
}
