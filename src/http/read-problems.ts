import { Injectable } from '@nestjs/common';
import type { Access } from './access-log.js';

/** A public read that ended with a problem before the framework saw it. */
export interface ReadProblem extends Access {
  /** As the framework would name it. */
  readonly route: string;
}

/** Problems on the read fast path. The framework's hooks do not see them; the access log and the metrics hear of them here. */
@Injectable()
export class ReadProblems {
  private readonly listeners: ((problem: ReadProblem) => void)[] = [];

  on(listener: (problem: ReadProblem) => void): void {
    this.listeners.push(listener);
  }

  note(problem: ReadProblem): void {
    for (const listener of this.listeners) listener(problem);
  }
}
