import { useQuery } from '@tanstack/react-query';
import type { CountedFigure } from '../../../platform/figures/read.ts';
import { get } from '../../../web/api/client.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import type { QuotaState } from '../quota/read.ts';
import type { ReportKind } from '../report/period.ts';
import type { TeamLine } from '../report/team.ts';

export type { CountedFigure, QuotaState, ReportKind, TeamLine };

export interface Mine {
  report: WireRecord | null;
  period: { from: string; to: string };
  figures: CountedFigure[];
  quotas: QuotaState[];
}

/** Without a day: today's. */
export const mineKey = (kind: ReportKind, date: string | null) => ['work-report', kind, date] as const;

export const useMine = (kind: ReportKind, date: string | null) =>
  useQuery({
    queryKey: mineKey(kind, date),
    queryFn: () => get<Mine>('/work-reports/mine', { kind, date }),
    // Figures are live while a report is open.
    staleTime: 0,
  });

export const useTeam = (kind: ReportKind, date: string | null) =>
  useQuery({
    queryKey: ['work-report-team', kind, date],
    queryFn: () => get<{ items: TeamLine[] }>('/work-reports/team', { kind, date }),
  });
