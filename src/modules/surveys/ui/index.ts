import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const SurveyBar = lazy(() => import('./SurveyBar.tsx').then((m) => ({ default: m.SurveyBar })));
const ResultsTab = lazy(() => import('./ResultsTab.tsx').then((m) => ({ default: m.ResultsTab })));
const InvitedTab = lazy(() => import('./InvitedTab.tsx').then((m) => ({ default: m.InvitedTab })));
const ShareCard = lazy(() => import('./ShareCard.tsx').then((m) => ({ default: m.ShareCard })));
const AskSelection = lazy(() => import('./AskSelection.tsx').then((m) => ({ default: m.AskSelection })));
const AskDialog = lazy(() => import('./AskDialog.tsx').then((m) => ({ default: m.AskDialog })));

const ASKED = ['customer', 'contact'];

/** A survey's file shows what it brought and how to hand it out; people and customers can be asked where they are. */
export const ui: ModuleUi = {
  slots: [
    { entity: 'survey', place: 'file.banner', order: 10, component: SurveyBar },
    { entity: 'survey', place: 'file.tab', order: 10, title: 'surveys.results', component: ResultsTab },
    { entity: 'survey', place: 'file.tab', order: 20, title: 'surveys.invited', component: InvitedTab },
    { entity: 'survey', place: 'file.right', order: 10, component: ShareCard },
    ...ASKED.flatMap((entity) => [
      { entity, place: 'list.selection' as const, order: 75, component: AskSelection },
      { entity, place: 'file.action' as const, order: 60, title: 'surveys.ask', component: AskDialog },
    ]),
  ],
};
