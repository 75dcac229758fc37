import http from 'node:http';
import type { Scope } from '../scope.js';

export interface Streamed {
  readonly experienceId: number;
  readonly date: string;
  readonly version: number;
}

/** Follows the changes. Resolves when the stream has begun. @param take is called with each change, as it arrives */
export function follow(scope: Scope, origin: string, take: (change: Streamed) => void, query = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.get(`${origin}/api/v1/changes/stream${query}`, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        resolve();
        const blocks = (text + part).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data !== undefined) take(JSON.parse(data) as Streamed);
        }
      });
      response.on('error', () => undefined);
      if (response.statusCode !== 200) reject(new Error(`the stream was answered with ${response.statusCode}`));
    });
    request.on('error', reject);
    scope.defer(() => request.destroy());
  });
}
