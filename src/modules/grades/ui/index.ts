import { TrophyOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const GradesPage = lazy(() => import('./GradesPage.tsx').then((m) => ({ default: m.GradesPage })));
const SchemePage = lazy(() => import('./SchemePage.tsx').then((m) => ({ default: m.SchemePage })));
const GradeBadge = lazy(() => import('./GradeBadge.tsx').then((m) => ({ default: m.GradeBadge })));
const PolicyCard = lazy(() => import('./PolicyCard.tsx').then((m) => ({ default: m.PolicyCard })));

/** A rule as grades have them, for other modules whose rules are the same. */
export const RuleFields = lazy(() => import('./RuleFields.tsx').then((m) => ({ default: m.RuleFields })));
/** What a rule found. */
export const Readings = lazy(() => import('./Readings.tsx').then((m) => ({ default: m.Readings })));

/** Schemes have a page of their own; a customer's file says its grade, why, and how it is to be served. */
export const ui: ModuleUi = {
  pages: [
    { path: 'grades', component: GradesPage },
    { path: 'grades/$id', component: SchemePage },
  ],
  menu: [
    {
      to: '/grades',
      label: 'grades.title',
      icon: TrophyOutlined,
      group: 'business',
      order: 32,
      needs: { entity: 'gradeScheme', action: 'read' },
    },
  ],
  slots: [
    { entity: 'customer', place: 'file.head', order: 5, component: GradeBadge },
    { entity: 'customer', place: 'file.right', order: 15, component: PolicyCard },
  ],
};
