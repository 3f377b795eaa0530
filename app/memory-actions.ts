'use server';
import { z } from 'zod';
import { act } from '#lib/edge/action.ts';
import {
  confirmMemory,
  Confirmation,
  editMemory,
  forgetMemory,
  MemoryEdit,
  teach,
  Taught,
} from '#lib/teach.ts';

const Said = z.discriminatedUnion('does', [
  Taught.safeExtend({ does: z.literal('teach') }),
  MemoryEdit.extend({ does: z.literal('edit') }),
  Confirmation.extend({ does: z.literal('confirm') }),
  z.object({ does: z.literal('forget'), id: z.string().startsWith('mem_') }),
]);

/** What a person does with memories: on the card, and on their page. */
export async function teachAction(input: z.infer<typeof Said>) {
  return act(Said, input, ({ flow, scope, input: said }) =>
    flow.db.tenant(scope.tenantId, async tx => {
      const now = flow.now();
      if (said.does === 'teach') await teach(tx, scope, said, now);
      else if (said.does === 'edit') await editMemory(tx, scope, said, now);
      else if (said.does === 'confirm') await confirmMemory(tx, scope, said, now);
      else await forgetMemory(tx, scope, said.id, now);
    }),
  );
}
