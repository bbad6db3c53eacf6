import { NodeIndexOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const LifecyclePage = lazy(() => import('./LifecyclePage.tsx').then((m) => ({ default: m.LifecyclePage })));
const ModelPage = lazy(() => import('./ModelPage.tsx').then((m) => ({ default: m.ModelPage })));
const StageChips = lazy(() => import('./StageChips.tsx').then((m) => ({ default: m.StageChips })));
const StageWork = lazy(() => import('./StageWork.tsx').then((m) => ({ default: m.StageWork })));

/** Where customers stand and how they move; on the file the stage, why, and what is recommended to do. */
export const ui: ModuleUi = {
  pages: [
    { path: 'lifecycle', component: LifecyclePage },
    { path: 'lifecycle/$code', component: ModelPage },
  ],
  menu: [
    {
      to: '/lifecycle',
      label: 'lifecycle.title',
      icon: NodeIndexOutlined,
      group: 'business',
      order: 34,
      needs: { entity: 'customer', action: 'read' },
    },
  ],
  slots: [
    { entity: 'customer', place: 'file.head', order: 6, component: StageChips },
    { entity: 'customer', place: 'file.right', order: 17, component: StageWork },
  ],
};
