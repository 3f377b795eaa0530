import { UsageError, type CommandContext } from './io.ts';

type Command = (argv: string[], context: CommandContext) => Promise<void>;

/** Loaded when called, so that one command does not pay for the others. */
const commands: Record<string, { says: string; load: () => Promise<Command> }> = {
  doctor: {
    says: 'checks the set-up and says what to do',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  'sandbox load': {
    says: '--maven DIR --leads CSV [--limit N]: fills the sandbox CRM through its API',
    load: async () => {
      const { sandboxLoad } = await import('./sandbox-load.ts');
      return (argv, { io }) => sandboxLoad(argv, io);
    },
  },
  import: {
    says: 'FILE --object contacts [--mapping FILE] [--preview]: takes a CSV file in, also of events',
    load: async () => (await import('./import.ts')).importCsv,
  },
  backtest: {
    says: '--csv F --target COL --positive V --predictions OUT: cross-validates the scorer on a file',
    load: async () => {
      const { backtest } = await import('./backtest.ts');
      return argv => backtest(argv);
    },
  },
  train: {
    says: 'learns the lead model anew from closed leads and scores everybody, in the background',
    load: async () => (await import('./train.ts')).trainNow,
  },
  'features rebuild': {
    says: "derives everybody's stored features anew from the facts",
    load: async () => (await import('./features-rebuild.ts')).rebuildAllFeatures,
  },
  connect: {
    says: 'connects the CRM that the environment names, also after it was disconnected',
    load: async () => (await import('./connect.ts')).connectNow,
  },
  disconnect: {
    says: 'cuts the connection to the CRM and revokes the access; what is known of it stays',
    load: async () => (await import('./disconnect.ts')).disconnectNow,
  },
  admin: {
    says: 'E-MAIL or USER-ID: makes a user of the CRM an admin of Sidecard',
    load: async () => (await import('./admin.ts')).makeAdmin,
  },
  'events-key': {
    says: '--name WEBSITE | --list | --end ID: keys with which websites and products send events',
    load: async () => (await import('./events-key.ts')).eventsKey,
  },
  'outbound-address': {
    says: 'shows the secret address to which Salesforce sends outbound messages',
    load: async () => (await import('./outbound-address.ts')).printOutboundAddress,
  },
  'rotate-key': {
    says: 'seals every stored secret with the newest key (SIDECARD_KEY)',
    load: async () => (await import('./rotate-key.ts')).rotateKey,
  },
  verify: {
    says: 'rebuilds the ledger and proves it',
    load: async () => (await import('./verify.ts')).verifyLedger,
  },
  erase: {
    says: '--person ID or E-MAIL: erases a person everywhere, and proves it by a search of every table',
    load: async () => (await import('./erase.ts')).erasePerson,
  },
  access: {
    says: '--person ID or E-MAIL: prints everything that is held about a person',
    load: async () => (await import('./access.ts')).accessPerson,
  },
  undo: {
    says: '--decision ID: takes back what a decision wrote',
    load: async () => (await import('./undo.ts')).undoDecision,
  },
};

export const usage = (): string =>
  [
    'Usage: npm run -s sidecard -- COMMAND [--json]',
    '',
    ...Object.entries(commands).map(([name, { says }]) => `  ${name.padEnd(16)} ${says}`),
  ].join('\n');

/** Runs the command that the words name. Throws UsageError for words that name none. */
export async function runCommand(words: readonly string[], context: CommandContext): Promise<void> {
  const length = words[0] === 'sandbox' || words[0] === 'features' ? 2 : 1;
  const name = words.slice(0, length).join(' ');
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(name ? `There is no command "${name}".\n\n${usage()}` : usage());
  await (
    await command.load()
  )(words.slice(length), context);
}
