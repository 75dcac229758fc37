import { describe, expect, it } from '@jest/globals';
import { Progress } from './progress.js';

function shown(isTTY: boolean, counts: readonly number[], total = 40): string {
  let text = '';
  const progress = new Progress({ isTTY, write: (part) => (text += part) });
  for (const done of counts) progress.show(done, total, `${done} of ${total} days`);
  progress.end();
  return text;
}

describe('progress', () => {
  it('is a bar that moves, and then goes, on a terminal', () => {
    const half = `\r\u001b[K${'█'.repeat(15)}${'░'.repeat(15)} 20 of 40 days`;
    expect(shown(true, [20, 40])).toBe(`${half}\r\u001b[K${'█'.repeat(30)} 40 of 40 days\r\u001b[K`);
  });

  it('is a plain line per tenth elsewhere', () => {
    const lines = shown(
      false,
      Array.from({ length: 41 }, (_, done) => done),
    ).split('\n');
    expect(lines).toHaveLength(12);
    expect(lines.slice(0, 2)).toEqual(['0 of 40 days', '4 of 40 days']);
    expect(lines.join('')).not.toContain('\u001b');
  });

  it('shows nothing before the total is known, unless on a terminal', () => {
    expect(shown(false, [0], 0)).toBe('');
    expect(shown(true, [0], 0)).toContain('0 of 0 days');
  });
});
