export interface Answer {
  /** 0 when no answer goes out at all. */
  status: number;
  type: string;
  text: string;
  /** How it travels: `half` breaks off in the middle, `never` keeps the connection open and silent, `reset` destroys it. */
  delivery: 'whole' | 'half' | 'never' | 'reset';
}

export function json(status: number, body: unknown): Answer {
  return { status, type: 'application/json; charset=utf-8', text: JSON.stringify(body), delivery: 'whole' };
}
