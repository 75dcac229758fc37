// The least that Node can do: captured bytes from memory. node node-http.mjs <folder>
import { createServer } from 'node:http';
import { announce, readAnswers } from './competitor.mjs';

const answers = readAnswers(process.argv[2]);

const server = createServer((request, response) => {
  const answer = answers.get(request.url);
  if (!answer) {
    response.writeHead(404).end();
  } else if (request.headers['if-none-match'] === answer.etag) {
    response.writeHead(304, { etag: answer.etag }).end();
  } else {
    response
      .writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': answer.body.length,
        etag: answer.etag,
      })
      .end(answer.body);
  }
});
server.listen(0, '127.0.0.1', () => announce(server.address().port));
