import { lazy } from 'react';
import type { Link, WireRecord } from '../../../web/api/types.ts';
import { openCreate } from '../../../web/form/create.ts';
import type { ModuleUi } from '../../../web/slots.ts';

const FollowUpForm = lazy(() => import('./FollowUpForm.tsx').then((m) => ({ default: m.FollowUpForm })));
const FollowDialog = lazy(() => import('./FollowDialog.tsx').then((m) => ({ default: m.FollowDialog })));
const PlaceLine = lazy(() => import('./PlaceLine.tsx').then((m) => ({ default: m.PlaceLine })));
const OpenTasks = lazy(() => import('./OpenTasks.tsx').then((m) => ({ default: m.OpenTasks })));

const needs = { entity: 'activity', action: 'create' } as const;
const self = ({ id, title }: WireRecord): Link => ({ id, title });

/** Follow-ups are written wherever a customer is in sight, by one form; open tasks stand on the pages of customers and people. */
export const ui: ModuleUi = {
  slots: [
    ...['customer', 'contact', 'lead'].flatMap((entity) => [
      { entity, place: 'file.timelineTop' as const, order: 10, component: FollowUpForm },
      { entity, place: 'file.right' as const, order: 20, component: OpenTasks },
    ]),
    { entity: 'activity', place: 'form.create', order: 10, component: FollowDialog },
    { entity: 'activity', place: 'timeline.entry', order: 10, component: PlaceLine },
  ],
  quick: { label: 'follow.title', short: 'follow.short', ...needs },
  rowActions: [
    ['customer', (record: WireRecord) => ({ customer: self(record) })] as const,
    [
      'contact',
      (record: WireRecord) => ({ customer: record.customer ?? null, contacts: [self(record)] }),
    ] as const,
  ].map(([entity, valuesOf]) => ({
    entity,
    label: 'follow.of',
    short: 'follow.short',
    key: 'f',
    needs,
    run: (record, target) => void openCreate(target, valuesOf(record)),
  })),
};
