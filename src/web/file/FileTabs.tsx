import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { LinesTable } from '../lines/LinesTable.tsx';
import { partsMeta } from '../lines/rows.ts';
import { slotsOf } from '../slots.ts';
import { ChangesTab } from './ChangesTab.tsx';
import { ChildList } from './ChildList.tsx';
import { Timeline } from './Timeline.tsx';

interface Props {
  entity: MetaEntity;
  record: WireRecord;
  tab: string | undefined;
  onTab: (tab: string | null) => void;
}

const tabKey = (slot: { title?: string; order: number }) => slot.title ?? String(slot.order);

/** Of more tabs than fit the chosen one is seen. */
const intoView = (tab: HTMLElement | null) => tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

/** The middle of a file: timeline, what hangs on the record, and its changes. */
export function FileTabs({ entity, record, tab, onTab }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const own = (child: { entity: string }) => Number(child.entity === entity.name);
  const children = entity.children
    .toSorted((a, b) => own(a) - own(b))
    .flatMap((child) => {
      const target = meta.entity(child.entity);
      return target ? [{ key: `${child.entity}.${child.field}`, target, field: child.field }] : [];
    });
  const twice = (name: string) => children.filter((child) => child.target.name === name).length > 1;
  const slotted = slotsOf(entity.name, 'file.tab').filter((slot) => slot.when?.(entity, record) ?? true);
  const parts = slotted.map((slot) => ({ key: tabKey(slot), label: t(slot.title ?? '') }));
  const lines = partsMeta(meta, entity);
  const tabs = [
    ...lines.map(({ name, entity: rows }) => ({ key: name, label: rows.label })),
    ...(entity.timeline ? [{ key: 'timeline', label: t('timeline.title') }] : []),
    // What a record is about itself stands before the lists of what hangs on it.
    ...parts,
    ...children.map(({ key, target, field }) => {
      const name = target.fields.find((item) => item.name === field)?.label;
      return {
        key,
        label: twice(target.name) || target.name === entity.name ? `${target.label} · ${name}` : target.label,
      };
    }),
    { key: 'changes', label: t('changes.title') },
  ];
  const shown = tabs.some((item) => item.key === tab) ? tab : tabs[0]?.key;
  const row = lines.find(({ name }) => name === shown);
  const child = children.find((item) => item.key === shown);
  const part = slotted.find((slot) => tabKey(slot) === shown);
  return (
    <section className="card file-middle">
      <div className="tabs under" role="tablist" aria-label={t('file.parts')}>
        {tabs.map((item) => (
          <button
            key={item.key}
            type="button"
            role="tab"
            aria-selected={item.key === shown}
            ref={item.key === shown ? intoView : null}
            onClick={() => onTab(item.key === tabs[0]?.key ? null : item.key)}
          >
            {item.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" className="file-panel">
        {row ? (
          <LinesTable part={row} record={record} />
        ) : shown === 'timeline' ? (
          <>
            <Suspense fallback={null}>
              {slotsOf(entity.name, 'file.timelineTop').map(({ component: Part, key }) => (
                <Part key={key} entity={entity} record={record} />
              ))}
            </Suspense>
            <Timeline entity={entity} record={record} />
          </>
        ) : part ? (
          <Suspense fallback={null}>
            <part.component entity={entity} record={record} />
          </Suspense>
        ) : child ? (
          <ChildList key={child.key} parent={record} entity={child.target} field={child.field} />
        ) : (
          <ChangesTab record={record} />
        )}
      </div>
    </section>
  );
}
