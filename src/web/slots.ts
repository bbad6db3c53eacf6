import type { ComponentType } from 'react';
import type { MetaEntity, WireRecord } from './api/types.ts';

/** Where a module may add to a page that is not its own. */
export type Place = 'file.timelineTop' | 'file.right';

export interface SlotProps {
  entity: MetaEntity;
  record: WireRecord;
}

export interface Slot {
  /** The record type on whose page it stands. */
  entity: string;
  place: Place;
  order: number;
  component: ComponentType<SlotProps>;
}

export interface ModuleUi {
  slots: Slot[];
}

const modules = import.meta.glob<{ ui: ModuleUi }>('../modules/*/ui/index.ts', { eager: true });

const slots = Object.values(modules)
  .flatMap((module) => module.ui.slots)
  .toSorted((a, b) => a.order - b.order);

export const slotsOf = (entity: string, place: Place): Slot[] =>
  slots.filter((slot) => slot.entity === entity && slot.place === place);
