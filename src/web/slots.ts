import type { ComponentType } from 'react';
import type { MenuGroup } from '../platform/entity/menu.shared.ts';
import type { Target } from './api/records.ts';
import type { Action, Filter, MetaEntity, WireRecord } from './api/types.ts';
import type { LineRules } from './lines/rules.ts';
import { forThisSide } from './outside.ts';
import { rooms } from './rooms.ts';

export interface SlotProps {
  entity: MetaEntity;
  record: WireRecord;
}

/** A dialog behind an entry of the menu of actions. */
export interface ActionProps extends SlotProps {
  onClose(): void;
}

/** What a form that is being filled in tells a part beneath it. */
export interface FormSlotProps {
  entity: MetaEntity;
  values: Record<string, unknown>;
}

/** Of a form that makes a record in place of the usual one. */
export interface CreateProps extends FormSlotProps {
  done(made: WireRecord | null): void;
}

/** What a list tells a part of its filter bar. */
export interface FilterSlotProps {
  entity: MetaEntity;
  /** What it shows, unfinished conditions left out. */
  filter: Filter | null;
}

/** Chosen records of a list, and what to do when something was done with them. */
export interface SelectionSlotProps {
  entity: MetaEntity;
  target: Target;
  count: number;
  onDone(): void;
}

/** Records about to be given away. */
export interface TransferSlotProps {
  entity: MetaEntity;
  target: Target;
  /** What else is asked of the server along with them. */
  onMore(input: Record<string, unknown>): void;
}

/** Where a module may add to a page that is not its own, and what the part is told there. */
interface Places {
  /** Beside the name in the head of the file. */
  'file.head': SlotProps;
  /** Beneath the head, before the columns: warnings that concern the whole record. */
  'file.banner': SlotProps;
  'file.timelineTop': SlotProps;
  'file.right': SlotProps;
  /** A tab of the middle column; needs `title`. */
  'file.tab': SlotProps;
  /** A further entry of the menu "more", named by `title`; the component is the dialog it opens. */
  'file.action': ActionProps;
  /** At the end of a row, where records of the type are listed on the file of another. */
  'child.row': SlotProps;
  /** Beneath an entry of the timeline; the record is the entry's own. */
  'timeline.entry': SlotProps;
  /** Beneath the fields of the form that makes a record. */
  'form.beneath': FormSlotProps;
  /** The dialog that makes a record, where the type has one of its own. */
  'form.create': CreateProps;
  /** Beside the conditions of a list, where there are some. */
  'list.filter': FilterSlotProps;
  /** In the bar of chosen records. */
  'list.selection': SelectionSlotProps;
  /** In the dialog that asks to whom records are given. */
  'transfer.beneath': TransferSlotProps;
}
type Place = keyof Places;

interface SlotAt<P extends Place> {
  /** The record type on whose page it stands; `*` is every one. */
  entity: string;
  place: P;
  order: number;
  /** People outside the house have it too. */
  outside?: boolean;
  /** Text key, where the place shows a title. */
  title?: string;
  /** Shown only when this holds for the record. */
  when?(entity: MetaEntity, record: WireRecord): boolean;
  /** The same, where it takes a hook to know; asked on every page. */
  useWhen?(): (entity: MetaEntity, record: WireRecord) => boolean;
  component: ComponentType<Places[P]>;
}

type Slot = { [P in Place]: SlotAt<P> }[Place];

/** Who may come: whoever may do this to records of the type. */
export interface Needs {
  entity: string;
  action: Action;
}

/** A page of its own at `/<path>`; the path may hold parameters, `pools/$id`. */
export interface Page {
  path: string;
  component: ComponentType;
  /** Keeps known parts of the address's query and drops the rest. */
  search?(raw: Record<string, unknown>): Record<string, unknown>;
}

/** A page for people without an account at `/<path>/<token>`: what they may do there is the token's. */
export interface PublicPage {
  path: string;
  component: ComponentType<{ token: string }>;
}

export interface MenuItem {
  /** The address of a page, `/pools`. */
  to: string;
  /** Text key. */
  label: string;
  icon: ComponentType;
  group: MenuGroup;
  order: number;
  needs?: Needs;
  /** For people outside the house too, or for them alone. */
  outside?: boolean | 'only';
  /** A hook giving the number of things that wait there. */
  useBadge?(): number;
}

/** Something to do with one record right where it is listed. */
export interface RowAction {
  /** The record type of the list. */
  entity: string;
  /** Text keys: what it does, with `title`; and in a word. */
  label: string;
  short: string;
  /** The key that does it where the keyboard stands. */
  key: string;
  needs: Needs;
  outside?: boolean;
  /** `target` is the record type of `needs`. */
  run(record: WireRecord, target: MetaEntity): void;
}

/** What is begun most: the middle button of the phone. */
export interface Quick extends Needs {
  /** Text keys: its name, and in a word. */
  label: string;
  short: string;
}

/** A page of the settings. */
export interface SettingsPage {
  /** Address `/admin/<page>`. */
  page: string;
  /** Text key. */
  label: string;
  icon: ComponentType;
  order: number;
  component: ComponentType;
}

export interface ModuleUi {
  slots?: Slot[];
  pages?: Page[];
  publicPages?: PublicPage[];
  menu?: MenuItem[];
  settings?: SettingsPage[];
  rowActions?: RowAction[];
  quick?: Quick;
  /** What it knows of the rows of parts. */
  lines?: LineRules[];
  /** Hooks that run while the shell stands, for example a badge in the top bar. */
  topBar?: ComponentType[];
}

const modules = import.meta.glob<{ ui: ModuleUi }>('../modules/*/ui/index.ts', { eager: true });

const contributions: ModuleUi[] = [...rooms, ...Object.values(modules).map((module) => module.ui)];

const gather = <T>(pick: (ui: ModuleUi) => T[] | undefined): T[] =>
  contributions.flatMap((ui) => pick(ui) ?? []);

const byOrder = <T extends { order: number }>(items: T[]) => items.toSorted((a, b) => a.order - b.order);

/** Each with a key of its own: several may stand at one place with the same order. */
const slots = byOrder(gather((ui) => ui.slots)).map((slot, key) => ({ ...slot, key }));

export const pages = gather((ui) => ui.pages);
export const publicPages = gather((ui) => ui.publicPages);
export const menuItems = byOrder(gather((ui) => ui.menu));
export const settingsPages = byOrder(gather((ui) => ui.settings));
const rowActions = gather((ui) => ui.rowActions);
export const quick = contributions.find((ui) => ui.quick)?.quick;
const lineRules = gather((ui) => ui.lines);
export const topBarParts = gather((ui) => ui.topBar);

/** The parts other rooms add to a place on the page of a record type. */
export const slotsOf = <P extends Place>(entity: string, place: P): (SlotAt<P> & { key: number })[] =>
  forThisSide(slots).filter(
    (slot) => slot.place === place && (slot.entity === entity || slot.entity === '*'),
  ) as unknown as (SlotAt<P> & { key: number })[];

/** Who knows what follows from the rows of a part. */
export const lineRulesOf = (part: MetaEntity): LineRules | undefined =>
  lineRules.find((rules) => rules.fits(part));

/** What can be done with a record of this type in a list. */
export const rowActionsOf = (entity: string): RowAction[] =>
  forThisSide(rowActions).filter((action) => action.entity === entity);

/** Hooks of slots, in an order that is the same on every page. */
const asking = slots.filter((slot) => slot.useWhen);

/** The entries of the menu of actions that hold for a record. */
export function useActions(entity: MetaEntity, record: WireRecord) {
  // biome-ignore lint/correctness/useHookAtTopLevel: the hooks are the same ones in the same order on every page
  const answers = new Map(asking.map((slot) => [slot.key, slot.useWhen?.()]));
  return slotsOf(entity.name, 'file.action').filter(
    (slot) => (slot.when?.(entity, record) ?? true) && (answers.get(slot.key)?.(entity, record) ?? true),
  );
}
