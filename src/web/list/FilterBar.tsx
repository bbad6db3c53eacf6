import { Button, Input } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter, FilterTerm, MetaEntity } from '../api/types.ts';
import { keepEnter } from '../shell/hooks.ts';
import { Pop } from '../shell/Pop.tsx';
import { conditionsOf, filterFields, filterOf, isComplete, isTerm, newTerm } from './filterModel.ts';
import { TermEditor } from './TermEditor.tsx';
import { filterWords, termWords } from './terms.ts';
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
        const words = isTerm(condition)
          ? termWords(entity, condition, nameOf)
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
            {isTerm(condition) ? (
              <TermPop entity={entity} term={condition} onDone={(next) => replace(index, next)}>
                {words.head} {words.value && <b>{words.value}</b>}
              </TermPop>
            ) : (
              <button type="button" onClick={() => setBuilding(true)}>
                <b>{words.value}</b>
              </button>
            )}
            {close}
          </span>
        );
      })}
      <TermPop entity={entity} onDone={(term) => onFilter(filterOf([...conditions, term]))} fresh>
        {t('filter.add')}
      </TermPop>
      <button type="button" className="link" onClick={() => setBuilding(true)}>
        {t('filter.builder')}
      </button>
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
  term?: FilterTerm;
  fresh?: boolean;
  onDone: (term: FilterTerm) => void;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  const first = filterFields(props.entity).find((field) => field.filterable) ?? filterFields(props.entity)[0];
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
          term={props.term ?? newTerm(first)}
          onDone={(term) => {
            close();
            props.onDone(term);
          }}
        />
      )}
    </Pop>
  );
}

function TermForm(props: { entity: MetaEntity; term: FilterTerm; onDone: (term: FilterTerm) => void }) {
  const { t } = useTranslation();
  const [term, setTerm] = useState(props.term);
  return (
    <form
      className="term-form"
      onKeyDown={keepEnter}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete(term)) props.onDone(term);
      }}
    >
      <TermEditor entity={props.entity} term={term} onChange={setTerm} autoFocus />
      <Button type="primary" htmlType="submit" disabled={!isComplete(term)}>
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
