import type { ApprovalSheet } from '../../platform/approvals/sheet.shared.ts';

/** The colour in which a status stands; only what needs someone is loud. */
export const TONE: Record<ApprovalSheet['status'], string> = {
  running: 'teng',
  returned: 'zhu',
  approved: 'song',
  rejected: 'zhu',
  withdrawn: '',
};
