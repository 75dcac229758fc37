// The least that Node can do with a POST: it reads the body, and sends what was captured for it. node node-http-post.mjs <folder>
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { announce, readAnswers } from './competitor.mjs';

const answers = new Map(
  [...readAnswers(process.argv[2])].map(([at, { headers, body }]) => [
    at,
    { head: Object.entries(headers).flat(), body },
  ]),
);

const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const answer = answers.get(`${request.url} ${parts.length === 1 ? parts[0] : Buffer.concat(parts)}`);
    if (!answer) response.writeHead(404).end();
    else response.writeHead(200, answer.head).end(answer.body);
  });
});
server.listen(0, '127.0.0.1', () => announce(server.address().port));
