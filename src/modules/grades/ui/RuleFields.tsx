import { useState } from 'react';
import type { MetaEntity } from '../../../web/api/types.ts';
import { ConditionGroup } from '../../../web/list/ConditionGroup.tsx';
import type { RuleFilter } from '../scheme/definition.shared.ts';
import { MeasureRows } from './MeasureRows.tsx';
import { filterOfRule, type Rule, ruleOf } from './rule.ts';
import '../../../web/styles/list.css';
import './grades.css';

interface Props {
  entity: MetaEntity;
  filter: RuleFilter | null;
  onChange: (filter: RuleFilter | null) => void;
}

/** Conditions and numbers compared. What is not filled in yet is kept here, and left out of what is told. */
export function RuleFields({ entity, filter, onChange }: Props) {
  const [rule, setRule] = useState(() => ruleOf(filter));
  const put = (next: Rule) => {
    setRule(next);
    onChange(filterOfRule(next));
  };
  return (
    <>
      <ConditionGroup
        entity={entity}
        value={rule.filter}
        depth={0}
        onChange={(next) => put({ ...rule, filter: next })}
      />
      <MeasureRows rows={rule.measures} onChange={(measures) => put({ ...rule, measures })} />
    </>
  );
}
