import type { Achievement } from './achievements/achievement.ts';
import type { CalendarSource } from './agenda/source.ts';
import type { ShippedReport } from './analysis/shipped.ts';
import type { ApprovalSubject } from './approvals/subject.ts';
import type { CommandSpec } from './command/command.ts';
import type { CostSource } from './costs/cost.ts';
import type { FieldUseSource } from './customisation/uses.ts';
import type { Behaviour } from './entity/behaviour.ts';
import type { NamedTerm } from './entity/filter.ts';
import type { EntitySpec } from './entity/types.ts';
import type { Subscriber } from './events/subscriber.ts';
import type { FactSpec } from './facts/fact.ts';
import type { ReportFigure } from './figures/figure.ts';
import type { Route } from './http/route.ts';
import type { JobSpec } from './jobs/job.ts';
import type { MeasureSpec } from './measures/measure.ts';
import type { NotificationKind } from './notifications/kind.ts';
import type { Keep, OpenWork, Win } from './ownership/rules.ts';
import type { PaperSpec } from './papers/paper.ts';
import type { SampleFiller } from './sample/sample.ts';
import type { TodaySource } from './today/today.ts';

/**
 * What a business capability contributes; app.ts lists the modules and knows nothing else of them.
 * `S` is what its routes and commands need of the running process.
 */
export interface Module<S> {
  name: string;
  entities: readonly EntitySpec[];
  behaviours?: ReadonlyMap<string, Behaviour>;
  commands?(services: S): readonly CommandSpec[];
  routes?(services: S): readonly Route[];
  jobs?: readonly JobSpec[];
  /** What follows the module's own and others' changes after they have committed. */
  subscribers?: readonly Subscriber[];
  /** Of what it tells people, see `notify`. */
  notifications?: readonly NotificationKind[];
  /** What it lets the company decide on. */
  approvals?: readonly ApprovalSubject[];
  /** Derived fields of its own or other modules' record types. */
  facts?: readonly FactSpec[];
  /** Numbers it tells of records, for rules that weigh them. */
  measures?: readonly MeasureSpec[];
  /** What of its records makes a relation cost something. */
  costs?: readonly CostSource[];
  /** Records that are not recycled, see `Keep`. */
  keeps?: readonly Keep[];
  /** When something was won with a record. */
  wins?: readonly Win[];
  /** What a person leaves behind that others have to go on with. */
  handover?: readonly OpenWork[];
  /** What of its records counts in reports of somebody's work. */
  reportFigures?: readonly ReportFigure[];
  /** What of its records people can be given targets of. */
  achievements?: readonly Achievement[];
  /** Reports it brings along. */
  shippedReports?: readonly ShippedReport[];
  /** What of its records the company prints from Word templates of its own. */
  papers?: readonly PaperSpec[];
  /** What of its records stands in the calendar. */
  calendar?: readonly CalendarSource[];
  /** Terms it adds to filters, by their key: `segment` is `{"segment": id}`. */
  filterTerms?: ReadonlyMap<string, NamedTerm>;
  /** Rules of its own that stand still without a field of the administrator's, see `FieldUseSource`. */
  fieldUses?: readonly FieldUseSource[];
  /** What it puts on the page of the day. */
  today?: readonly TodaySource[];
  /** What it adds to the company that people try the product on. */
  sample?: SampleFiller;
  /** Folder with `zh.json` and `en.json`. */
  translations: URL;
  /** Folder with `YYYYMMDD_HHMM_name.sql`. */
  migrations: URL;
}
