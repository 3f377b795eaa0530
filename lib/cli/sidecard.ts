import { runCommand } from './commands.ts';
import { handOver } from './control.ts';
import { explain, terminal } from './io.ts';
import { FolderHeld, openProcess, type OpenProcess } from './open-process.ts';

/** `npm run -s sidecard -- …`: here, or in the process that holds the embedded database. */
async function main(argv: readonly string[]): Promise<number> {
  let own: OpenProcess | null = null;
  try {
    await runCommand(argv, {
      io: terminal,
      open: async () => (own ??= await openProcess()).flow,
    });
    return 0;
  } catch (error) {
    if (error instanceof FolderHeld && error.holder) return handOver(error.holder, argv, terminal);
    const { text, code } = explain(error);
    terminal.err(text);
    return code;
  } finally {
    await (own as OpenProcess | null)?.close();
  }
}

process.exitCode = await main(process.argv.slice(2));
