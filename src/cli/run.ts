import { HostFault } from '../host/index.ts';
import { helpFor, helpText, usage } from './help.ts';
import type { ExitCode, Io } from './io.ts';
import { UsageFault } from './io.ts';
import { measure } from './measure.ts';
import { probe } from './probe.ts';
import { sampleData } from './sampleData.ts';
import { scan } from './scan.ts';

const commands: Readonly<Record<string, (argv: readonly string[], io: Io) => Promise<ExitCode>>> = {
  scan,
  measure,
  probe,
  'sample-data': sampleData,
};

/**
 * The command line: `argv` without program and script. Never throws: trouble is one sentence on stderr and the code 2.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name = '', ...rest] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout(helpText());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const known = Object.keys(usage).join(', ');
    const wrong = name === '' ? 'A command is missing' : `There is no command "${name}"`;
    io.stderr(`${wrong}: use one of ${known}; seldinger --help tells more.\n`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.stdout(helpFor(name));
    return 0;
  }
  try {
    return await command(rest, io);
  } catch (error) {
    io.stderr(`${sentence(error)}\n`);
    return 2;
  }
}

function sentence(error: unknown): string {
  if (error instanceof UsageFault || error instanceof HostFault) return oneLine(error.message);
  if (error instanceof Error && error.name === 'AbortError') return 'It was cancelled.';
  return `Something went wrong inside the program: ${error instanceof Error ? oneLine(error.message) : 'unknown'}.`;
}
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
