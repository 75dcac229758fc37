export interface Answer {
  /** 0 when no answer goes out at all. */
  status: number;
  type: string;
  text: string;
  headers?: Readonly<Record<string, string>>;
  /** How it travels: `half` breaks off in the middle, `never` keeps the connection open and silent, `reset` destroys it. */
  delivery: 'whole' | 'half' | 'never' | 'reset';
}

export interface TimedAnswer {
  waitMs: number;
  answer: Answer;
}

export function json(status: number, body: unknown, headers?: Readonly<Record<string, string>>): Answer {
  const answer: Answer = {
    status,
    type: 'application/json; charset=utf-8',
    text: JSON.stringify(body),
    delivery: 'whole',
  };
  return headers === undefined ? answer : { ...answer, headers };
}
