import { runCommand } from '../../platform/command/command.ts';
import type { Context } from '../../platform/context/context.ts';
import { switchOn } from './scheme/commands.ts';
import { fromTemplate } from './scheme/from-template.ts';

/** VIP, regular, potential: graded from the first moment. */
export async function fillGrades(ctx: Context): Promise<void> {
  const { id } = await fromTemplate(ctx, 'vip');
  await runCommand(ctx, switchOn, [id as string], {});
}
