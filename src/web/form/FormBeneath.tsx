import { Suspense } from 'react';
import { type FormSlotProps, slotsOf } from '../slots.ts';

/** What other rooms have to say while a record is being written, for example that it may be there already. */
export function FormBeneath(props: FormSlotProps) {
  return (
    <Suspense fallback={null}>
      {slotsOf(props.entity.name, 'form.beneath').map(({ component: Part, key }) => (
        <Part key={key} {...props} />
      ))}
    </Suspense>
  );
}
