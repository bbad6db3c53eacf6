import { Button, Input, Select } from 'antd';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity } from '../../../web/api/types.ts';
import { currentLanguage } from '../../../web/i18n/index.ts';
import { RuleFields } from '../../grades/ui/index.ts';
import type { ModelDefinition, StageMove } from '../model/definition.shared.ts';
import { nameOf } from './api.ts';

interface Props {
  entity: MetaEntity;
  definition: ModelDefinition;
  onChange: (moves: StageMove[]) => void;
}

/** The ways between stages: from, to, the rule that leads there and the words it is told in. */
export function MovesEditor({ entity, definition, onChange }: Props) {
  const { t } = useTranslation();
  const { stages, moves } = definition;
  const options = stages.map(({ value, label }) => ({ value, label: nameOf(label) }));
  const put = (at: number, next: StageMove | null) =>
    onChange(moves.flatMap((move, index) => (index !== at ? [move] : next ? [next] : [])));
  const add = () => {
    const [from, to] = stages;
    const evidence = t('lifecycle.newEvidence');
    if (from && to)
      onChange([
        ...moves,
        { from: from.value, to: to.value, filter: null, evidence: { zh: evidence, en: evidence } },
      ]);
  };
  return (
    <>
      <h2>{t('lifecycle.ways')}</h2>
      {moves.map((move, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a way is its place; with another number of them all begin anew
        <section className="card stage-one" key={`${at} of ${moves.length}`}>
          <div className="stage-line">
            <Select
              aria-label={t('lifecycle.from')}
              value={move.from}
              options={options}
              onChange={(from) => put(at, { ...move, from })}
            />
            →
            <Select
              aria-label={t('lifecycle.to')}
              value={move.to}
              options={options}
              onChange={(to) => put(at, { ...move, to })}
            />
            <Input
              aria-label={t('lifecycle.evidence')}
              value={nameOf(move.evidence)}
              maxLength={200}
              onChange={(event) =>
                put(at, { ...move, evidence: { ...move.evidence, [currentLanguage()]: event.target.value } })
              }
            />
            <button
              type="button"
              className="icon-button"
              aria-label={t('lifecycle.remove')}
              onClick={() => put(at, null)}
            >
              ×
            </button>
          </div>
          <details>
            <summary>{t(move.filter ? 'lifecycle.rule' : 'lifecycle.byHand')}</summary>
            <Suspense fallback={null}>
              <RuleFields
                entity={entity}
                filter={move.filter as never}
                onChange={(filter) => put(at, { ...move, filter })}
              />
            </Suspense>
          </details>
        </section>
      ))}
      <Button onClick={add}>{t('lifecycle.addWay')}</Button>
    </>
  );
}
