import { lazy, Suspense, useRef, useState } from 'react';
import { sameValue, saveEdit } from '../api/save.ts';
import type { MetaEntity, MetaField, WireRecord } from '../api/types.ts';
import { FieldEditor } from '../fields/FieldEditor.tsx';
import { regionGroup } from '../fields/places.ts';

const RegionPicker = lazy(() => import('../fields/RegionPicker.tsx'));

const LAYERS = '.ant-select-dropdown, .ant-picker-dropdown, .ant-cascader-dropdown, .ant-modal-root';

/** Kinds whose choice is the end of the edit. */
const AT_ONCE = new Set<MetaField['kind']>(['choice', 'boolean', 'reference', 'date']);

interface Props {
  entity: MetaEntity;
  record: WireRecord;
  field: MetaField;
  onClose: () => void;
}

/** Edits one value in place: Enter or leaving saves, Escape gives up. */
export function CellEditor({ entity, record: now, field, onClose }: Props) {
  // What the person began from: others' changes that reach the page meanwhile are not to be overwritten unseen.
  const record = useRef(now).current;
  const region = field.kind === 'region' ? regionGroup(entity, field) : null;
  const box = useRef<HTMLDivElement>(null);
  const done = useRef(false);
  const [values, setValues] = useState<Record<string, unknown>>(() =>
    Object.fromEntries((region ?? [field]).map((part) => [part.name, record[part.name] ?? null])),
  );
  const commit = (next = values) => {
    if (done.current) return;
    done.current = true;
    onClose();
    const changes = Object.fromEntries(
      Object.entries(next)
        .map(
          ([name, value]) =>
            [name, Array.isArray(value) ? value.filter((item) => item !== '') : value] as const,
        )
        .filter(([name, value]) => !sameValue(record[name], value)),
    );
    if (Object.keys(changes).length > 0) void saveEdit(entity, record, changes);
  };
  const wide = field.kind === 'phones' || field.kind === 'longText' || field.kind === 'birthday';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holds the editor, whose keys it completes
    <div
      ref={box}
      className={`cell-editor ${wide ? 'wide' : ''}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          done.current = true;
          onClose();
        }
        const open = box.current?.querySelector('[aria-expanded="true"]');
        if (event.key === 'Enter' && !open && !event.nativeEvent.isComposing && (!wide || event.ctrlKey)) {
          event.preventDefault();
          event.stopPropagation();
          commit();
        }
      }}
      onBlur={(event) => {
        const to = event.relatedTarget as Element | null;
        if (box.current?.contains(to) || to?.closest(LAYERS)) return;
        // A picker's layer takes the focus for a moment without being its target.
        setTimeout(() => {
          if (!box.current?.contains(document.activeElement) && !document.activeElement?.closest(LAYERS))
            commit();
        }, 120);
      }}
    >
      {region ? (
        <Suspense fallback={null}>
          <RegionPicker
            label={field.label}
            depth={region.length}
            value={region.map((part) => (values[part.name] as string | null) ?? '')}
            onChange={(path) =>
              setValues(Object.fromEntries(region.map((part, index) => [part.name, path[index] ?? null])))
            }
          />
        </Suspense>
      ) : (
        <FieldEditor
          field={field}
          label={field.label}
          inline
          autoFocus
          value={values[field.name]}
          onChange={(value) => {
            const next = { [field.name]: value };
            setValues(next);
            if (AT_ONCE.has(field.kind) && !field.open) commit(next);
          }}
        />
      )}
    </div>
  );
}
