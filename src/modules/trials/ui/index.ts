import { ExperimentOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const TrialSteps = lazy(() => import('./TrialSteps.tsx').then((m) => ({ default: m.TrialSteps })));
const TrialRules = lazy(() => import('./TrialRules.tsx').then((m) => ({ default: m.TrialRules })));

/** What comes next with something that is with a customer, and the slip he signs. */
export const ui: ModuleUi = {
  slots: [{ entity: 'trial', place: 'file.head', order: 10, component: TrialSteps }],
  settings: [
    { page: 'trials', label: 'trials.rules', icon: ExperimentOutlined, order: 59, component: TrialRules },
  ],
};
