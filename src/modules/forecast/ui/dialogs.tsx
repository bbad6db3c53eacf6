import { Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import type { ForecastPage } from '../page/page.shared.ts';
import type { Submissions } from '../submission/submission.shared.ts';
import { tell, useMoney } from './api.ts';
import { plus } from './plus.ts';

/** What the records say of one person, or of the team as its superior adjusted it: what a promise begins from. */
function saidOf(page: ForecastPage, submissions: Submissions, level: 'own' | 'team', me: string) {
  if (level === 'own') {
    const own = page.lines.find(({ key }) => key === me);
    const commit = plus(own?.won, own?.commit);
    return { commit, best: plus(commit, own?.best) };
  }
  const promised = page.lines.map(({ key, ...line }) => {
    const adjusted = submissions.adjustments.find((one) => one.person === key && one.manager === me);
    const said = submissions.now.find((one) => one.person === key && one.level === 'own');
    const commit = adjusted?.commit ?? said?.commit ?? plus(line.won, line.commit);
    return { commit, best: said?.best ?? plus(line.won, line.commit, line.best) };
  });
  return {
    commit: plus(...promised.map((one) => one.commit)),
    best: plus(...promised.map((one) => one.best)),
  };
}

/** Promises what one's own business, or one's team, brings. */
export function SubmitDialog({
  page,
  submissions,
  level,
  onClose,
}: {
  page: ForecastPage;
  submissions: Submissions;
  level: 'own' | 'team';
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const money = useMoney();
  const said = saidOf(page, submissions, level, me.id);
  const before = submissions.now.find((one) => one.person === me.id && one.level === level);
  const [commit, setCommit] = useState(before?.commit ?? said.commit);
  const [best, setBest] = useState(before?.best ?? said.best);
  const [note, setNote] = useState(before?.note ?? '');
  const save = async () => {
    await tell('/submissions', {
      period: page.period,
      round: submissions.round,
      level,
      commit,
      best,
      saidCommit: said.commit,
      saidBest: said.best,
      note: note.trim() || null,
    });
    toast(t('forecast.submitted'), { kind: 'good' });
    onClose();
  };
  const numbers = [
    ['commit', commit, setCommit, said.commit],
    ['best', best, setBest, said.best],
  ] as const;
  return (
    <FormDialog
      width={440}
      title={t(level === 'own' ? 'forecast.submit' : 'forecast.submitTeam')}
      ok={t('forecast.send')}
      ready={commit !== '' && best !== ''}
      save={save}
      onClose={onClose}
    >
      {numbers.map(([name, value, set, says]) => (
        <div key={name} className="field">
          <label className="field-label" htmlFor={`promise-${name}`}>
            {t(`forecast.promise.${name}`)}
          </label>
          <InputNumber<string>
            id={`promise-${name}`}
            stringMode
            min="0"
            precision={2}
            style={{ width: '100%' }}
            value={value}
            onChange={(next) => set(next ?? '')}
          />
          <p className="quiet">{t('forecast.says', { amount: money(says) })}</p>
        </div>
      ))}
      <div className="field">
        <label className="field-label" htmlFor="promise-note">
          {t('forecast.note')}
        </label>
        <Input.TextArea
          id="promise-note"
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </FormDialog>
  );
}

/** What a superior makes of somebody's promise, with why. */
export function AdjustDialog({
  period,
  submissions,
  person,
  begin,
  onClose,
}: {
  period: string;
  submissions: Submissions;
  person: { id: string; name: string };
  begin: string;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const before = submissions.adjustments.find((one) => one.person === person.id && one.manager === me.id);
  const [commit, setCommit] = useState<string | null>(before?.commit ?? begin);
  const [note, setNote] = useState(before?.note ?? '');
  const save = async () => {
    const word = { period, round: submissions.round, person: person.id };
    await tell('/adjustments', { ...word, commit: commit || null, ...(commit ? { note: note.trim() } : {}) });
    onClose();
  };
  return (
    <FormDialog
      width={440}
      title={t('forecast.adjust', { name: person.name })}
      ready={!commit || note.trim() !== ''}
      save={save}
      onClose={onClose}
    >
      <p className="quiet">{t('forecast.adjustText')}</p>
      <div className="field">
        <label className="field-label" htmlFor="adjust-commit">
          {t('forecast.promise.commit')}
        </label>
        <InputNumber<string>
          id="adjust-commit"
          stringMode
          min="0"
          precision={2}
          style={{ width: '100%' }}
          value={commit}
          onChange={setCommit}
        />
      </div>
      <div className="field">
        <label className="field-label" htmlFor="adjust-note">
          {t('forecast.reason')}
        </label>
        <Input
          id="adjust-note"
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </FormDialog>
  );
}
