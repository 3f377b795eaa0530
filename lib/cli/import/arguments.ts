import { parseArgs } from 'node:util';
import { importable, type Importable } from '#lib/import.ts';
import { UsageError } from '../io.ts';

/** Records of a CRM, and what people did outside of it. */
const objects = [...importable, 'events'] as const;

const usage = `Usage: npm run -s sidecard -- import FILE --object OBJECT [--mapping FILE] [--json]
  FILE                 a CSV file, also packed with gzip
  --object OBJECT      what its rows are: ${objects.join(', ')}
  --mapping FILE       how its columns are understood (JSON); guessed without it
  --save-mapping FILE  writes that down, to be changed and used again
  --preview            shows what would be imported, and imports nothing
  --encoding NAME      utf-8, utf-16le, windows-1252 …; found out without it
  --json               one JSON object on standard output`;

export interface ImportArguments {
  file: string;
  object: Importable | 'events';
  mapping: string | undefined;
  saveMapping: string | undefined;
  encoding: string | undefined;
  preview: boolean;
  json: boolean;
}

/** Throws UsageError for words that say too little, or what the command does not know. */
export function readArguments(argv: string[]): ImportArguments {
  const { values, positionals } = parse(argv);
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError(`Say which file to import.\n${usage}`);
  if (more.length > 0) throw new UsageError(`One file at a time: ${more.join(' ')} is too many.\n${usage}`);
  const object = objects.find(one => one === values.object);
  if (!object)
    throw new UsageError(
      values.object === undefined
        ? `Say what the rows are, with --object.\n${usage}`
        : `--object is "${values.object}", which a file cannot hold.\n${usage}`,
    );
  return {
    file,
    object,
    mapping: values.mapping,
    saveMapping: values['save-mapping'],
    encoding: values.encoding,
    preview: values.preview ?? false,
    json: values.json ?? false,
  };
}

function parse(argv: string[]) {
  const [text, flag] = [{ type: 'string' } as const, { type: 'boolean' } as const];
  const options = {
    object: text,
    mapping: text,
    'save-mapping': text,
    encoding: text,
    preview: flag,
    json: flag,
  };
  try {
    return parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
