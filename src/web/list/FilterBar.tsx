import { Button, Input } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter, MetaEntity } from '../api/types.ts';
import { keepEnter } from '../shell/hooks.ts';
import { Pop } from '../shell/Pop.tsx';
import { slotsOf } from '../slots.ts';
import {
  conditionsOf,
  filterOf,
  firstField,
  isLeaf,
  isRelated,
  type Leaf,
  newTerm,
  tidy,
} from './filterModel.ts';
import { LeafEditor } from './LeafEditor.tsx';
import { filterWords, leafWords } from './terms.ts';
import { useNames } from './useNames.ts';

const FilterBuilder = lazy(() => import('./FilterBuilder.tsx').then((m) => ({ default: m.FilterBuilder })));

interface Props {
  entity: MetaEntity;
  filter: Filter | null;
  q: string;
  onFilter: (filter: Filter) => void;
  onSearch: (q: string) => void;
}

/** The search box within the list and the conditions as chips, each a small editor of its own. */
export function FilterBar({ entity, filter, q, onFilter, onSearch }: Props) {
  const { t } = useTranslation();
  const [building, setBuilding] = useState(false);
  const conditions = conditionsOf(filter);
  const nameOf = useNames(entity, filter);
  const replace = (index: number, next: Filter | null) =>
    onFilter(filterOf(conditions.flatMap((item, at) => (at !== index ? [item] : next ? [next] : []))));
  return (
    <div className="filter-bar">
      <SearchBox q={q} onSearch={onSearch} label={t('list.search', { label: entity.manyLabel })} />
      {conditions.map((condition, index) => {
        const words = isLeaf(condition)
          ? leafWords(entity, condition, nameOf)
          : { head: '', value: filterWords(entity, condition, nameOf) };
        const close = (
          <button
            type="button"
            className="chip-close"
            aria-label={t('filter.remove', { filter: `${words.head} ${words.value}` })}
            onClick={() => replace(index, null)}
          >
            ×
          </button>
        );
        return (
          <span className="chip" key={JSON.stringify(condition)}>
            {isLeaf(condition) && !isRelated(condition) ? (
              <TermPop entity={entity} leaf={condition} onDone={(next) => replace(index, next)}>
                {words.head} {words.value && <b>{words.value}</b>}
              </TermPop>
            ) : (
              <button type="button" onClick={() => setBuilding(true)}>
                {words.head} <b>{words.value}</b>
              </button>
            )}
            {close}
          </span>
        );
      })}
      <TermPop entity={entity} onDone={(leaf) => onFilter(filterOf([...conditions, leaf]))} fresh>
        {t('filter.add')}
      </TermPop>
      <button type="button" className="link" onClick={() => setBuilding(true)}>
        {t('filter.builder')}
      </button>
      {conditions.length > 0 &&
        slotsOf(entity.name, 'list.filter').map(({ component: Part }) => (
          <Part key={Part.displayName ?? Part.name} entity={entity} filter={tidy(filter)} />
        ))}
      {(conditions.length > 0 || q) && (
        <button
          type="button"
          className="link"
          onClick={() => {
            onFilter(filterOf([]));
            onSearch('');
          }}
        >
          {t('filter.clear')}
        </button>
      )}
      {building && (
        <Suspense fallback={null}>
          <FilterBuilder
            entity={entity}
            filter={filter}
            onClose={() => setBuilding(false)}
            onApply={(next) => {
              setBuilding(false);
              onFilter(next);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function TermPop(props: {
  entity: MetaEntity;
  leaf?: Leaf;
  fresh?: boolean;
  onDone: (leaf: Leaf) => void;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  const first = firstField(props.entity);
  if (!first) return null;
  return (
    <Pop
      label={t('filter.condition')}
      trigger={(button) => (
        <button
          type="button"
          className={props.fresh ? 'link' : ''}
          data-filter={props.fresh || undefined}
          {...button}
        >
          {props.children}
        </button>
      )}
    >
      {(close) => (
        <TermForm
          entity={props.entity}
          leaf={props.leaf ?? newTerm(first)}
          onDone={(leaf) => {
            close();
            props.onDone(leaf);
          }}
        />
      )}
    </Pop>
  );
}

function TermForm(props: { entity: MetaEntity; leaf: Leaf; onDone: (leaf: Leaf) => void }) {
  const { t } = useTranslation();
  const [leaf, setLeaf] = useState(props.leaf);
  const complete = tidy(leaf) !== null;
  return (
    <form
      className="term-form"
      onKeyDown={keepEnter}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) props.onDone(leaf);
      }}
    >
      <LeafEditor entity={props.entity} leaf={leaf} onChange={setLeaf} autoFocus />
      <Button type="primary" htmlType="submit" disabled={!complete}>
        {t('filter.apply')}
      </Button>
    </form>
  );
}

const TYPING_MS = 200;

function SearchBox({ q, onSearch, label }: { q: string; onSearch: (q: string) => void; label: string }) {
  const [typed, setTyped] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(q), [q]);
  const change = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), TYPING_MS);
  };
  return (
    <Input
      className="list-search"
      aria-label={label}
      placeholder={label}
      value={typed}
      allowClear
      maxLength={200}
      onChange={(event) => change(event.target.value)}
      onPressEnter={() => onSearch(typed.trim())}
    />
  );
}
