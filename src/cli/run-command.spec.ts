import { describe, expect, it } from '@jest/globals';
import { parseInteger } from '../config/index.js';
import { resultText, type Command } from './command.js';
import { UsageError } from './options.js';
import { runCommand } from './run-command.js';

const OPTIONS = {
  days: { value: 'N', parse: parseInteger(1, 366), help: 'dates from today on' },
  port: { value: 'N', parse: parseInteger(0, 65_535), default: '4010', help: 'where it listens' },
  json: { help: 'one JSON document, for machines' },
} as const;

const HELP = `Counts days.

  npm run count -- [options]

  --days N  dates from today on
  --port N  where it listens (4010)
  --json    one JSON document, for machines
  --help    shows this

Exit code 0.
`;

const counting: Command<typeof OPTIONS> = {
  name: 'count',
  purpose: 'Counts days.',
  options: OPTIONS,
  notes: 'Exit code 0.',
  run: ({ days = 0, json }, { stdout, stderr }) => {
    stderr.write('counting\n');
    stdout.write(resultText({ days }, json, (result) => `${result.days} days\n`));
    return Promise.resolve(days === 0 ? 1 : 0);
  },
};

async function end(args: readonly string[], command: Command<typeof OPTIONS> = counting) {
  const ended = { stdout: '', stderr: '', code: 0 };
  const output = (stream: 'stdout' | 'stderr') => ({
    write: (text: unknown) => ((ended[stream] += String(text)), true),
  });
  await runCommand(command, {
    ...{ argv: ['node', 'main.js', ...args], stdout: output('stdout'), stderr: output('stderr') },
    set exitCode(code: number) {
      ended.code = code;
    },
    exit: (code) => (ended.code = code),
  });
  return ended;
}

describe('a command', () => {
  it('ends with its own exit code', async () => {
    expect(await end(['--days', '3'])).toEqual({ stdout: '3 days\n', stderr: 'counting\n', code: 0 });
    expect(await end([])).toMatchObject({ code: 1 });
  });

  it('writes JSON and nothing else to stdout', async () => {
    expect(await end(['--days', '3', '--json'])).toMatchObject({ stdout: '{"days":3}\n' });
  });

  it('explains itself', async () => {
    expect(await end(['--days', '3', '--help'])).toEqual({ stdout: HELP, stderr: '', code: 0 });
  });

  it('ends with 2, a sentence and its help when it is called wrongly', async () => {
    expect(await end(['--weeks'])).toEqual({ stdout: '', stderr: `Unknown option '--weeks'\n\n${HELP}`, code: 2 });
    const run = () => Promise.reject(new UsageError('no such day'));
    expect(await end([], { ...counting, run })).toMatchObject({ code: 2, stderr: `no such day\n\n${HELP}` });
  });

  it('ends with 1 and the reason when it fails', async () => {
    const failing = { ...counting, run: () => Promise.reject(new Error('no disk')) };
    expect(await end([], failing)).toEqual({ stdout: '', stderr: 'no disk\n', code: 1 });
    const explain = () => 'Insert a disk.';
    expect(await end([], { ...failing, explain })).toMatchObject({ stderr: 'Insert a disk.\n' });
  });

  it('shows the trace of a fault of its own', async () => {
    const run = () => Promise.reject(new TypeError('x is not a function'));
    expect((await end([], { ...counting, run })).stderr).toMatch(/^TypeError: x is not a function\n +at /);
  });
});
