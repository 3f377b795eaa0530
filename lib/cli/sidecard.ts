import type { Flow } from '#lib/flow.ts';
import { runCommand } from './commands.ts';
import { handOver } from './control.ts';
import { explain, terminal } from './io.ts';
import { FolderHeld, openProcess, type OpenProcess } from './open-process.ts';

/** `npm run -s sidecard -- …`: here, or in the process that holds the embedded database. */
async function main(argv: readonly string[]): Promise<number> {
  let own: OpenProcess | null = null;
  try {
    return await runHere(argv, async () => (own ??= await openProcess()).flow);
  } catch (error) {
    const { text, code } = explain(error);
    terminal.err(text);
    return code;
  } finally {
    await (own as OpenProcess | null)?.close();
  }
}

async function runHere(argv: readonly string[], open: () => Promise<Flow>): Promise<number> {
  try {
    await runCommand(argv, { io: terminal, open });
    return 0;
  } catch (error) {
    if (error instanceof FolderHeld && error.holder) return handOver(error.holder, argv, terminal);
    throw error;
  }
}

process.exitCode = await main(process.argv.slice(2));
