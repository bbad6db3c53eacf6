import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import type { Link } from '../api/types.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import { toastError } from '../shell/toasts.tsx';

/** A step of a flow whose approvers the person who begins names. */
interface Step {
  node: string;
  name: string;
}

/**
 * Approvers the person who begins names. Which steps want them depends on what is submitted, so the server says so
 * when it is: the dialog then shows `fields`, and sends `body` with what it submits again.
 */
export function useChosen() {
  const [steps, setSteps] = useState<Step[]>([]);
  const [people, setPeople] = useState<Record<string, Link[]>>({});
  const fields: ReactNode = steps.length > 0 && (
    <Choices
      steps={steps}
      people={people}
      onChange={(node, named) => setPeople((old) => ({ ...old, [node]: named }))}
    />
  );
  return {
    asked: steps.length > 0,
    ready: steps.every(({ node }) => people[node]?.length),
    body: steps.length
      ? { chosen: Object.fromEntries(steps.map(({ node }) => [node, idsOf(people[node])])) }
      : {},
    fields,
    /** Takes a refusal: asks for approvers where they are missing, tells everything else. */
    take(error: unknown): void {
      const missing = error instanceof ApiError ? (error.problem.choose as Step[] | undefined) : undefined;
      if (missing?.length)
        setSteps((old) => [
          ...old.filter(({ node }) => !missing.some((step) => step.node === node)),
          ...missing,
        ]);
      else toastError(error);
    },
    reset(): void {
      setSteps([]);
      setPeople({});
    },
  };
}

const idsOf = (links: Link[] = []): string[] => links.map(({ id }) => id);

function Choices(props: {
  steps: Step[];
  people: Record<string, Link[]>;
  onChange: (node: string, named: Link[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className="approval-edits">
      <legend>{t('approvals.choose')}</legend>
      {props.steps.map(({ node, name }, at) => (
        <div key={node} className="field">
          <label className="field-label" htmlFor={`choose-${node}`}>
            {name}
          </label>
          <ReferencePicker
            id={`choose-${node}`}
            to="user"
            among="active"
            many
            noCreate
            autoFocus={at === 0}
            value={props.people[node] ?? []}
            onChange={(named) => props.onChange(node, named)}
          />
        </div>
      ))}
    </fieldset>
  );
}
